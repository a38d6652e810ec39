import type { LeftOutCause } from '../left-out.js';
import { admitVotes, capsAreLifted, type CappedVote } from '../network-caps.js';
import type { ThresholdRule } from '../threshold-rule.js';
import type { Past } from './past.js';
import { NONE, reasonsOfBits, REPORTER_KINDS } from './past-votes.js';
import { ReporterBudgets } from './reporter-budgets.js';
import { type CountedPlaces, MANY, networkName, noPlaces, placesOf, takePlaces } from './taken-places.js';

/** Why a vote does not count under a rule, as a number; 0: it counts. */
const CAUSES = [
  null,
  'muted',
  'budget',
  'network',
  'wide-network',
] as const satisfies readonly (LeftOutCause | null)[];

/** Which votes one rule lets count. */
export class Admission {
  private readonly leftOut: Uint8Array;
  /** By image: votes of its round that stand and count. */
  private readonly counted: number[] = [];
  /** By image with many votes in its round. */
  private readonly places = new Map<number, CountedPlaces>();
  private readonly budgets: ReporterBudgets;

  constructor(
    private readonly past: Past,
    private readonly rule: ThresholdRule,
  ) {
    this.leftOut = new Uint8Array(past.votes.capacity);
    this.budgets = new ReporterBudgets(rule);
  }

  /** Does the vote count, unless it was withdrawn? */
  isCounted(index: number): boolean {
    return this.leftOut[index] === 0;
  }

  causeOf(index: number): LeftOutCause | null {
    return CAUSES[this.leftOut[index] ?? 0] ?? null;
  }

  countedOn(image: number): number {
    return this.counted[image] ?? 0;
  }

  beginRound(image: number): void {
    this.counted[image] = 0;
    this.places.delete(image);
  }

  withdraw(image: number, index: number): void {
    if (this.isCounted(index)) this.counted[image] = this.countedOn(image) - 1;
  }

  /** The image was decided, or is open again: votes of its round take nothing of their reporters' budgets, or do again. */
  openRound(image: number, isOpen: boolean): void {
    if (!this.budgets.hold) return;
    for (let index = this.past.latestIn(image); index !== NONE; index = this.past.beforeIn(index)) {
      if (this.isCounted(index)) this.budgets.add(this.reporterOf(index), isOpen ? 1 : -1);
    }
  }

  /**
   * Says of votes that are cast together on one image which of them count, as the neck does: not of a muted reporter, not beyond
   * their budget, not beyond what may count of its networks.
   *
   * @param isOpen nobody has decided it yet
   */
  admit(image: number, indexes: readonly number[], isOpen: boolean): void {
    const heard = indexes.filter((index) => this.isHeard(index));
    if (heard.length > 0 && !capsAreLifted(this.rule)) this.admitCapped(image, heard);
    const places = this.places.get(image);
    for (const index of heard) {
      if (!this.isCounted(index)) continue;
      this.counted[image] = this.countedOn(image) + 1;
      if (places !== undefined) this.take(places, index);
      if (isOpen) this.budgets.add(this.reporterOf(index), 1);
    }
  }

  /** Is the reporter neither muted nor beyond their budget? */
  private isHeard(index: number): boolean {
    const isSilent = this.past.votes.isSilent[index] === 1;
    if (!isSilent && !this.isSpent(index)) return true;
    this.leaveOut(index, isSilent ? 'muted' : 'budget');
    return false;
  }

  private isSpent(index: number): boolean {
    const kind = REPORTER_KINDS[this.past.votes.kind[index] ?? 0] ?? 'device';
    return this.budgets.isSpent(this.reporterOf(index), kind);
  }

  private reporterOf(index: number): number {
    return this.past.votes.reporter[index] ?? NONE;
  }

  private admitCapped(image: number, heard: readonly number[]): void {
    const capped = heard.filter((index) => this.past.votes.narrow[index] !== NONE);
    if (capped.length === 0 || (capped.length === 1 && this.isAlone(image, capped[0] ?? NONE))) return;
    const { narrow, wide, minted, reasons } = this.past.votes;
    const places = this.placesOn(image, capped);
    const narrows = capped.flatMap((index) => [narrow[index] ?? NONE, minted[index] ?? NONE]);
    const taken = placesOf(
      places,
      narrows,
      capped.map((index) => wide[index] ?? NONE),
    );
    const votes = capped.map((index): CappedVote => ({
      narrow: networkName(narrow[index] ?? NONE),
      wide: networkName(wide[index] ?? NONE),
      minted: minted[index] === NONE ? null : networkName(minted[index] ?? NONE),
      reasons: reasonsOfBits(reasons[index] ?? 0),
    }));
    admitVotes(votes, taken, this.rule).forEach((cause, n) => {
      if (cause !== null) this.leaveOut(capped[n] ?? NONE, cause);
    });
  }

  /** Does nobody else's vote share a network with this one? Then there is a place for it under any rule. */
  private isAlone(image: number, fresh: number): boolean {
    if (this.places.has(image)) return false;
    const { narrow, minted, wide } = this.past.votes;
    const [own, ownMinted, ownWide] = [narrow[fresh] ?? NONE, minted[fresh] ?? NONE, wide[fresh] ?? NONE];
    let votes = 0;
    for (let index = this.past.latestIn(image); index !== NONE; index = this.past.beforeIn(index)) {
      votes += 1;
      if (votes > MANY) return false;
      if (index === fresh || narrow[index] === NONE) continue;
      if (wide[index] === ownWide || narrow[index] === own || minted[index] === own) return false;
      if (ownMinted !== NONE && (narrow[index] === ownMinted || minted[index] === ownMinted)) return false;
    }
    return true;
  }

  /** The places that are taken without the new votes. */
  private placesOn(image: number, fresh: readonly number[]): CountedPlaces {
    const known = this.places.get(image);
    if (known !== undefined) return known;
    const places = noPlaces();
    let votes = 0;
    for (let index = this.past.latestIn(image); index !== NONE; index = this.past.beforeIn(index)) {
      votes += 1;
      if (!fresh.includes(index) && this.isCounted(index)) this.take(places, index);
    }
    if (votes > MANY) this.places.set(image, places);
    return places;
  }

  private take(places: CountedPlaces, index: number): void {
    const { narrow, minted, wide } = this.past.votes;
    takePlaces(places, narrow[index] ?? NONE, minted[index] ?? NONE, wide[index] ?? NONE);
  }

  private leaveOut(index: number, cause: (typeof CAUSES)[number]): void {
    this.leftOut[index] = CAUSES.indexOf(cause);
  }
}
