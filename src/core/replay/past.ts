import type { PastVerdict } from '../vote-facts.js';
import { NONE, type PastVotes } from './past-votes.js';

/** A vote that said something: when it was cast, or as it gained a reason. */
export interface Spoken {
  readonly index: number;
  readonly gained: boolean;
}

/**
 * The past as far as it is played: votes, and what is the same whatever the rule. Rounds end by what people do and by new
 * bytes alone, so that every rule sees the same ones.
 */
export class Past {
  /** By reporter. */
  private readonly verdicts = new Map<number, PastVerdict[]>();
  /** By image; none: 1. */
  private readonly rounds: number[] = [];
  /** By image: the first vote of the round; none: nobody voted in it yet. */
  private readonly first: number[] = [];
  /** By image: votes of the round that were cast, counted or not. */
  private readonly votesCast: number[] = [];
  /** Images in whose round somebody gave the severe reason. */
  private readonly severe = new Set<number>();
  /** By image, from its first decision on: who spoke, in order. */
  private readonly spoken = new Map<number, Spoken[]>();

  constructor(readonly votes: PastVotes) {}

  roundOf(image: number): number {
    return this.rounds[image] ?? 1;
  }

  beginRound(image: number, round: number): void {
    this.rounds[image] = round;
    this.first[image] = NONE;
    this.votesCast[image] = 0;
    this.severe.delete(image);
  }

  /** When the first vote of the round was cast, in ms; null: there is none. */
  firstAt(image: number): number | null {
    const first = this.first[image] ?? NONE;
    return first === NONE ? null : (this.votes.at[first] ?? null);
  }

  /** The vote at this index is cast now, in its image's round. */
  cast(index: number, isSevere: boolean): void {
    const image = this.votes.image[index] ?? NONE;
    if ((this.first[image] ?? NONE) === NONE) this.first[image] = index;
    if (isSevere) this.severe.add(image);
    this.votesCast[image] = this.peopleIn(image) + 1;
    this.votes.link(index);
    this.spoken.get(image)?.push({ index, gained: false });
  }

  /** The vote at this index, of its image's round, has gained a reason. */
  gain(index: number, isSevere: boolean): void {
    const image = this.votes.image[index] ?? NONE;
    if (isSevere) this.severe.add(image);
    this.spoken.get(image)?.push({ index, gained: true });
  }

  /** A moment on an image in which people decided, for `spokenSince`. */
  momentOn(image: number): number {
    const spoken = this.spoken.get(image) ?? [];
    this.spoken.set(image, spoken);
    return spoken.length;
  }

  /** Whose votes of the image's round stand and were cast, or gained a reason, after that moment. */
  spokenSince(image: number, moment: number): readonly Spoken[] {
    const { isWithdrawn, round } = this.votes;
    const since = this.spoken.get(image)?.slice(moment) ?? [];
    return since.filter(({ index }) => isWithdrawn[index] === 0 && round[index] === this.roundOf(image));
  }

  peopleIn(image: number): number {
    return this.votesCast[image] ?? 0;
  }

  hasSevere(image: number): boolean {
    return this.severe.has(image);
  }

  judge(reporter: number, verdict: PastVerdict): void {
    const others = this.verdicts.get(reporter);
    if (others === undefined) this.verdicts.set(reporter, [verdict]);
    else others.push(verdict);
  }

  verdictsOn(reporter: number): readonly PastVerdict[] {
    return this.verdicts.get(reporter) ?? NO_VERDICTS;
  }

  /** The latest vote of the image's round; NONE: there is none. With `beforeIn` all of them, without a list being made. */
  latestIn(image: number): number {
    const latest = this.votes.latest[image] ?? NONE;
    return latest !== NONE && this.votes.round[latest] === this.roundOf(image) ? latest : NONE;
  }

  /** The vote of the same round before this one. */
  beforeIn(index: number): number {
    const before = this.votes.before[index] ?? NONE;
    return before !== NONE && this.votes.round[before] === this.votes.round[index] ? before : NONE;
  }
}

const NO_VERDICTS: readonly PastVerdict[] = [];
