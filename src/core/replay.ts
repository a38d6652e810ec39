import type { SiteBaseline } from './hold-finding.js';
import { SEVERE_REASON } from './reasons.js';
import type { Fact } from './replay/fact.js';
import { figuresOf, isWithin, type ReplayFigures, type Span } from './replay/figures.js';
import { type Outcome, outcomeKind, type OutcomeKind } from './replay/outcomes.js';
import { Past } from './replay/past.js';
import { NONE, type PastVotes, reasonBits, reasonsOfBits } from './replay/past-votes.js';
import { type ChangedVote, World } from './replay/world.js';
import type { VersionedRule } from './threshold-rule.js';

/** A round of an image that fares otherwise under the other rule. */
export interface Difference {
  readonly image: number;
  readonly round: number;
  readonly current: OutcomeKind;
  readonly candidate: OutcomeKind;
  readonly decided: Outcome['decided'];
  /** When the first of both rules acted, in ms since 1970. */
  readonly at: number;
}

/** What both rules did. */
export interface Replayed {
  readonly reports: number;
  readonly images: number;
  readonly current: ReplayFigures;
  readonly candidate: ReplayFigures;
  /** The latest first. */
  readonly differences: readonly Difference[];
}

/**
 * Plays the past of a site under two rules at once (docs/replay.md). The order of time is the whole site's: breaker, budgets and
 * weights know all of its images. What people did, they do under either rule.
 */
export class Replay {
  readonly current: World;
  readonly candidate: World;
  private readonly past: Past;
  private readonly worlds: readonly World[];
  /** By image: was it reported in the time that is counted? */
  private readonly isSeen: boolean[] = [];
  private images = 0;
  private reports = 0;
  /** Votes of one image that gained a reason in one moment, and that the rules have yet to look at. */
  private gaining: { readonly image: number; readonly at: number; readonly votes: ChangedVote[] } | null =
    null;
  /** By image: what was written beside votes that are cast at the same moment. */
  private readonly waiting = new Map<number, Written[]>();

  /**
   * @param votes added to before they are played, or meanwhile
   * @param span what is counted; votes from before are played, and not counted
   */
  constructor(
    private readonly votes: PastVotes,
    rules: { readonly current: VersionedRule; readonly candidate: VersionedRule },
    baseline: SiteBaseline | null,
    private readonly span: Span,
  ) {
    this.past = new Past(votes);
    this.current = new World(this.past, rules.current, baseline);
    this.candidate = new World(this.past, rules.candidate, baseline);
    this.worlds = [this.current, this.candidate];
  }

  /**
   * Did this happen before the vote at the index? Votes have whole milliseconds: what is of the same one comes after, unless the
   * vote is of a round that has yet to begin; but what was
   * said in the same moment is heard with it.
   */
  isBefore(fact: Fact, index: number): boolean {
    const at = this.votes.at[index] ?? Infinity;
    const image = this.votes.image[index] ?? NONE;
    if (fact.at === at && (fact.type === 'words' || (fact.type === 'further-reason' && fact.image === image)))
      return true;
    return fact.at < at || (fact.at === at && (this.votes.round[index] ?? 0) > this.past.roundOf(image));
  }

  /** Where the votes end that were cast together with the one at the index, on the same image: the index after the last. */
  endOfBatch(index: number): number {
    const { at, image, length } = this.votes;
    let end = index + 1;
    while (end < length && at[end] === at[index] && image[end] === image[index]) end += 1;
    return end;
  }

  /** Votes that are cast together on one image. */
  cast(from: number, to: number): void {
    const now = this.votes.at[from] ?? 0;
    const image = this.votes.image[from] ?? NONE;
    // What was gained before is looked at without them.
    const gained = this.isGaining(image, now) ? this.gained() : NOBODY;
    this.lookAtGained();
    const indexes: number[] = [];
    for (let index = from; index < to; index += 1) {
      const round = this.votes.round[index] ?? 1;
      if (round > this.past.roundOf(image)) this.beginRound(image, round);
      // What was cast in a round that has ended counts nowhere.
      if (round < this.past.roundOf(image)) continue;
      this.past.cast(index, isSevere(this.votes.reasons[index] ?? 0));
      this.hearWords(image, index);
      indexes.push(index);
    }
    if (isWithin(this.span, now)) {
      this.reports += to - from;
      if (this.isSeen[image] !== true) this.images += 1;
      this.isSeen[image] = true;
    }
    if (indexes.length === 0 && gained.length === 0) return;
    for (const world of this.worlds) world.cast(image, indexes, gained, now);
  }

  take(fact: Fact): void {
    if (fact.type !== 'words' && !(fact.type === 'further-reason' && this.isGaining(fact.image, fact.at)))
      this.lookAtGained();
    switch (fact.type) {
      case 'verdict':
        return this.past.judge(fact.reporter, { decision: fact.decision, valid: fact.valid, at: fact.at });
      case 'withdrawal':
        return this.withdraw(fact);
      case 'further-reason':
        return this.gainReason(fact);
      case 'words':
        return this.addWords(fact);
      case 'decision':
        return this.decide(fact);
      case 'undo':
        return this.worlds.forEach((world) => world.undo(fact));
      case 'protection':
        return this.worlds.forEach((world) => world.protect(fact));
      case 'new-bytes':
        this.worlds.forEach((world) => world.newBytes(fact));
        return this.past.beginRound(fact.image, this.past.roundOf(fact.image) + 1);
      case 'stood':
        return this.worlds.forEach((world) => world.stood(fact));
    }
  }

