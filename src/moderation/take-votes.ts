import { crossesNow } from '../core/commands/apply-rule.js';
import { tallyOf } from '../core/hear-votes.js';
import { applyVotes, reporters, type VoteChange } from '../core/tally.js';
import type { VersionedRule } from '../core/threshold-rule.js';
import { spendSevereBudget } from '../database/statements/votes/cast-votes.js';
import type { Tx } from '../database/tx.js';
import { openBreakers } from './breakers.js';
import type { ChangedVote } from './changed-vote.js';
import { mayCross, mayOpenAgain, recount, startOf } from './recount.js';
import { isNewlySevere, severeBudgets } from './severe-budget.js';
import { apply, READER, type WorkingImage } from './working-image.js';

/** Lets the rules look once at each image of which votes changed. */
export async function takeVotes(
  tx: Tx,
  changes: readonly ChangedVote[],
  working: ReadonlyMap<string, WorkingImage>,
  rules: ReadonlyMap<string, VersionedRule>,
): Promise<void> {
  const byImage = new Map<WorkingImage, ChangedVote[]>();
  for (const change of changes) {
    const image = working.get(change.imageId);
    if (image === undefined) continue;
    const votes = byImage.get(image);
    if (votes === undefined) byImage.set(image, [change]);
    else votes.push(change);
  }
  for (const [image, votes] of byImage) image.tally = applyVotes(image.tally, votes);
  const close = [...byImage.keys()].filter(
    ({ loaded, tally }) => mayCross(loaded, tally) || mayOpenAgain(loaded, tally),
  );
  const recounted = await recount(
    tx,
    close.map(({ loaded }) => loaded),
  );
  const budgets = await severeBudgets(tx, changes, rules);
  const breakers = await openBreakers(
    tx,
    close.filter(({ loaded, state }) => {
      const heard = recounted.get(loaded.row.id);
      return heard !== undefined && crossesNow(state, loaded.rule, loaded.now, { heard });
    }),
    { exactly: true },
  );
  const spent: ChangedVote[] = [];
  for (const [image, votes] of byImage) {
    const after = recounted.get(image.loaded.row.id);
    // What was said before the window neither blocks nor opens a case again. A moderator sees it once there is one.
    const start = startOf(image.loaded);
    const counting = votes.filter((vote) => isCounted(vote) && vote.castAt > start);
    // But the severe reason is heard of whomever, when they say it: an old vote that gives it now is urgent, as one that is left out (rule 6).
    // So is a reader who reports today what is in an archive: nobody has looked at that (rule 9).
    const beside = votes.filter(
      (vote) => isUncounted(vote) || (vote.castAt <= start && (vote.opens === true || isNewlySevere(vote))),
    );
    const before =
      after === undefined ? image.loaded.row.tally : applyVotes(tallyOf(after.votes), counting.map(inverse));
    const stood = image.state;
    const verdict = apply(image, { ...stood, tally: before }, READER, {
      type: 'cast-votes',
      votes: counting.map((vote) => ({ mayBlockAlone: budgets.mayBlockAlone(vote), ...vote })),
      uncounted: beside.map((vote) => ({
        ...vote.leftOut,
        severe: vote.severeUncounted || isNewlySevere(vote),
      })),
      heard: after ?? null,
      spoken: reporters(image.tally),
      breaker: breakers.roomFor(image),
      old: votes.every(({ isOld }) => isOld === true),
      linked: votes.some(({ leftOut }) => leftOut.to === 'linked'),
      siteSevereBudget: budgets.leftFor(image.loaded.row.siteId),
    });
    breakers.looked(image, stood);
    const alone = verdict.ok && verdict.severeSpentBy !== null ? counting[verdict.severeSpentBy] : undefined;
    if (alone !== undefined) {
      budgets.spend(alone);
      spent.push(alone);
    }
  }
  if (spent.length > 0) spendSevereBudget(tx, spent);
}

const isCounted = ({ from, to }: ChangedVote): boolean => from !== null || to !== null;
const isUncounted = ({ leftOut, severeUncounted }: ChangedVote): boolean =>
  leftOut.from !== leftOut.to || severeUncounted;
const inverse = ({ from, to }: VoteChange): VoteChange => ({ from: to, to: from });
