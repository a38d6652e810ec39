import type pg from 'pg';
import type { Database } from '../../src/database/database.js';
import { claimBaseline, measureBaseline } from '../../src/database/statements/sites/measure-baseline.js';

/** For how long a reporter is a newcomer, and from how many upheld blocks on their votes say what is usual (rule 4). */
const AS_THE_RULES_SAY = { newcomerMinutes: 60, leastUpheld: 20 };

/**
 * Does what a worker does hourly on one site, where that is due: the service itself has none here. On that site alone, since others
 * are in play meanwhile, whose time goes on by their own commands.
 */
export async function measureUsualOf(pool: pg.Pool, database: Database, slug: string): Promise<void> {
  const { rows } = await pool.query<{ id: string }>('select id from site where slug = $1', [slug]);
  const [site] = rows;
  if (site === undefined) throw new Error(`There is no site ${slug}.`);
  await database.inIndexedTransaction(
    async (tx) => (await claimBaseline(tx, site.id)) && measureBaseline(tx, site.id, AS_THE_RULES_SAY),
  );
}
