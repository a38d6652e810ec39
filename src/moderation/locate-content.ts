import { RetryTransaction } from '../database/postgres-errors.js';
import {
  type AlikeRow,
  type ContentRow,
  findAlike,
  findPlace,
  loadContent,
  lockBytes,
  type PlaceRow,
} from '../database/statements/content/find-content.js';
import type { Tx } from '../database/tx.js';
import { type LoadedImage, loadStates } from './load-states.js';
import { lockImagesAndCases } from './lock-images-and-cases.js';
import type { SeenContent } from './seen-content.js';

/** Another image with the same bytes. */
export type Alike = AlikeRow & { readonly image: LoadedImage };

/** Bytes that were found, the image that they are of, and whatever shares them; all locked. */
export interface LocatedContent {
  readonly place: PlaceRow;
  readonly image: LoadedImage;
  readonly versions: readonly ContentRow[];
  readonly alike: readonly Alike[];
}

/**
 * Finds the image of an address, and other images of the site with the same bytes, and locks them: the bytes, then the
 * images in id order. Bytes that are indistinct lead to no other image, nor do those that nobody has looked at: a site that
 * tells of its placeholder by the digest alone would make one image of all that it replaced.
 *
 * @returns null when nobody knows the address
 * @throws RetryTransaction when it leads elsewhere by the time that the locks are ours
 */
export async function locateContent(tx: Tx, content: SeenContent): Promise<LocatedContent | null> {
  const { siteId, hash, sha256, indistinct, bytes } = content;
  const isDistinct = indistinct === null && bytes !== null;
  if (isDistinct) lockBytes(tx, siteId, sha256);
  const find = async (): Promise<{ place: PlaceRow | undefined; others: readonly AlikeRow[] }> => {
    const place = await findPlace(tx, hash);
    const others =
      place === undefined || !isDistinct ? [] : await findAlike(tx, siteId, sha256, place.imageId);
    return { place, others };
  };
  const before = await find();
  if (before.place === undefined) return null;
  const ids = new Set([before.place.imageId, ...before.others.map(({ imageId }) => imageId)]);
  const locked = await lockImagesAndCases(tx, siteId, [...ids]);
  const { place, others } = await find();
  if (place?.imageId !== before.place.imageId || !others.every(({ imageId }) => ids.has(imageId)))
    throw new RetryTransaction('an address led elsewhere, or the same bytes turned up, meanwhile');
  const images = await loadStates(tx, locked);
  const image = images.get(place.imageId);
  if (image === undefined) throw new RetryTransaction('the image went away while its bytes were looked at');
  const alike = others.flatMap((row): Alike[] => {
    const other = images.get(row.imageId);
    return other === undefined ? [] : [{ ...row, image: other }];
  });
  return { place, image, versions: await loadContent(tx, siteId, place.imageId), alike };
}
