import type { Tx } from '../../tx.js';
import { givesReason } from '../votes/gives-reason.js';
import { worksOn } from './works-on.js';

/** What may be claimed: open cases that nobody holds and that this person has not just put aside. */
const FREE = `c.status = 'open'
            and (c.lease_expires_at is null or c.lease_expires_at <= clock_timestamp())
            and not exists (select from case_skip k
                            where k.case_id = c.id and k.staff_id = $2 and k.until > clock_timestamp())
            and ($3::text is null or ${givesReason('c', '$3', false)})`;

const statement = {
  name: 'claim-case',
  // The account first: one that is being closed beside it is waited for, so that its closing frees what was claimed, or finds
  // nothing. Then the best case of each site, unlocked; then site by site in that order, until one can be locked: each time the
  // membership first, for the same reason. So exactly one case is ever locked, and two who claim at once never wait for each
  // other. Each step walks moderation_case_queue from its head: past the leased cases, which are as many as there are
  // moderators at work.
  text: `
    with holder as materialized (
      select admin from staff where id = $2 and disabled_at is null for share
    ),
    head as materialized (
      select w.site_id, q.priority, q.opened_at, q.id
      from holder
      cross join unnest(coalesce($1::bigint[], array(select id from site))) as w (site_id)
      cross join lateral (
        select c.priority, c.opened_at, c.id
        from moderation_case c
        where c.site_id = w.site_id and ${FREE}
        order by c.priority desc, c.opened_at, c.id
        limit 1
      ) q
    ),
    next as materialized (
      select q.site_id, q.id
      from (select site_id from head order by priority desc, opened_at, id) h
      cross join lateral (
        select c.site_id, c.id
        from moderation_case c
        where c.site_id = h.site_id and ${FREE}
        order by c.priority desc, c.opened_at, c.id
        limit 1
        for update of c skip locked
      ) q
      where ${worksOn('(select admin from holder)', '$2', 'h.site_id')}
      limit 1
    )
    update moderation_case c
    set lease_holder = $2, lease_token = $4,
        lease_expires_at = clock_timestamp() + make_interval(secs => $5)
    from next
    where c.site_id = next.site_id and c.id = next.id
    returning c.id`,
};

/** The statement itself, for the test that looks at its plan. */
export const claimStatement = statement;

/**
 * Leases the next open case by priority, the oldest of equal ones; undefined when there is none.
 *
 * @param tx an indexed transaction
 * @param claim.siteIds null: all sites; claim.tokenHash SHA-256 of the lease's token; claim.seconds how long it lasts
 */
export async function claimCase(
  tx: Tx,
  claim: {
    readonly siteIds: readonly string[] | null;
    readonly staffId: string;
    readonly reason: string | null;
    readonly tokenHash: Buffer;
    readonly seconds: number;
  },
): Promise<string | undefined> {
  const { siteIds, staffId, reason, tokenHash, seconds } = claim;
  const [row] = await tx.query<{ id: string }>(statement, [siteIds, staffId, reason, tokenHash, seconds]);
  return row?.id;
}
