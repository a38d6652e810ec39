import { admission, type Admission, capsAreLifted, networksMatter } from '../core/network-caps.js';
import { windowStart } from '../core/threshold.js';
import type { VersionedRule } from '../core/threshold-rule.js';
import type { NewVote } from '../database/statements/votes/cast-votes.js';
import { loadTakenPlaces, type TakenPlacesRow } from '../database/statements/votes/taken-places.js';
import type { Tx } from '../database/tx.js';
import type { VoterNetworks } from '../database/voter-networks.js';
import { type Ballot, ballotKey, isOfArchive } from './ballots.js';
import { placeOf } from './device-votes.js';
import type { ReporterBudgets } from './reporter-budgets.js';

/** A network's name in the rules. */
export const networkName = (network: Buffer): string => network.toString('hex');

/** The networks of a vote as the rules call them. */
export const namesOf = ({ narrow, wide, minted }: VoterNetworks) => ({
  narrow: networkName(narrow),
  wide: networkName(wide),
  minted: minted === null ? null : networkName(minted),
});

type Capped = Ballot & { readonly vote: NewVote & { readonly networks: VoterNetworks } };
const isCapped = (ballot: Ballot): ballot is Capped => ballot.vote.networks !== null;

/** Capped ballots with what was asked of their places; null for an image that is made here, where all are free. */
export type PlacedBallots = ReadonlyMap<Ballot, TakenPlacesRow | null>;

/**
 * Asks which places the capped ones of these ballots find taken, under the lock of their images, whether or not they will
 * need one. Asks nothing for votes that are not capped, of rules that cap nothing, or for images that are made here.
 */
export async function findPlaces(
  tx: Tx,
  ballots: readonly Ballot[],
  isMade: (imageId: string) => boolean,
  rules: ReadonlyMap<string, VersionedRule>,
): Promise<PlacedBallots> {
  const capped = ballots.filter(isCapped).filter(({ vote }) => !capsAreLifted(ruleOf(vote, rules).rule));
  const asked = capped.filter(({ vote }) => !isMade(vote.imageId));
  const rows =
    asked.length === 0
      ? []
      : await loadTakenPlaces(
          tx,
          asked.map(({ vote }) => ({ ...vote, capsWide: networksMatter(ruleOf(vote, rules).rule) })),
        );
  const found = new Map(rows.map((row) => [asked[row.n - 1], row]));
  return new Map(capped.map((ballot) => [ballot, found.get(ballot) ?? null]));
}

/** What is known of ballots before any of them is admitted. */
export interface KnownOfBallots {
  readonly placed: PlacedBallots;
  readonly budgets: ReporterBudgets;
  /** Ballots of which it was asked, and that stand. */
  readonly standing: ReadonlySet<string>;
  readonly rules: ReadonlyMap<string, VersionedRule>;
  readonly now: Date;
}

/**
 * Says of each new vote whether it counts, in the order in which they were cast: not of a muted reporter, not beyond their
 * budget, not beyond what may count of its networks. Only what counts takes a place, and something of a budget: what another
 * system recorded before the window opens no case that anybody would decide, so it neither needs a budget nor takes of one. What
 * stands keeps what it was given, or stays left out.
 */
export function admitBallots(ballots: readonly Ballot[], known: KnownOfBallots): void {
  const { placed, budgets, standing, rules, now } = known;
  const admissions = admissionsOf(placed, rules);
  for (const ballot of ballots) {
    const { vote } = ballot;
    if (placed.get(ballot)?.stands === true || standing.has(ballotKey(vote.imageId, vote.reporter))) continue;
    if (vote.at !== undefined && isOfArchive(ballot, windowStartOf(vote, rules, now)))
      ballot.vote = { ...vote, archived: true };
    const cause = causeOf(ballot, budgets, placed.has(ballot) ? admissions.get(vote.imageId) : undefined);
    if (cause !== null) ballot.vote = { ...ballot.vote, leftOut: cause };
    else if (ballot.vote.archived !== true) budgets.take(ballot);
  }
}

/** Why a new vote does not count; null: it does. Who takes the place of their device's vote needs no other. */
function causeOf(ballot: Ballot, budgets: ReporterBudgets, admit: Admission | undefined): NewVote['leftOut'] {
  if (placeOf(ballot.ofDevices) !== undefined) return null;
  if (ballot.muted) return 'muted';
  const { networks, reasons, archived } = ballot.vote;
  if (archived !== true && budgets.left(ballot) <= 0) return 'budget';
  return networks === null || admit === undefined ? null : admit({ ...namesOf(networks), reasons });
}

/** By image, with the places that were found taken there. */
function admissionsOf(
  placed: PlacedBallots,
  rules: ReadonlyMap<string, VersionedRule>,
): ReadonlyMap<string, Admission> {
  const byImage = new Map<string, TakenOn>();
  for (const [{ vote, ofDevices }, places] of placed) {
    const on = byImage.get(vote.imageId) ?? { vote, narrow: new Map(), wide: new Map() };
    byImage.set(vote.imageId, on);
    // Who takes their device's place has its networks by now, and not those of which it was asked.
    if (places === null || vote.networks === null || placeOf(ofDevices) !== undefined) continue;
    const names = namesOf(vote.networks);
    on.narrow.set(names.narrow, places.narrow);
    if (names.minted !== null) on.narrow.set(names.minted, places.minted);
    on.wide.set(names.wide, places.wide);
  }
  return new Map([...byImage].map(([id, on]) => [id, admission(on, ruleOf(on.vote, rules).rule)]));
}

interface TakenOn {
  readonly vote: NewVote;
  readonly narrow: Map<string, number>;
  readonly wide: Map<string, number>;
}

const ruleOf = (
  { siteId }: Pick<NewVote, 'siteId'>,
  rules: ReadonlyMap<string, VersionedRule>,
): VersionedRule => {
  const rule = rules.get(siteId);
  if (rule === undefined) throw new Error(`site ${siteId} has no threshold rule`);
  return rule;
};

/** When the window begins in which this vote's site counts, in ms. */
export const windowStartOf = (
  vote: Pick<NewVote, 'siteId'>,
  rules: ReadonlyMap<string, VersionedRule>,
  now: Date,
): number => windowStart(ruleOf(vote, rules).rule, now.getTime());
