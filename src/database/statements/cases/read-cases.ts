import type { Tx } from '../../tx.js';
import { reviewedCases, type ReviewedCaseRow } from './case-row.js';

/** Exported for the proof of its plan. */
export const readCasesStatement = {
  name: 'read-cases',
  // By id alone, which leads the primary key: whose site it is, is for the caller to look at.
  text: reviewedCases(`
      select c.site_id, c.id, w.n
      from unnest($1::bigint[]) with ordinality as w (id, n)
      join moderation_case c on c.id = w.id`),
};

/** Cases by their ids, in that order; unknown ones are left out. */
export const readCases = (db: Pick<Tx, 'query'>, ids: readonly string[]): Promise<ReviewedCaseRow[]> =>
  db.query(readCasesStatement, [ids]);
