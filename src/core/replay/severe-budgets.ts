import { SEVERE_BUDGET } from '../severe-budget.js';

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

  /** Has this reporter, and has each of these networks, something left? */
  mayBlockAlone(reporter: number, networks: readonly number[], now: number): boolean {
    const spent = (at: number | undefined, milliseconds: number): boolean =>
      at !== undefined && at > now - milliseconds;
    return (
      !spent(this.byReporter.get(reporter), SEVERE_BUDGET.reporterMilliseconds) &&
      !networks.some((network) => spent(this.byNetwork.get(network), SEVERE_BUDGET.networkMilliseconds))
    );
  }

  leftForSite(now: number): number {
    this.singles = this.singles.filter(({ at }) => at > now - SEVERE_BUDGET.siteMilliseconds);
    const unreviewed = this.singles.filter((single) => single.stands()).length;
    return Math.max(0, SEVERE_BUDGET.unreviewedOfSite - unreviewed);
  }

  spend(reporter: number, networks: readonly number[], single: Single): void {
    this.byReporter.set(reporter, single.at);
    for (const network of networks) this.byNetwork.set(network, single.at);
    this.singles = [...this.singles, single];
  }
}
