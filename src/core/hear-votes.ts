import type { HoldFinding, SiteBaseline } from './hold-finding.js';
import { lookForHolds } from './hold.js';
import type { Networks, ReasonSet, Tally } from './tally.js';
import { tallyKey } from './tally.js';
import type { ThresholdRule } from './threshold-rule.js';
import type { VoteFacts } from './vote-facts.js';
import { FULL_WEIGHT, weightOf } from './weights.js';

/** A counted vote as the rule hears it. */
export interface HeardVote {
  readonly reasons: ReasonSet;
  readonly networks: Networks | null;
  /** In thousandths. */
  readonly weight: number;
  /** It looks coordinated: the rule looks at the rest (docs/rules.md, rule 4). */
  readonly setAside: boolean;
}

/** The counted votes of a round and window, and which signals fired among them. */
export interface HeardVotes {
  readonly votes: readonly HeardVote[];
  readonly findings: readonly HoldFinding[];
}

/**
 * What the rule makes of the votes that count: how much each weighs, and whether it is set aside.
 *
 * @param baseline what is usual on the site; null where too little is known
 * @param now in ms since 1970
 */
export function hearVotes(
  facts: readonly VoteFacts[],
  rule: ThresholdRule,
  baseline: SiteBaseline | null,
  now: number,
): HeardVotes {
  const { setAside, findings } = rule.hold ? lookForHolds(facts, rule, baseline) : NOTHING_HELD;
  return {
    findings,
    votes: facts.map((vote) => ({
      reasons: vote.reasons,
      networks: vote.networks,
      weight: rule.weights ? weightOf(vote.verdicts, vote.kind, now) : FULL_WEIGHT,
      setAside: setAside.has(vote),
    })),
  };
}

const NOTHING_HELD = { setAside: new Set<VoteFacts>(), findings: [] } as const;

/** The votes, counted by their exact sets of reasons. */
export function tallyOf(votes: readonly { readonly reasons: ReasonSet }[]): Tally {
  const counts: Record<string, number> = {};
  for (const { reasons } of votes) {
    const key = tallyKey(reasons);
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}
