import { type Reason, REASONS } from './reasons.js';

/** The reasons of one vote: at least one, each once, in the order of REASONS. */
export type ReasonSet = readonly Reason[];

/**
 * How many counted votes stand in a round, by exactly which reasons they give: `{"violence": 3, "violence+hate": 1}`.
 * Exact sets, not sums per reason, because a vote with two reasons is still one vote.
 *
 * Where it is counted for a crossing, the keys of votes that network caps hold for also say where these come from,
 * `{"violence": 1, "violence@<narrow>/<wide>": 2}`; never where it is kept, logged or shown (docs/adr/0014).
 */
export type Tally = Readonly<Record<string, number>>;

/** Where a vote comes from that network caps hold for: opaque names, in which neither "@" nor "/" stands. */
export interface Networks {
  readonly narrow: string;
  readonly wide: string;
}

/** One vote that appears (`from` null), gains a reason, or is withdrawn (`to` null). */
export interface VoteChange {
  readonly from: ReasonSet | null;
  readonly to: ReasonSet | null;
}

export const EMPTY_TALLY: Tally = {};

export const reasonSet = (reasons: Iterable<Reason>): ReasonSet => {
  const given = new Set(reasons);
  return REASONS.filter((reason) => given.has(reason));
};

/** The key under which a tally counts votes that give these reasons and, where it says so, come from there. */
export const tallyKey = (reasons: ReasonSet, networks: Networks | null = null): string =>
  networks === null ? reasons.join('+') : `${reasons.join('+')}@${networks.narrow}/${networks.wide}`;

const reasonsOf = (key: string): ReasonSet => {
  const at = key.indexOf('@');
  return (at < 0 ? key : key.slice(0, at)).split('+') as Reason[];
};

/** Where the votes under a key come from; null for votes that network caps do not hold for. */
function networksOf(key: string): Networks | null {
  const at = key.indexOf('@');
  if (at < 0) return null;
  const slash = key.indexOf('/', at);
  return { narrow: key.slice(at + 1, slash), wide: key.slice(slash + 1) };
}

/** The same votes, without a word on where they come from. */
export function withoutNetworks(tally: Tally): Tally {
  const counts: Record<string, number> = {};
  for (const [key, count] of Object.entries(tally)) {
    const reasons = tallyKey(reasonsOf(key));
    counts[reasons] = (counts[reasons] ?? 0) + count;
  }
  return counts;
}

/** The tally after the changes. A count that falls to zero leaves the tally, so that equal tallies are equal objects. */
export function applyVotes(tally: Tally, changes: readonly VoteChange[]): Tally {
  if (changes.length === 0) return tally;
  const counts: Record<string, number> = { ...tally };
  const add = (reasons: ReasonSet | null, by: number): void => {
    if (reasons === null) return;
    const key = tallyKey(reasons);
    const count = (counts[key] ?? 0) + by;
    if (count > 0) counts[key] = count;
    else delete counts[key];
  };
  for (const { from, to } of changes) {
    add(from, -1);
    add(to, 1);
  }
  return counts;
}

/** How often a reason was given: rises with every new vote, and with every reason that is added to one. */
export const reasonsGiven = (tally: Tally): number =>
  Object.entries(tally).reduce((sum, [key, count]) => sum + count * reasonsOf(key).length, 0);

/** Distinct reporters. */
export const reporters = (tally: Tally): number =>
  Object.values(tally).reduce((total, count) => total + count, 0);

/** Votes that network caps do not hold for: each stands for a network of its own. */
export const uncapped = (tally: Tally): number =>
  reporters(Object.fromEntries(Object.entries(tally).filter(([key]) => networksOf(key) === null)));

/** How many votes come from each wide network. Votes that network caps do not hold for come from none. */
export const byWideNetwork = (tally: Tally): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const [key, count] of Object.entries(tally)) {
    const networks = networksOf(key);
    if (networks !== null) counts.set(networks.wide, (counts.get(networks.wide) ?? 0) + count);
  }
  return counts;
};

/** From how many narrow networks the votes come. */
export const narrowNetworks = (tally: Tally): number =>
  uncapped(tally) + new Set(Object.keys(tally).flatMap((key) => networksOf(key)?.narrow ?? [])).size;

/** The votes whose reasons satisfy a condition. */
export const votesWhere = (tally: Tally, condition: (reasons: ReasonSet) => boolean): Tally =>
  Object.fromEntries(Object.entries(tally).filter(([key]) => condition(reasonsOf(key))));

/** The votes that give this reason, perhaps among others. */
export const votesWith = (tally: Tally, reason: Reason): Tally =>
  votesWhere(tally, (reasons) => reasons.includes(reason));

/** Distinct reporters per reason, commonest first; equal counts in the order of REASONS. */
export function reportersByReason(tally: Tally): Partial<Record<Reason, number>> {
  const counted = REASONS.map((reason) => [reason, reporters(votesWith(tally, reason))] as const);
  return Object.fromEntries(counted.filter(([, count]) => count > 0).sort(([, a], [, b]) => b - a));
}
