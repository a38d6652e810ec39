import { admitVotes, capsAreLifted } from '../core/network-caps.js';
import type { ThresholdRule } from '../core/threshold-rule.js';
import {
  loadCappedVotes,
  type RoundOfImage,
  updateLeftOut,
} from '../database/statements/votes/capped-votes.js';
import type { Tx } from '../database/tx.js';
import { namesOf } from './admit-ballots.js';

const NONE: ReadonlyMap<string, number> = new Map();

/**
 * Admits the votes of a round again, as if they had been cast one after the other on this image: each of two images that
 * became one may have filled its places. What was left out on either stays so.
 */
export async function admitAgain(tx: Tx, round: RoundOfImage, rule: ThresholdRule): Promise<void> {
  if (capsAreLifted(rule)) return;
  const votes = await loadCappedVotes(tx, round);
  const causes = admitVotes(
    votes.map((vote) => ({ ...namesOf(vote), reasons: vote.reasons })),
    { narrow: NONE, wide: NONE },
    rule,
  );
  const left = votes.flatMap(({ reporter }, index) => {
    const cause = causes[index] ?? null;
    return cause === null ? [] : [{ reporter, cause }];
  });
  if (left.length > 0) updateLeftOut(tx, round, left);
}
