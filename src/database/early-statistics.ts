import { analyzeSmallTables } from './statements/server/analyze-tables.js';
import type { Tx } from './tx.js';

/** After so many commands of this process the planner is told of the tables' sizes. */
const MILESTONES = [300, 3_000, 30_000];

/**
 * Statistics for a database that was new a moment ago. Of an empty table the planner thinks that all its indexes cost
 * the same, and may look for one image's case by reading all cases of the site; autovacuum puts that right after a
 * minute or more. Measured at 8,000 reports on a new database: Postgres used 1,100 microseconds a report before, and
 * 200 with statistics. The first milestone is so low that until then a wrong index costs little.
 */
export class EarlyStatistics {
  private commands = 0;
  private passed = 0;

  constructor(private readonly database: Pick<Tx, 'query'>) {}

  /** Counts what was committed. Nobody waits for the statistics, and without them everything works, only slower. */
  count(commands: number): void {
    this.commands += commands;
    if (this.commands < (MILESTONES[this.passed] ?? Infinity)) return;
    this.passed += 1;
    analyzeSmallTables(this.database).catch(() => undefined);
  }
}
