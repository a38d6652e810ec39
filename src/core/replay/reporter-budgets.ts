import { budgetOf } from '../reporter-budget.js';
import type { ThresholdRule } from '../threshold-rule.js';
import type { ReporterKind } from '../vote-facts.js';

/** How many votes of each reporter count on images that nobody has decided yet, under one rule (docs/rules.md, rule 5). */
export class ReporterBudgets {
  /** By reporter. A vote that was withdrawn keeps what it took. */
  private readonly used = new Map<number, number>();

  constructor(private readonly rule: Pick<ThresholdRule, 'reporterBudget'>) {}

  /** Is anything counted at all? */
  get hold(): boolean {
    return this.rule.reporterBudget !== null;
  }

  isSpent(reporter: number, kind: ReporterKind): boolean {
    return (this.used.get(reporter) ?? 0) >= budgetOf(this.rule, kind);
  }

  /** So many more of them, or fewer. */
  add(reporter: number, votes: 1 | -1): void {
    if (!this.hold) return;
    const left = (this.used.get(reporter) ?? 0) + votes;
    if (left > 0) this.used.set(reporter, left);
    else this.used.delete(reporter);
  }
}
