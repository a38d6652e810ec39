import { NEWCOMER_MINUTES } from '../core/hold-signals.js';
import type { Database } from '../database/database.js';
import { Regularly } from '../database/regularly.js';
import {
  claimBaseline,
  findDueBaselines,
  measureBaseline,
} from '../database/statements/sites/measure-baseline.js';

/** Looks that often which sites are due, in milliseconds: each is once an hour. */
const EVERY_MILLISECONDS = 60_000;
/** Sites that are found at once. */
const AT_ONCE = 100;
/** From so many upheld blocks on the votes behind them say what is usual on a site. */
const LEAST_UPHELD = 20;

/**
 * Measures hourly what is usual on each site (docs/rules.md, rules 4 and 5). Any number of processes may do so: a site is
 * measured by whoever claims it, the others leave it.
 */
export class MeasureBaselines extends Regularly {
  constructor(private readonly database: Database) {
    super(
      'Baselines',
      'What is usual on a site could not be measured; trying again later.',
      EVERY_MILLISECONDS,
    );
  }

  /** Measures all sites that are due; how many that were. */
  async once(): Promise<number> {
    let measured = 0;
    for (;;) {
      const due = await findDueBaselines(this.database, AT_ONCE);
      const before = measured;
      for (const siteId of due) {
        if (this.stopped) return measured;
        if (await this.measure(siteId)) measured += 1;
      }
      // A page of sites that others are at is theirs.
      if (due.length < AT_ONCE || measured === before) return measured;
    }
  }

  private measure(siteId: string): Promise<boolean> {
    return this.database.inIndexedTransaction(
      async (tx) =>
        (await claimBaseline(tx, siteId)) &&
        measureBaseline(tx, siteId, { newcomerMinutes: NEWCOMER_MINUTES, leastUpheld: LEAST_UPHELD }),
    );
  }
}
