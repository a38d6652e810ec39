import { hash } from 'node:crypto';
import type { Page } from '../../contract/page.js';
import { invalid } from '../../core/errors.js';
import type { Sealed } from './sealed.js';

/** What a cursor goes on with: the list's name, its order, and all its filters. */
export type CursorList = readonly (string | null | undefined)[];

/** What tells lists apart in a cursor: of fixed length, whatever the filters are. */
const LIST_BYTES = 12;
const listDigest = (list: CursorList): Buffer =>
  hash('sha256', JSON.stringify(list), 'buffer').subarray(0, LIST_BYTES);

/**
 * A cursor for the page after a place. Sealed, since places hold database ids, which would tell how much there is of
 * everybody's, and hashes of readers.
 *
 * @param place what JSON can hold
 */
export const sealCursor = (sealed: Sealed, list: CursorList, place: unknown): string =>
  sealed.seal('cursor', Buffer.concat([listDigest(list), Buffer.from(JSON.stringify(place))]));

/**
 * The place after which the page begins; null for the first page.
 *
 * @param list as it was sealed: with other filters the page would begin anywhere
 * @throws VigieError INVALID at /cursor
 */
export function openCursor<Place>(
  sealed: Sealed,
  list: CursorList,
  cursor: string | null | undefined,
): Place | null {
  // A client that always sends the field sends null on the first page.
  if (cursor === undefined || cursor === null) return null;
  const payload = sealed.open('cursor', cursor);
  if (payload?.subarray(0, LIST_BYTES).equals(listDigest(list)) !== true) {
    throw invalid(
      '/cursor',
      'Take the "nextCursor" of the page before, with the same filters and order; or begin again without a cursor.',
    );
  }
  return JSON.parse(payload.subarray(LIST_BYTES).toString()) as Place;
}

/**
 * A page of `limit` items out of one row more than that, which is only asked for to know whether there is another.
 *
 * @param placeOf where the list goes on after a row
 */
export function cutPage<Row, Item>(
  sealed: Sealed,
  list: CursorList,
  rows: readonly Row[],
  limit: number,
  itemOf: (row: Row) => Item,
  placeOf: (row: Row) => unknown,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    items: shown.map(itemOf),
    nextCursor: last === undefined ? null : sealCursor(sealed, list, placeOf(last)),
  };
}
