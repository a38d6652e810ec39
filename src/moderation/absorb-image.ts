import type { Actor } from '../core/command.js';
import { blocksOfBoth } from '../core/commands/absorb.js';
import { crossesNow } from '../core/commands/apply-rule.js';
import { decide } from '../core/decide.js';
import { tallyOf } from '../core/hear-votes.js';
import type { Tally } from '../core/tally.js';
import { entombImage, moveAddresses, moveReports } from '../database/statements/images/absorb-image.js';
import { countLeftOut } from '../database/statements/votes/capped-votes.js';
import { recountVotes } from '../database/statements/votes/recount-votes.js';
import { moveContent } from '../database/statements/content/move-content.js';
import type { Tx } from '../database/tx.js';
import { admitAgain } from './admit-again.js';
import { askToLeave } from './ask-for-looks.js';
import { openBreakers } from './breakers.js';
import type { LoadedImage } from './load-states.js';
import { factsOf, mayCross, recount } from './recount.js';
import type { WorkingImage } from './working-image.js';

/** Only the site itself says that two images are one. */
export const SITE: Actor = { kind: 'site', id: null };
const ALL_TIME = new Date(0);

/**
 * Another image becomes part of this one (docs/adr/0004): its votes count here, its places are given anew, whatever leads
 * to it leads here, and what is known of its bytes is known here. Its own key is the caller's to bind.
 *
 * @returns the addresses that led to it
 */
export async function absorbImage(
  tx: Tx,
  working: WorkingImage,
  other: Pick<LoadedImage, 'row' | 'state'>,
  actor: Actor,
): Promise<string[]> {
  const { siteId, id } = working.loaded.row;
  const { round } = working.state;
  await moveReports(tx, siteId, { id: other.row.id, round: other.row.round }, { id, round });
  const ofRound = { siteId, imageId: id, round };
  await admitAgain(tx, ofRound, working.loaded.rule.rule);
  const leftOut = await countLeftOut(tx, ofRound);
  working.tally = await wholeRound(tx, siteId, id, round);
  const { content } = other.state;
  if (content !== null)
    await moveContent(tx, siteId, { id: other.row.id, content }, { id, content: working.state.content });
  const moved = await moveAddresses(tx, siteId, other.row.id, id);
  askToLeave(tx, siteId, other.row.id);
  // Before its votes are heard here: of an undecided image they would be people who come together again.
  await entombImage(tx, siteId, other.row, { id, round });
  const { own, carried } = blocksOfBoth(working.state, other.state, actor);
  const joined = { ...working.state, blocks: [...own, ...carried] };
  const windowed = mayCross({ ...working.loaded, state: joined }, working.tally)
    ? ((await recount(tx, [withLifting(working.loaded, other.state)])).get(id) ?? null)
    : null;
  const crosses =
    windowed !== null && crossesNow(joined, working.loaded.rule, working.loaded.now, { heard: windowed });
  const before = working.state;
  const breakers = await openBreakers(tx, crosses ? [working] : [], { exactly: false });
  const tally = windowed === null ? working.tally : tallyOf(windowed.votes);
  const verdict = decide(
    before,
    {
      type: 'absorb',
      otherId: other.row.id,
      other: other.state,
      tally,
      heard: windowed,
      breaker: breakers.roomFor(working),
      leftOut,
    },
    actor,
    working.loaded.rule,
    working.loaded.now,
  );
  if (!verdict.ok) throw new Error(`an image could not be merged: ${verdict.refusal}`);
  working.state = verdict.next;
  working.events.push(...verdict.events.map((event) => ({ ...event, decisionId: null })));
  breakers.looked(working, before);
  return moved;
}

/**
 * With the later of the times at which an overdue block of the two was lifted (docs/rules.md, rule 13). Votes from before that time do
 * not block what the two become: where a block of one was lifted at 10:00, a vote of 9:00 on the other is not heard either.
 */
const withLifting = (loaded: LoadedImage, other: LoadedImage['state']): LoadedImage => {
  const liftedAt = Math.max(loaded.state.case?.liftedAt ?? 0, other.case?.liftedAt ?? 0);
  const waiting = loaded.state.case ?? other.case;
  return liftedAt === 0 || waiting === null
    ? loaded
    : { ...loaded, state: { ...loaded.state, case: { ...waiting, liftedAt } } };
};

async function wholeRound(tx: Tx, siteId: string, imageId: string, round: number): Promise<Tally> {
  const wanted = { siteId, imageId, round, since: ALL_TIME, hold: false, weigh: false, heard: false };
  return tallyOf(factsOf(await recountVotes(tx, [wanted])).get(imageId) ?? []);
}
