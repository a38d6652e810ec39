import { type HoldFinding, lookForHolds, type SiteBaseline } from './hold.js';
import type { Networks, ReasonSet, Tally } from './tally.js';
import { tallyKey } from './tally.js';
import type { ThresholdRule } from './threshold-rule.js';
import { FULL_WEIGHT, type PastVerdict, weightOf } from './weights.js';

/** How a reporter is known: by a device's token, by a token that the site signed, or named by the site's secret key. */
export type ReporterKind = 'device' | 'account' | 'named';

/** What is known of a counted vote where the tally may cross: only there is it read. */
export interface VoteFacts {
  readonly kind: ReporterKind;
  readonly reasons: ReasonSet;
  /** Null: network caps do not hold for it. */
  readonly networks: Networks | null;
  /** In ms since 1970. */
  readonly castAt: number;
  /** For how many minutes its reporter had been known when it was cast; null: nobody can say. */
  readonly ageMinutes: number | null;
  /** What was written beside it, word for word. */
  readonly comments: readonly string[];
  /** What decisions said of the reporter's votes on other images. */
  readonly verdicts: readonly PastVerdict[];
  /** Other images that the reporter voted on in the last days, counted or not, and on which nobody has decided: by id. */
  readonly undecided: readonly string[];
}

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
