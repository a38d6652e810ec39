import type { Tx } from '../../tx.js';

const statement = {
  name: 'purge-jobs',
  // By job_finished, oldest first.
  text: `
    with old as materialized (
      select id
      from job
      where outcome = 'done' and finished_at <= statement_timestamp() - make_interval(hours => $1)
      order by outcome, finished_at, id
      limit $2
      for update skip locked
    )
    delete from job j using old where j.id = old.id
    returning j.id`,
};

/** Removes up to `limit` jobs that have been done for so many hours. How many went. */
export const purgeJobs = async (db: Pick<Tx, 'query'>, hours: number, limit: number): Promise<number> =>
  (await db.query(statement, [hours, limit])).length;
