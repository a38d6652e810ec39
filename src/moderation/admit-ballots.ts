import { admitVotes, capsAreLifted, networksMatter, type TakenPlaces } from '../core/network-caps.js';
import type { VersionedRule } from '../core/threshold-rule.js';
import type { NewVote } from '../database/statements/cast-votes.js';
import { loadTakenPlaces, type TakenPlacesRow } from '../database/statements/taken-places.js';
import type { Tx } from '../database/tx.js';
import type { VoterNetworks } from '../database/voter-networks.js';

/** A vote that may be new, as far as network caps are concerned. */
export interface Admissible {
  vote: NewVote;
}

/** A network's name in the rules. */
export const networkName = (network: Buffer): string => network.toString('hex');

/** The networks of a vote as the rules call them. */
export const namesOf = ({ narrow, wide, minted }: VoterNetworks) => ({
  narrow: networkName(narrow),
  wide: networkName(wide),
  minted: minted === null ? null : networkName(minted),
});

type Capped<Ballot> = Ballot & { readonly vote: NewVote & { readonly networks: VoterNetworks } };
const isCapped = <Ballot extends Admissible>(ballot: Ballot): ballot is Capped<Ballot> =>
  ballot.vote.networks !== null;

/** Ballots with what was asked of their places; null for an image that is made here, where all are free. */
export type PlacedBallots<Ballot> = readonly {
  readonly ballot: Capped<Ballot>;
  readonly places: TakenPlacesRow | null;
}[];

/**
 * Asks which places the capped ones of these ballots find taken, under the lock of their images. Asks nothing for votes
 * that are not capped, of rules that cap nothing, or for images that are made here.
 */
export async function findPlaces<Ballot extends Admissible>(
  tx: Tx,
  ballots: readonly Ballot[],
  isMade: (imageId: string) => boolean,
  rules: ReadonlyMap<string, VersionedRule>,
): Promise<PlacedBallots<Ballot>> {
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
  return capped.map((ballot) => ({ ballot, places: found.get(ballot) ?? null }));
}

/** Says of each new vote whether it counts, image by image, in the order in which they were cast. */
export function admitBallots<Ballot extends Admissible>(
  placed: PlacedBallots<Ballot>,
  rules: ReadonlyMap<string, VersionedRule>,
): void {
  const byImage = new Map<string, PlacedBallots<Ballot>[number][]>();
  for (const entry of placed) {
    // What stands keeps the place that it was given, or stays left out.
    if (entry.places?.stands === true) continue;
    const { imageId } = entry.ballot.vote;
    const others = byImage.get(imageId);
    if (others === undefined) byImage.set(imageId, [entry]);
    else others.push(entry);
  }
  for (const entries of byImage.values()) {
    const [first] = entries;
    if (first === undefined) continue;
    const votes = entries.map(({ ballot: { vote } }) => ({
      ...namesOf(vote.networks),
      reasons: vote.reasons,
    }));
    const causes = admitVotes(votes, takenPlaces(entries), ruleOf(first.ballot.vote, rules).rule);
    entries.forEach(({ ballot }, index) => {
      ballot.vote = { ...ballot.vote, leftOut: causes[index] ?? null };
    });
  }
}

function takenPlaces<Ballot extends Admissible>(entries: PlacedBallots<Ballot>): TakenPlaces {
  const narrow = new Map<string, number>();
  const wide = new Map<string, number>();
  for (const { ballot, places } of entries) {
    if (places === null) continue;
    const names = namesOf(ballot.vote.networks);
    narrow.set(names.narrow, places.narrow);
    if (names.minted !== null) narrow.set(names.minted, places.minted);
    wide.set(names.wide, places.wide);
  }
  return { narrow, wide };
}

const ruleOf = ({ siteId }: NewVote, rules: ReadonlyMap<string, VersionedRule>): VersionedRule => {
  const rule = rules.get(siteId);
  if (rule === undefined) throw new Error(`site ${siteId} has no threshold rule`);
  return rule;
};
