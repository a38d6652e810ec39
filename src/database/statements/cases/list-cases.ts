import type { Statement } from '../../statement.js';
import type { Tx } from '../../tx.js';
import { reviewedCases, type ReviewedCaseRow } from './case-row.js';
import { givesReason } from '../votes/gives-reason.js';

export type CaseListStatus = 'open' | 'held' | 'escalated' | 'closed';
export type CaseListOrder = 'priority' | 'oldest' | 'newest';

/** The last case of the page before. */
export interface CasePlace {
  readonly priority: number;
  readonly openedAt: string;
  readonly id: string;
}

const ORDERS: Record<CaseListOrder, { by: string; after: string }> = {
  // Mixed directions can not be compared as one row: the first condition keeps it an index walk.
  priority: {
    by: 'priority desc, opened_at, id',
    after: 'c.priority <= $6 and (c.priority < $6 or (c.opened_at, c.id) > ($4::timestamptz, $5::bigint))',
  },
  oldest: { by: 'opened_at, id', after: '(c.opened_at, c.id) > ($4::timestamptz, $5::bigint)' },
  newest: { by: 'opened_at desc, id desc', after: '(c.opened_at, c.id) < ($4::timestamptz, $5::bigint)' },
};

/**
 * A statement for each order: an index can only be walked in an order that is known when the plan is made. One walk
 * for each site, since the indexes lead with the site; their heads are merged.
 */
function statementOf(status: CaseListStatus, order: CaseListOrder, next: boolean): Statement {
  const { by, after } = ORDERS[order];
  const stored = status === 'held' ? 'open' : status;
  return {
    name: `list-cases-${status}-${order}${next ? '-next' : ''}`,
    text: reviewedCases(`
      select q.site_id, q.id, row_number() over (order by ${by}) as n
      from unnest(coalesce($1::bigint[], array(select id from site))) as w (site_id)
      cross join lateral (
        select c.site_id, c.id, c.priority, c.opened_at
        from moderation_case c
        where c.site_id = w.site_id and c.status = '${stored}' ${status === 'held' ? 'and c.held' : ''}
          and ($2::text is null or ${givesReason('c', '$2', stored === 'closed')})
          ${next ? `and ${after}` : ''}
        order by ${by}
        limit $3
      ) q
      order by n
      limit $3`),
  };
}

/** The statement itself, for the test that looks at its plan. */
export const listStatement = statementOf;

/**
 * A page of cases.
 *
 * @param siteIds null: all sites
 */
export const listCases = (
  db: Pick<Tx, 'query'>,
  list: {
    readonly siteIds: readonly string[] | null;
    readonly status: CaseListStatus;
    readonly order: CaseListOrder;
    readonly reason: string | null;
    readonly after: CasePlace | null;
    readonly limit: number;
  },
): Promise<ReviewedCaseRow[]> => {
  const { siteIds, status, order, reason, after, limit } = list;
  return db.query(statementOf(status, order, after !== null), [
    siteIds,
    reason,
    limit,
    ...(after === null ? [] : [after.openedAt, after.id]),
    ...(after !== null && order === 'priority' ? [after.priority] : []),
  ]);
};
