import type { ThresholdRule } from '../../../src/core/threshold-rule.js';
import type { PastVerdict } from '../../../src/core/vote-facts.js';
import { DAY, type Reporter } from '../reporter.js';

/** A vote that nobody has decided on. */
interface Undecided {
  readonly picture: number;
  readonly at: number;
  readonly counts: boolean;
}

/** For so long a vote that nobody decides on says something of its reporter: as long as it counts, with the default rule. */
const LATELY = 7 * DAY;

/** What is kept of reporters: what decisions said of them, and which of their votes nobody has decided on. */
export class Records {
  private readonly verdicts = new Map<string, PastVerdict[]>();
  private readonly undecided = new Map<string, Undecided[]>();

  verdictsOf(reporter: string): readonly PastVerdict[] {
    return this.verdicts.get(reporter) ?? [];
  }

  judge(reporter: string, verdict: PastVerdict): void {
    this.verdicts.set(reporter, [...this.verdictsOf(reporter), verdict]);
  }

  voted(reporter: string, vote: Undecided): void {
    const votes = this.undecided.get(reporter);
    if (votes === undefined) this.undecided.set(reporter, [vote]);
    else votes.push(vote);
  }

  decided(picture: number, reporters: readonly string[]): void {
    for (const id of reporters) {
      const votes = this.undecided.get(id)?.filter((vote) => vote.picture !== picture) ?? [];
      this.undecided.set(id, votes);
    }
  }

  /** May one more vote of this reporter count? */
  hasBudget({ id, kind }: Reporter, { reporterBudget }: ThresholdRule): boolean {
    if (reporterBudget === null) return true;
    const counting = this.undecided.get(id)?.filter(({ counts }) => counts) ?? [];
    return counting.length < reporterBudget[kind];
  }

  /** The other pictures that this reporter reported lately and that nobody has decided on. */
  undecidedBeside(picture: number, reporter: string, now: number): readonly string[] {
    const votes = this.undecided.get(reporter) ?? [];
    return votes
      .filter((vote) => vote.picture !== picture && vote.at > now - LATELY)
      .map((vote) => String(vote.picture));
  }
}
