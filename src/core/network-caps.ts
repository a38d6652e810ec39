import type { LeftOutCause } from './left-out.js';
import type { Reason } from './reasons.js';
import type { Networks, ReasonSet } from './tally.js';
import type { ThresholdRule } from './threshold-rule.js';

/** The most that a rule may let count of a narrow network. */
export const MOST_PER_NETWORK = 1_000;

/** What lifts the caps of a rule: an intranet, or a demonstration, where everybody has one address. */
export const WITHOUT_CAPS = { perNetwork: MOST_PER_NETWORK, minNetworks: 1 } as const;

/**
 * A rule with `minNetworks` 1 says that networks tell nothing of people: then neither a wide network is capped, nor has the
 * severe reason a budget per network.
 */
export const networksMatter = (rule: ThresholdRule): boolean => rule.minNetworks > 1;

/** Does this rule count every vote, wherever it comes from? */
export const capsAreLifted = (rule: ThresholdRule): boolean =>
  rule.perNetwork >= WITHOUT_CAPS.perNetwork && !networksMatter(rule);

/** A new vote that network caps hold for. */
export interface CappedVote extends Networks {
  /** The narrow network in which its device's token was minted, where that is another than `narrow`. */
  readonly minted: string | null;
  readonly reasons: ReasonSet;
}

/**
 * How many counted votes of one image and round take the places of networks: those that were withdrawn too, since a
 * withdrawal frees no place (docs/rules.md, rule 3).
 */
export interface TakenPlaces {
  /** By narrow network: votes that come from it, and votes of devices that were minted there. */
  readonly narrow: ReadonlyMap<string, number>;
  readonly wide: ReadonlyMap<string, number>;
}

/**
 * The smallest K that a vote with these reasons can count for. A reason's own K above the site's is taken for the site's:
 * the vote may gain another reason, and keeps its place then.
 */
export const smallestK = (reasons: ReasonSet, rule: ThresholdRule): number =>
  Math.min(rule.reporters, ...reasons.map((reason: Reason) => rule.reasons[reason]?.reporters ?? Infinity));

/** Says of one new vote after the other whether it counts; null: it does, and takes a place of each of its networks. */
export type Admission = (vote: CappedVote) => NetworkCause | null;
export type NetworkCause = Extract<LeftOutCause, 'network' | 'wide-network'>;

/** Admission to one image, as the places of networks are taken there before. */
export function admission(taken: TakenPlaces, rule: ThresholdRule): Admission {
  const narrow = new Map(taken.narrow);
  const wide = new Map(taken.wide);
  return (vote) => {
    const own = [vote.narrow, ...(vote.minted === null ? [] : [vote.minted])];
    if (own.some((network) => (narrow.get(network) ?? 0) >= rule.perNetwork)) return 'network';
    const ofWide = wide.get(vote.wide) ?? 0;
    if (networksMatter(rule) && ofWide >= smallestK(vote.reasons, rule) - 1) return 'wide-network';
    for (const network of own) narrow.set(network, (narrow.get(network) ?? 0) + 1);
    wide.set(vote.wide, ofWide + 1);
    return null;
  };
}

/**
 * Which new votes count, in order. A vote that stands already keeps what it was given, and is none of these.
 */
export const admitVotes = (
  votes: readonly CappedVote[],
  taken: TakenPlaces,
  rule: ThresholdRule,
): readonly (NetworkCause | null)[] => votes.map(admission(taken, rule));
