import type { LeftContent, NewContent } from '../core/command.js';
import { RULE } from '../core/commands/apply-rule.js';
import { decide } from '../core/decide.js';
import type { ContentRow } from '../database/statements/content/find-content.js';
import { SITE } from './absorb-image.js';
import type { Identified } from './identify-content.js';
import { partnerOf } from './join-by-bytes.js';
import type { Alike, LocatedContent } from './locate-content.js';
import type { SeenContent } from './seen-content.js';
import type { WorkingImage } from './working-image.js';

/**
 * Lets the rules judge bytes that are others, or the first, and says which image this one becomes one with.
 *
 * @param isCopy the image has just left another, with which its case stays
 */
export function takeBytes(
  image: WorkingImage,
  { versions, alike }: LocatedContent,
  { change, version, isOther, isShown }: Identified,
  { announced }: SeenContent,
  isCopy: boolean,
): Alike | null {
  if (change === 'first') image.state = { ...image.state, content: version };
  if (!isOther) return isShown ? partnerOf(image, image.state, alike) : null;
  const judge = (returning: LeftContent | null) => {
    const command: NewContent = { type: 'new-content', version, announced, returning };
    const verdict = decide(
      image.state,
      command,
      announced ? SITE : RULE,
      image.loaded.rule,
      image.loaded.now,
    );
    if (!verdict.ok) throw new Error(`other bytes were refused: ${verdict.refusal}`);
    return verdict;
  };
  // Bytes that another image shows have their story there: its blocks and its keep are what holds of them by now.
  const anew = judge(null);
  const partner = partnerOf(image, anew.next, alike);
  const verdict = partner === null ? judge(leftBefore(versions, version)) : anew;
  image.state = verdict.next;
  image.tally = verdict.next.tally;
  const events = verdict.events.filter(({ caseId }) => !isCopy || caseId === undefined);
  image.events.push(...events.map((event) => ({ ...event, decisionId: null })));
  if (verdict.superseded !== undefined && !isCopy) image.superseded.push(verdict.superseded);
  return partner;
}

/** What bytes that were here before left when they went. */
function leftBefore(versions: readonly ContentRow[], version: number): LeftContent | null {
  const row = versions.find((known) => known.version === version);
  if (row === undefined) return null;
  return { blocks: row.blocks, keptAt: row.keptAt?.getTime() ?? null, judged: row.judged };
}
