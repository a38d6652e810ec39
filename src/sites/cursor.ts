import type { Sealed } from '../access/sealed.js';
import { invalid } from '../core/errors.js';

/** A cursor for the next page of a list: sealed, since a database id would tell how much there is of everybody's. */
export const sealCursor = (sealed: Sealed, list: string, position: string): string =>
  sealed.seal(`cursor ${list}`, Buffer.from(position));

/**
 * Where the next page begins; undefined for the first.
 *
 * @param list as it was sealed: a cursor of another list is refused
 * @throws VigieError INVALID
 */
export function openCursor(sealed: Sealed, list: string, cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  const position = sealed.open(`cursor ${list}`, cursor);
  if (position === null) {
    throw invalid('/cursor', 'This is not a cursor of this list: begin again without one.');
  }
  return position.toString();
}
