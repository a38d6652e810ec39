import { visibilityOf } from '../core/image-state.js';
import {
  insertShownAddresses,
  reserveShownAddresses,
  type ShownAddress,
} from '../database/statements/images/bind-shown-addresses.js';
import { sendDeleteImages } from '../database/statements/images/save-images.js';
import type { Tx } from '../database/tx.js';
import { boundEvent } from './bound-event.js';
import type { WorkingImage } from './working-image.js';

/** Of one image: readers choose how they spell an address, and each is a row here and an entry in every client. */
const MOST_SHOWN = 50;

/** What was reserved, and the images that stand for it until it is bound. */
export interface ReservedShown {
  readonly addresses: readonly ShownAddress[];
  readonly placeholders: readonly { readonly siteId: string; readonly imageId: string }[];
}

/**
 * Addresses as they were given, that led to an image by its site's rules alone, become the image's own: under other rules,
 * or none, it is found by them (docs/adr/0016). Asks nothing where no site has rules. Of an image that is blocked already
 * the log says it, so that whoever follows learns it.
 */
export async function reserveShown(tx: Tx, images: readonly WorkingImage[]): Promise<ReservedShown> {
  const given = images.flatMap(({ loaded: { row }, shown }) =>
    shown.map(({ key, hash }): ShownAddress => ({ siteId: row.siteId, imageId: row.id, hash, url: key })),
  );
  if (given.length === 0) return { addresses: [], placeholders: [] };
  const reserved = await reserveShownAddresses(tx, given, MOST_SHOWN);
  const addresses = given.filter(({ hash }) => reserved.some((row) => row.hash.equals(hash)));
  for (const image of images) {
    const urls = addresses.filter(({ imageId }) => imageId === image.loaded.row.id).map(({ url }) => url);
    const isTold = image.events.some(({ visibility }) => visibility !== null);
    if (urls.length > 0 && !isTold && visibilityOf(image.state).blocked)
      image.events.push({ ...boundEvent(urls, image.state), decisionId: null });
  }
  const placeholders = addresses.map(({ siteId, hash }) => ({
    siteId,
    imageId: reserved.find((row) => row.hash.equals(hash))?.imageId ?? '',
  }));
  return { addresses, placeholders };
}

/** Binds what was reserved. The images must be in the table, or be sent before. */
export function bindShown(tx: Tx, { addresses, placeholders }: ReservedShown): void {
  if (addresses.length === 0) return;
  insertShownAddresses(tx, addresses);
  sendDeleteImages(tx, placeholders);
}
