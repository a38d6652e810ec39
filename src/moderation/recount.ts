import { type HeardVotes, hearVotes } from '../core/hear-votes.js';
import { awaitsDecision } from '../core/image-state.js';
import type { Reason } from '../core/reasons.js';
import { reasonSet, reporters, type Tally } from '../core/tally.js';
import { blockingStart, leastReporters, severeReporters } from '../core/threshold.js';
import type { VoteFacts } from '../core/vote-facts.js';
import {
  type CountedVoteRow,
  type Recount,
  recountVotes,
} from '../database/statements/votes/recount-votes.js';
import type { Tx } from '../database/tx.js';
import { networkName } from './admit-ballots.js';
import type { LoadedImage } from './load-states.js';

/** From when on a vote may block this image. */
export const startOf = ({ rule, state, now }: Pick<LoadedImage, 'rule' | 'state' | 'now'>): number =>
  blockingStart(rule.rule, now, state.case?.liftedAt ?? null);

/**
 * Images that may cross: their tally, a cache of the whole round, reaches the least that the rule asks for. Only these
 * are recounted for the window.
 */
export function mayCross({ state, rule }: Pick<LoadedImage, 'state' | 'rule'>, tally: Tally): boolean {
  const stands = state.blocks.some(({ source }) => source === 'threshold' || source === 'moderator');
  // The severe reason needs but one or two, so its votes are always looked at anew.
  // After a keep a case opens again at K, so that is where counting begins, not where the image would be blocked.
  const least = state.keptAt === null && severeReporters(tally) > 0 ? 1 : leastReporters(rule.rule, 1);
  return !stands && !state.protected && rule.rule.autoBlock && reporters(tally) >= least;
}

/**
 * Images that were kept and whose case may open again, which it does at K of the window (rule 9), whether or not the rule may
 * block them.
 */
export const mayOpenAgain = ({ state, rule }: Pick<LoadedImage, 'state' | 'rule'>, tally: Tally): boolean =>
  state.keptAt !== null && !awaitsDecision(state.case) && reporters(tally) >= leastReporters(rule.rule, 1);

/**
 * The votes of these images that count now, one by one as their rules hear them: read as they stand.
 *
 * @param undone a decision whose undo has the rules look again: what it said of reporters says nothing any more (docs/rules.md, rule 15)
 */
export async function recount(
  tx: Tx,
  images: readonly LoadedImage[],
  undone: string | null = null,
): Promise<Map<string, HeardVotes>> {
  if (images.length === 0) return new Map();
  const rows = await recountVotes(
    tx,
    images.map((image): Recount => {
      const { siteId, id, round } = image.row;
      const { hold, weights } = image.rule.rule;
      return {
        siteId,
        imageId: id,
        round,
        since: new Date(startOf(image)),
        hold,
        weigh: weights,
        heard: true,
      };
    }),
  );
  const facts = factsOf(undone === null ? rows : rows.map((row) => withoutVerdictsOf(undone, row)));
  return new Map(
    images.map(({ row, rule, baseline, now }) => [
      row.id,
      hearVotes(facts.get(row.id) ?? [], rule.rule, baseline, now),
    ]),
  );
}

const withoutVerdictsOf = (decisionId: string, row: CountedVoteRow): CountedVoteRow => ({
  ...row,
  verdicts: row.verdicts?.filter(({ decision }) => decision !== decisionId) ?? null,
});

/** What is known of counted votes, by image; an image without votes has none. */
export function factsOf(rows: readonly CountedVoteRow[]): Map<string, VoteFacts[]> {
  const byImage = new Map<string, VoteFacts[]>();
  for (const {
    imageId,
    kind,
    reasons,
    narrow,
    wide,
    at,
    ageMinutes,
    comments,
    verdicts,
    undecided,
  } of rows) {
    const vote: VoteFacts = {
      kind,
      reasons: reasonSet(reasons.split('+') as Reason[]),
      networks:
        narrow === null || wide === null ? null : { narrow: networkName(narrow), wide: networkName(wide) },
      castAt: at.getTime(),
      ageMinutes,
      comments: comments ?? [],
      verdicts: verdicts ?? [],
      undecided: undecided ?? [],
    };
    const others = byImage.get(imageId);
    if (others === undefined) byImage.set(imageId, [vote]);
    else others.push(vote);
  }
  return byImage;
}
