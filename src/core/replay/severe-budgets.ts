import { networksMatter } from '../network-caps.js';
import { SEVERE_REASON } from '../reasons.js';
import { SEVERE_BUDGET } from '../severe-budget.js';
import type { ThresholdRule } from '../threshold-rule.js';
import { NONE, type PastVotes, reasonsOfBits } from './past-votes.js';

/** A block by a single severe vote. */
interface Single {
  readonly at: number;
  /** Whether nobody has looked at it yet. */
  stands(): boolean;
}

/** What was spent of the severe reason's budgets under one rule (docs/rules.md, rule 6). */
export class SevereBudgets {
  private readonly byReporter = new Map<number, number>();
  private readonly byNetwork = new Map<number, number>();
  private singles: readonly Single[] = [];

  constructor(
    private readonly votes: PastVotes,
    private readonly rule: ThresholdRule,
  ) {}

  /** Does the vote at this index give the severe reason, and has its reporter, and each of its networks, something left? */
  mayBlockAlone(index: number, now: number): boolean {
    if (!reasonsOfBits(this.votes.reasons[index] ?? 0).includes(SEVERE_REASON)) return false;
    const spent = (at: number | undefined, milliseconds: number): boolean =>
      at !== undefined && at > now - milliseconds;
    return (
      !spent(this.byReporter.get(this.reporterOf(index)), SEVERE_BUDGET.reporterMilliseconds) &&
      !this.networksOf(index).some((network) =>
        spent(this.byNetwork.get(network), SEVERE_BUDGET.networkMilliseconds),
      )
    );
  }

  leftForSite(now: number): number {
    this.singles = this.singles.filter(({ at }) => at > now - SEVERE_BUDGET.siteMilliseconds);
    const unreviewed = this.singles.filter((single) => single.stands()).length;
    return Math.max(0, SEVERE_BUDGET.unreviewedOfSite - unreviewed);
  }

  /** The vote at this index blocked alone. */
  spend(index: number, single: Single): void {
    this.byReporter.set(this.reporterOf(index), single.at);
    for (const network of this.networksOf(index)) this.byNetwork.set(network, single.at);
    this.singles = [...this.singles, single];
  }

  private reporterOf(index: number): number {
    return this.votes.reporter[index] ?? NONE;
  }

  /** The narrow networks whose budget a vote needs. */
  private networksOf(index: number): number[] {
    if (!networksMatter(this.rule)) return [];
    const { narrow, minted } = this.votes;
    return [narrow[index] ?? NONE, minted[index] ?? NONE].filter((network) => network !== NONE);
  }
}
