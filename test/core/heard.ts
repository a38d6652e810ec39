import type { HeardVote, HeardVotes } from '../../src/core/hear-votes.js';
import { reasonsOf } from '../../src/core/tally.js';
import { FULL_WEIGHT } from '../../src/core/weights.js';

/**
 * Votes by how many give which reasons from where, `{"violence": 1, "violence@<narrow>/<wide>": 2}`: without networks they
 * are not capped. Each weighs 1, and none is set aside, unless `parts` says otherwise.
 */
export const votesOf = (
  counts: Readonly<Record<string, number>>,
  parts: Partial<Pick<HeardVote, 'weight' | 'setAside'>> = {},
): HeardVote[] =>
  Object.entries(counts).flatMap(([key, count]) => {
    const [reasons = '', from] = key.split('@');
    const [narrow = '', wide = ''] = from?.split('/') ?? [];
    const vote: HeardVote = {
      reasons: reasonsOf(reasons),
      networks: from === undefined ? null : { narrow, wide },
      weight: FULL_WEIGHT,
      setAside: false,
      ...parts,
    };
    return Array.from({ length: count }, () => vote);
  });

export const heard = (...votes: readonly HeardVote[]): HeardVotes => ({ votes, findings: [] });
