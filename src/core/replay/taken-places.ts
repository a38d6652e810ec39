import type { TakenPlaces } from '../network-caps.js';
import { NONE } from './past-votes.js';

/** From how many votes on an image's places are counted beside its votes. Below, its few votes are looked at. */
export const MANY = 32;

/** How many counted votes of one image and round have places of networks, network by network. */
export interface CountedPlaces {
  readonly narrow: Map<number, number>;
  readonly wide: Map<number, number>;
}

export const noPlaces = (): CountedPlaces => ({ narrow: new Map(), wide: new Map() });

/** A vote takes its places. */
export function takePlaces(places: CountedPlaces, narrow: number, minted: number, wide: number): void {
  if (narrow === NONE) return;
  add(places.narrow, narrow);
  if (minted !== NONE) add(places.narrow, minted);
  add(places.wide, wide);
}

const add = (counts: Map<number, number>, network: number): void => {
  counts.set(network, (counts.get(network) ?? 0) + 1);
};

/** What the rule is told of the networks that some votes come from. */
export function placesOf(
  places: CountedPlaces,
  narrow: Iterable<number>,
  wide: Iterable<number>,
): TakenPlaces {
  const taken = (counts: Map<number, number>, networks: Iterable<number>): Map<string, number> =>
    new Map([...networks].map((network) => [networkName(network), counts.get(network) ?? 0]));
  return { narrow: taken(places.narrow, narrow), wide: taken(places.wide, wide) };
}

/** A network as the rules call it. */
export const networkName = (network: number): string => String(network);