  /** What came of it. */
  result(): Replayed {
    this.lookAtGained();
    return {
      reports: this.reports,
      images: this.images,
      current: figuresOf(this.current.outcomes, this.span),
      candidate: figuresOf(this.candidate.outcomes, this.span),
      differences: this.differences(),
    };
  }

  private differences(): Difference[] {
    const [current, candidate] = [this.current.outcomes.byRound, this.candidate.outcomes.byRound];
    const differences: Difference[] = [];
    for (const key of new Set([...current.keys(), ...candidate.keys()])) {
      const both = [current.get(key), candidate.get(key)] as const;
      const [one, other] = both;
      const first = one ?? other;
      const times = both.flatMap((outcome) => [outcome?.blockedAt ?? null, outcome?.heldAt ?? null]);
      const acted = times.filter((at) => isWithin(this.span, at));
      if (first === undefined || acted.length === 0 || outcomeKind(one) === outcomeKind(other)) continue;
      differences.push({
        image: first.image,
        round: first.round,
        current: outcomeKind(one),
        candidate: outcomeKind(other),
        decided: one?.decided ?? other?.decided ?? null,
        at: Math.min(...acted),
      });
    }
    return differences.sort((a, b) => b.at - a.at || a.image - b.image);
  }

  private beginRound(image: number, round: number): void {
    for (const world of this.worlds) world.endRound(image, round);
    this.past.beginRound(image, round);
  }

  private decide(fact: Extract<Fact, { type: 'decision' }>): void {
    const { image, round } = fact;
    if (round > this.past.roundOf(image)) this.beginRound(image, round);
    for (const world of this.worlds) world.decide(fact);
    if (fact.action === 'keep') this.past.beginRound(image, this.past.roundOf(image) + 1);
  }

  private withdraw({ image, round, reporter }: Extract<Fact, { type: 'withdrawal' }>): void {
    const index = this.votes.find(image, round, reporter);
    if (index === NONE || this.votes.isWithdrawn[index] === 1) return;
    this.votes.isWithdrawn[index] = 1;
    if (round !== this.past.roundOf(image)) return;
    for (const world of this.worlds) world.withdraw(image, index);
  }

  private gainReason({
    image,
    round,
    reporter,
    reason,
    at,
  }: Extract<Fact, { type: 'further-reason' }>): void {
    const index = this.votes.find(image, round, reporter);
    if (index === NONE) return;
    const bits = this.votes.reasons[index] ?? 0;
    this.votes.reasons[index] = bits | reasonBits([reason]);
    if (this.votes.reasons[index] === bits || round !== this.past.roundOf(image)) return;
    this.past.gain(index, reason === SEVERE_REASON);
    this.gaining ??= { image, at, votes: [] };
    this.gaining.votes.push({ index, from: reasonsOfBits(bits) });
  }

  private isGaining(image: number, at: number): boolean {
    return this.gaining?.image === image && this.gaining.at === at;
  }

  /** Takes those that gained reasons in this moment: they are looked at once, with the votes that are cast in it. */
  private gained(): readonly ChangedVote[] {
    const votes = this.gaining?.votes ?? NOBODY;
    this.gaining = null;
    return votes;
  }

  private lookAtGained(): void {
    if (this.gaining === null) return;
    const { image, at } = this.gaining;
    const gained = this.gained();
    for (const world of this.worlds) world.cast(image, [], gained, at);
  }

  private addWords({ image, round, reporter, words, further }: Extract<Fact, { type: 'words' }>): void {
    if (further) {
      const index = this.votes.find(image, round, reporter);
      if (index !== NONE) this.votes.addWords(index, words);
      return;
    }
    const others = this.waiting.get(image);
    if (others === undefined) this.waiting.set(image, [{ round, reporter, words }]);
    else others.push({ round, reporter, words });
  }

  /** The vote is cast beside which this was written. */
  private hearWords(image: number, index: number): void {
    const waiting = this.waiting.get(image);
    if (waiting === undefined) return;
    const { round, reporter } = this.votes;
    const isOfVote = (one: Written): boolean =>
      one.round === round[index] && one.reporter === reporter[index];
    for (const { words } of waiting.filter(isOfVote)) this.votes.addWords(index, words);
    const others = waiting.filter((one) => !isOfVote(one));
    if (others.length === 0) this.waiting.delete(image);
    else this.waiting.set(image, others);
  }
}

/** Words that wait for their vote. */
interface Written {
  readonly round: number;
  readonly reporter: number;
  readonly words: number;
}

const NOBODY: readonly ChangedVote[] = [];

const SEVERE_BIT = reasonBits([SEVERE_REASON]);
const isSevere = (bits: number): boolean => (bits & SEVERE_BIT) !== 0;
