import { isSamePicture } from '../core/content.js';
import type { ContentRow, PlaceRow } from '../database/statements/content/find-content.js';
import type { SeenContent, SeenOutcome } from './seen-content.js';

/** What bytes are to the image behind whose address they were found. */
export interface Identified {
  readonly change: Extract<SeenOutcome, { known: true }>['change'];
  readonly version: number;
  /** Bytes that the image did not show until now. */
  readonly isOther: boolean;
  /** The very bytes that the image shows from now on; not what an address shows that lags behind the others. */
  readonly isShown: boolean;
}

/**
 * Says whether bytes are those that an image shows, or others. Where a site, or its rules, bound several addresses, each may
 * have an encoding, a size or a crop of its own: what is there at the first look is the image by the site's word, and only
 * what then changes there is other bytes.
 */
export function identify(
  shown: number | null,
  versions: readonly ContentRow[],
  seen: SeenContent,
  { boundBy, found }: PlaceRow,
): Identified {
  const as = (change: Identified['change'], version: number, isShown = true): Identified => ({
    change,
    version,
    isOther: change === 'new' || change === 'returned',
    isShown,
  });
  if (shown === null) return as('first', 1);
  const known = versions.find(({ sha256 }) => sha256?.equals(seen.sha256));
  if (known?.version === shown) return as('same', shown);
  const isUnchanged = found?.equals(seen.sha256) === true;
  // The key of an image that was found elsewhere until now: the site's rules made it, or its word.
  if (!seen.announced && boundBy === null && found === null && known === undefined)
    return as('re-encoded', shown);
  const isBound = boundBy === 'site' || boundBy === 'rules';
  if (!seen.announced && isBound && (found === null || isUnchanged) && known === undefined)
    return as('re-encoded', shown);
  // An address that only its bytes made part of the image is none of it once the image shows others.
  if (!seen.announced && isUnchanged && boundBy !== 'bytes') return as('same', shown, false);
  const alike = firstEncodings(versions).filter((row) =>
    isSamePicture(fingerprintOf(row), fingerprintOf(seen)),
  );
  if (known === undefined && alike.some(({ version }) => version === shown)) return as('re-encoded', shown);
  const before = known ?? alike.at(-1);
  if (before !== undefined) return as('returned', before.version);
  return as('new', Math.max(0, ...versions.map(({ version }) => version)) + 1);
}

/**
 * What others are compared with: not what was itself let pass because it looks like something earlier, or a picture could
 * be walked to any other in small steps. Of a version that has several renditions by the site's word, each is one.
 *
 * @param versions the encodings of a version in the order in which they were found
 */
function firstEncodings(versions: readonly ContentRow[]): ContentRow[] {
  const first: ContentRow[] = [];
  for (const row of versions) {
    const follows = first.some(
      (earlier) =>
        earlier.version === row.version && isSamePicture(fingerprintOf(earlier), fingerprintOf(row)),
    );
    if (!follows) first.push(row);
  }
  return first;
}

const fingerprintOf = ({ pdq, quality }: Pick<SeenContent, 'pdq' | 'quality'>) =>
  pdq === null || quality === null ? null : { pdq, quality };
