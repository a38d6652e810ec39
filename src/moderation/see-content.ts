import { RULE } from '../core/commands/apply-rule.js';
import { visibilityOf } from '../core/image-state.js';
import { SEVERE_REASON } from '../core/reasons.js';
import { type ContentRow, findLookedAt } from '../database/statements/content/find-content.js';
import { forgetOldContent, isMuch } from '../database/statements/content/forget-content.js';
import { areBytesAnnounced } from '../database/statements/content/watched-address.js';
import type { Tx } from '../database/tx.js';
import type { VisibilityChange } from '../visibility/block-index.js';
import { type Identified, identify } from './identify-content.js';
import { isCalledSevere, isSevere } from './is-severe.js';
import { joinByBytes, logOf } from './join-by-bytes.js';
import { type LocatedContent, locateContent } from './locate-content.js';
import { stageSpread } from './match-jobs.js';
import { noteBytes } from './note-bytes.js';
import { parted, partAddress } from './part-address.js';
import { saveStates } from './save-states.js';
import type { SeenContent, SeenOutcome } from './seen-content.js';
import { takeBytes } from './take-bytes.js';
import { apply, note, type WorkingImage, workingOn } from './working-image.js';

/** What came of a look at bytes. `changes` must be applied to the block index once the transaction has committed. */
export interface Seen {
  readonly outcome: SeenOutcome;
  readonly changes: readonly VisibilityChange[];
}

/**
 * Bytes were found behind an address, or the site told of them (docs/rules.md, rule 14). Other bytes end the round of what
 * was there; an address that only its bytes made part of an image leaves it with them; an image with the bytes of another
 * becomes one with it; and what a person blocked elsewhere is blocked here. Of what is called severe nothing is noted but
 * what the site itself says (rule 6).
 *
 * @param tx an indexed transaction
 * @param told what was found, or what the site says: of that, what others saw of these bytes is known
 * @param fetch whether to have the bytes looked at of what is blocked by what a site told: nobody looks there yet
 */
export async function seeContent(tx: Tx, told: SeenContent, fetch = false): Promise<Seen> {
  const isLook = told.bytes !== null;
  const found = isLook ? told : { ...told, ...(await findLookedAt(tx, told.siteId, told.sha256)) };
  const located = await locateContent(tx, found);
  if (located === null) return { outcome: { known: false }, changes: [] };
  // Asked under the image's lock: the site may have announced them while they were fetched.
  const seen = { ...found, announced: found.announced || (await areBytesAnnounced(tx, found.hash)) };
  const { place, image, versions, alike } = located;
  const { row, state: before } = image;
  const wasSevere = await isCalledSevere(tx, image);
  // Nobody looked at what the site told.
  if (wasSevere && isLook) {
    const version = before.content ?? 1;
    const { blocked } = visibilityOf(before);
    return {
      outcome: { known: true, imageId: row.id, version, change: 'same', blocked, severe: true },
      changes: [],
    };
  }
  const identified = identify(before.content, versions, seen, place);
  const leaves = identified.isOther && isThereByBytes(located);
  const owner = workingOn(image);
  const address = { url: place.url, hash: seen.hash };
  const looked = leaves ? await partAddress(tx, owner, address, place.changedAt) : owner;
  const partner = takeBytes(looked, located, identified, seen, leaves);
  const severe =
    wasSevere ||
    isSevere(looked.state) ||
    (partner !== null && isSevere(partner.image.state)) ||
    alike.some(({ reason }) => reason === SEVERE_REASON);
  noteBytes(tx, looked, before, identified, place, severe ? withoutPicture(seen) : seen);
  if (isMuch(versions)) forgetOldContent(tx, row.siteId, looked.loaded.row.id);
  const working = partner === null ? looked : await joinByBytes(tx, looked, partner);
  const ours = [looked.loaded.row.id, partner?.imageId];
  if (isNewOfBlocked(versions, identified, seen))
    stageSpread(tx, [{ site: row.siteId, image: working.loaded.row.id }]);
  const source = alike.find(({ imageId, reason }) => reason !== null && !ours.includes(imageId));
  if (source?.reason != null) {
    const { imageId, reason } = source;
    apply(working, working.state, RULE, { type: 'match-block', source: imageId, reason });
  }
  if (seen.note != null) note(looked, 'content.changed', seen.note);
  if (leaves) working.events.push({ ...parted(place.url, working.state), decisionId: null });
  const saved: WorkingImage[] = [working];
  if (leaves) saved.push(owner);
  if (working !== looked) saved.push(logOf(looked));
  return {
    outcome: {
      known: true,
      imageId: working.loaded.row.id,
      version: working.state.content ?? identified.version,
      change: identified.change,
      blocked: visibilityOf(working.state).blocked,
      severe,
    },
    changes: await saveStates(tx, saved, { at: null, caseIds: [], fetch: fetch && !isLook }),
  };
}

/** Is this address one of several that only their bytes make one image? */
const isThereByBytes = ({ place, image }: LocatedContent): boolean =>
  place.boundBy === 'bytes' || (place.boundBy === null && image.row.keyKind === 'url' && place.othersByBytes);

/** Is this more of what a person blocked than was known of it? Whoever shows it already has to follow. */
function isNewOfBlocked(
  versions: readonly ContentRow[],
  { version }: Identified,
  { sha256, pdq }: SeenContent,
): boolean {
  const ofIt = versions.filter((row) => row.version === version);
  if (!ofIt.some(({ judged }) => judged)) return false;
  const known = ofIt.find((row) => row.sha256?.equals(sha256));
  return known === undefined || (known.pdq === null && pdq !== null);
}

const withoutPicture = (seen: SeenContent): SeenContent => ({ ...seen, pdq: null, quality: null });
