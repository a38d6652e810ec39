import { visibilityOf } from '../core/image-state.js';
import { findPlace } from '../database/statements/content/find-content.js';
import { announceBytes } from '../database/statements/content/watched-address.js';
import { loadFirstAddresses } from '../database/statements/images/image-addresses.js';
import type { Tx } from '../database/tx.js';
import { stage } from '../jobs/stage.js';
import { SITE } from './absorb-image.js';
import { fetchImage } from './fetch-image.js';
import { isCalledSevere } from './is-severe.js';
import { loadStates } from './load-states.js';
import { lockImagesAndCases } from './lock-images-and-cases.js';
import { saveStates } from './save-states.js';
import { workingOn } from './working-image.js';

/** What a site says of an image without saying what the bytes are. */
export interface AnnouncedContent {
  readonly siteId: string;
  /** Of the image: its address' key hash, or that of the site's own id. */
  readonly hash: Buffer;
  readonly note: string | null;
}

/** `fetching`: whether the bytes will be looked at; else why not: the image is severe, or no address of it is known. */
export type AnnouncedOutcome =
  | { readonly known: false }
  | {
      readonly known: true;
      readonly imageId: string;
      readonly contentVersion: number | null;
      readonly blocked: boolean;
      readonly fetching: true | 'severe' | 'no-address';
    };

/**
 * The site says that the bytes of an image change, and not to what: they are looked at, as announced, and the log keeps
 * who said so. Nothing severe is ever fetched (docs/rules.md, rule 6).
 *
 * @param tx an indexed transaction
 */
export async function announceContent(
  tx: Tx,
  { siteId, hash, note }: AnnouncedContent,
): Promise<AnnouncedOutcome> {
  const place = await findPlace(tx, hash);
  if (place === undefined) return { known: false };
  const { imageId } = place;
  const image = (await loadStates(tx, await lockImagesAndCases(tx, siteId, [imageId]))).get(imageId);
  if (image === undefined) return { known: false };
  const { content: contentVersion } = image.state;
  const known = { known: true, imageId, contentVersion, blocked: visibilityOf(image.state).blocked } as const;
  if (await isCalledSevere(tx, image)) return { ...known, fetching: 'severe' };
  const [address] =
    place.boundBy !== null ? [{ hash, url: place.url }] : await loadFirstAddresses(tx, [{ siteId, imageId }]);
  if (address === undefined) return { ...known, fetching: 'no-address' };
  announceBytes(tx, { siteId, hash: address.hash }, address.url);
  stage(tx, [fetchImage(siteId, address)]);
  const working = workingOn(image);
  working.events.push({
    type: 'content.announced',
    actor: SITE,
    ruleVersion: null,
    data: note === null ? {} : { note },
    visibility: null,
    decisionId: null,
  });
  await saveStates(tx, [working], { at: null, caseIds: [] });
  return { ...known, fetching: true };
}
