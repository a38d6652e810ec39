import type { Visibility } from '../core/image-state.js';
import { REASONS, isReason, type Reason } from '../core/reasons.js';

/** A blocked image, as it is kept in memory. */
export interface Entry {
  readonly reason: Reason;
  /** Start of the blocked spell, in ms since 1970, rounded down to a whole second: half the memory of an exact one. */
  readonly since: number;
  readonly version: number;
  /** Does a person, not a rule, stand behind the block? */
  readonly reviewed: boolean;
}

/** Does the same stand in both? Null: a visible image. */
export const isSameEntry = (a: Entry | null, b: Entry | null): boolean =>
  a === null || b === null
    ? a === b
    : a.version === b.version && a.reason === b.reason && a.reviewed === b.reviewed && a.since === b.since;

/** What is seen of an image changed. `seq`: the number of the event that says so; later ones win. */
export interface VisibilityChange {
  readonly seq: number;
  readonly siteId: string;
  /** All keys and addresses of the image: 16 bytes each (database/image-hash.ts). */
  readonly hashes: readonly Buffer[];
  readonly visibility: Visibility;
}

/** The entry of a blocked image, null for a visible one. */
export function entryOf(visibility: Visibility): Entry | null {
  if (!visibility.blocked) return null;
  const { reason, since, version, reviewed } = visibility;
  return { reason, since, version, reviewed };
}

const REVIEWED = 0x80;

/** Reason and `reviewed` in one byte, never 0xff. A reason that a newer process wrote blocks too, as `other`. */
export const markOf = ({ reason, reviewed }: Pick<Entry, 'reason' | 'reviewed'>): number =>
  REASONS.indexOf(isReason(reason) ? reason : 'other') | (reviewed ? REVIEWED : 0);

export const reasonOf = (mark: number): Reason => REASONS[mark & ~REVIEWED] ?? 'other';

export const isReviewed = (mark: number): boolean => (mark & REVIEWED) !== 0;
