import { budgetOf } from '../core/reporter-budget.js';
import type { VersionedRule } from '../core/threshold-rule.js';
import { loadVotes } from '../database/statements/votes/cast-votes.js';
import type { Tx } from '../database/tx.js';
import { type Ballot, ballotKey } from './ballots.js';
import { personKey, type ReporterRecords } from './reporter-records.js';

/** How many more votes of each reporter count on images that nobody has decided yet (docs/rules.md, rule 5). */
export class ReporterBudgets {
  private readonly taken = new Map<string, number>();

  constructor(
    private readonly records: ReporterRecords,
    private readonly rules: ReadonlyMap<string, VersionedRule>,
  ) {}

  /** How many more; without end where the rule has no such budget. */
  left({ vote: { siteId, reporter, reporterKind } }: Ballot): number {
    const rule = this.rules.get(siteId)?.rule;
    if (rule === undefined) return Infinity;
    return (
      budgetOf(rule, reporterKind) -
      this.records.of(siteId, reporter).used -
      (this.taken.get(personKey(siteId, reporter)) ?? 0)
    );
  }

  /** A vote of this reporter counts. */
  take({ vote: { siteId, reporter } }: Ballot): void {
    const key = personKey(siteId, reporter);
    this.taken.set(key, (this.taken.get(key) ?? 0) + 1);
  }
}

/**
 * Which of the ballots stand already, by `ballotKey`, as far as that matters: where a reporter gives more than may count,
 * a vote that is there takes nothing from those that are new. Nearly always there is no such reporter, and nothing is asked.
 */
export async function standingOfContested(
  tx: Tx,
  ballots: readonly Ballot[],
  budgets: ReporterBudgets,
  isMade: (imageId: string) => boolean,
): Promise<ReadonlySet<string>> {
  const byPerson = new Map<string, Ballot[]>();
  for (const ballot of ballots) {
    const key = personKey(ballot.vote.siteId, ballot.vote.reporter);
    const others = byPerson.get(key);
    if (others === undefined) byPerson.set(key, [ballot]);
    else others.push(ballot);
  }
  const contested = [...byPerson.values()].filter(([first, ...others]) => {
    const left = first === undefined ? 0 : budgets.left(first);
    return left > 0 && left <= others.length;
  });
  const keys = contested.flat().flatMap(({ vote }) => (isMade(vote.imageId) ? [] : vote));
  const standing = keys.length === 0 ? [] : await loadVotes(tx, keys);
  return new Set(standing.map(({ imageId, reporter }) => ballotKey(imageId, reporter)));
}
