import type pg from 'pg';
import type { Neck } from '../../src/moderation/neck.js';
import { CASE_OVERDUE, type OverdueJob } from '../../src/moderation/stage-overdue.js';
import { TellOverdue } from '../../src/moderation/tell-overdue.js';

/**
 * Does what a worker does for what became overdue on a site: the service itself has none here, or other work would be
 * done when nobody asked. Of two looks at one block that are due by now, a worker had met the first while the second was
 * yet to come, and passed over it.
 */
export async function tellOverdue(pool: pg.Pool, neck: Neck, slug: string): Promise<void> {
  const { rows } = await pool.query<{ payload: OverdueJob; last: boolean }>(
    `with due as (delete from job
                  where kind = $1 and run_at <= clock_timestamp()
                    and payload->>'site' = (select id::text from site where slug = $2)
                  returning id, run_at, payload)
     select payload, run_at = max(run_at) over (partition by payload->>'image', payload->>'cause', payload->>'since') as last
     from due order by run_at, id`,
    [CASE_OVERDUE, slug],
  );
  const tell = new TellOverdue(neck);
  for (const { payload } of rows.filter(({ last }) => last)) await tell.run(payload);
}
