import { type Reason, REASONS } from '../reasons.js';
import type { ReasonSet } from '../tally.js';
import type { ReporterKind } from '../vote-facts.js';

/** In this order kinds of reporters are numbered. */
export const REPORTER_KINDS = ['device', 'account', 'named'] as const satisfies readonly ReporterKind[];

/** Of a vote that says nothing of something. */
export const NONE = -1;

/**
 * A vote of the past. Images, reporters and networks are numbers from 0 on, one for each, whatever they stand for: a million
 * votes fit into columns of numbers, and nobody is named in them.
 */
export interface PastVote {
  readonly image: number;
  readonly round: number;
  readonly reporter: number;
  readonly kind: ReporterKind;
  /** When it was cast, in ms since 1970. Votes come in this order; those of one image with the same time counted together. */
  readonly at: number;
  /** With which it was cast, as `reasonBits`. */
  readonly reasons: number;
  /** NONE: network caps do not hold for it. */
  readonly narrow: number;
  readonly wide: number;
  /** NONE: in none but `narrow`. */
  readonly minted: number;
  /** NONE: not known. */
  readonly ageMinutes: number;
  /** Left out for what no rule decides: its reporter is muted, or it became the vote of an account. */
  readonly isSilent: boolean;
}

/** A set of reasons as bits, in the order of REASONS. */
export const reasonBits = (reasons: Iterable<Reason>): number => {
  let bits = 0;
  for (const reason of reasons) bits |= 1 << REASONS.indexOf(reason);
  return bits;
};

const SETS: readonly ReasonSet[] = Array.from({ length: 1 << REASONS.length }, (_, bits) =>
  REASONS.filter((_reason, index) => (bits & (1 << index)) !== 0),
);
/** The set of reasons that the bits stand for. */
export const reasonsOfBits = (bits: number): ReasonSet => SETS[bits] ?? [];

/** Votes in order of time, a column for each thing that is known of them: 53 bytes a vote. */
export class PastVotes {
  length = 0;
  readonly image: Int32Array;
  readonly round: Int32Array;
  readonly reporter: Int32Array;
  readonly kind: Uint8Array;
  readonly at: Float64Array;
  readonly reasons: Uint16Array;
  readonly narrow: Int32Array;
  readonly wide: Int32Array;
  readonly minted: Int32Array;
  readonly ageMinutes: Int16Array;
  readonly isSilent: Uint8Array;
  /** Taken back since. */
  readonly isWithdrawn: Uint8Array;
  /** What was written beside it: equal numbers for equal words, 0 for none. */
  readonly words: Float64Array;
  /** The image's vote before this one, or NONE. */
  readonly before: Int32Array;
  /** By vote: words of further reports of the same reporter. Few write twice. */
  readonly furtherWords = new Map<number, number[]>();
  /** By image: its latest vote. */
  readonly latest: number[] = [];
  /** The reporter's vote before this one, on whatever image, or NONE; and by reporter the latest. */
  readonly beforeBySame: Int32Array;
  readonly latestBy: number[] = [];

  /** @param capacity votes that it has room for */
  constructor(readonly capacity: number) {
    this.image = new Int32Array(capacity);
    this.round = new Int32Array(capacity);
    this.reporter = new Int32Array(capacity);
    this.kind = new Uint8Array(capacity);
    this.at = new Float64Array(capacity);
    this.reasons = new Uint16Array(capacity);
    this.narrow = new Int32Array(capacity);
    this.wide = new Int32Array(capacity);
    this.minted = new Int32Array(capacity);
    this.ageMinutes = new Int16Array(capacity);
    this.isSilent = new Uint8Array(capacity);
    this.isWithdrawn = new Uint8Array(capacity);
    this.words = new Float64Array(capacity);
    this.before = new Int32Array(capacity);
    this.beforeBySame = new Int32Array(capacity);
  }

  /**
   * Adds a vote that is yet to be played.
   *
   * @throws RangeError when there is no room left, or it is older than the last one
   */
  add(vote: PastVote): void {
    const index = this.length;
    if (index >= this.capacity) throw new RangeError(`There is room for ${this.capacity} votes.`);
    if (index > 0 && vote.at < (this.at[index - 1] ?? 0))
      throw new RangeError('Votes come in order of time.');
    this.image[index] = vote.image;
    this.round[index] = vote.round;
    this.reporter[index] = vote.reporter;
    this.kind[index] = REPORTER_KINDS.indexOf(vote.kind);
    this.at[index] = vote.at;
    this.reasons[index] = vote.reasons;
    this.narrow[index] = vote.narrow;
    this.wide[index] = vote.wide;
    this.minted[index] = vote.minted;
    this.ageMinutes[index] = vote.ageMinutes;
    this.isSilent[index] = vote.isSilent ? 1 : 0;
    this.before[index] = NONE;
    this.length = index + 1;
  }

  /** From now on it is one of its image's votes: played. */
  link(index: number): void {
    const image = this.image[index] ?? NONE;
    this.before[index] = this.latest[image] ?? NONE;
    this.latest[image] = index;
    const reporter = this.reporter[index] ?? NONE;
    this.beforeBySame[index] = this.latestBy[reporter] ?? NONE;
    this.latestBy[reporter] = index;
  }

  addWords(index: number, words: number): void {
    if (this.words[index] === 0) this.words[index] = words;
    else this.furtherWords.set(index, [...(this.furtherWords.get(index) ?? []), words]);
  }

  /** The vote of a reporter on an image in a round, among those that were played; NONE: there is none. */
  find(image: number, round: number, reporter: number): number {
    let index = this.latest[image] ?? NONE;
    while (index !== NONE && (this.reporter[index] !== reporter || this.round[index] !== round))
      index = this.before[index] ?? NONE;
    return index;
  }
}
