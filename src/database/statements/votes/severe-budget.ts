import type { Tx } from '../../tx.js';
import { siteLock } from '../sites/site-lock.js';

// One batch at a time per site looks at the budget and spends it. After the images, before the log's lock.
const lock = siteLock('lock-severe-budget', 'severe-budget');

const spent = {
  name: 'load-severe-spent',
  text: `
    select w.site_id as "siteId", w.reporter
    from unnest($1::bigint[], $2::bytea[]) as w (site_id, reporter)
    where exists (select from vote v
                  where v.site_id = w.site_id and v.reporter = w.reporter
                    and v.severe_at > statement_timestamp() - interval '7 days')`,
};

/** Exported for the proof of its plan. */
export const severeNetworksStatement = {
  name: 'load-severe-networks',
  text: `
    select w.site_id as "siteId", w.network
    from unnest($1::bigint[], $2::bytea[]) as w (site_id, network)
    where exists (select from vote v
                  where v.site_id = w.site_id and v.network = w.network
                    and v.severe_at is not null and v.severe_at > statement_timestamp() - interval '1 day')
       or exists (select from vote v
                  where v.site_id = w.site_id and v.minted_network = w.network
                    and v.severe_at is not null and v.severe_at > statement_timestamp() - interval '1 day')`,
};

const unreviewed = {
  name: 'count-severe-unreviewed',
  text: `
    select b.site_id as "siteId", count(*)::int as blocks
    from unnest($1::bigint[]) as s (id)
    join block b on b.site_id = s.id and b.source = 'threshold' and b.reason = 'child_abuse'
                and b.since > statement_timestamp() - interval '1 hour'
                and b.evidence ->> 'crossedBy' = 'severe' and (b.evidence ->> 'needed')::int = 1
    group by b.site_id`,
};

/** Serializes all that spend a site's severe budget, until the transaction ends. */
export const lockSevereBudget = (tx: Tx, siteIds: readonly string[]): Promise<unknown[]> =>
  tx.query(lock, [siteIds]);

/** Reporters who blocked alone within the last seven days. */
export const loadSevereSpent = (
  tx: Tx,
  siteIds: readonly string[],
  reporters: readonly Buffer[],
): Promise<{ siteId: string; reporter: Buffer }[]> => tx.query(spent, [siteIds, reporters]);

/** Networks from which, or from a device minted in which, a vote blocked alone within the last day. */
export const loadSevereNetworks = (
  tx: Tx,
  siteIds: readonly string[],
  networks: readonly Buffer[],
): Promise<{ siteId: string; network: Buffer }[]> => tx.query(severeNetworksStatement, [siteIds, networks]);

/** Blocks by a single severe vote within the last hour that nobody has reviewed: a review would have replaced them. */
export const countSevereUnreviewed = (
  tx: Tx,
  siteIds: readonly string[],
): Promise<{ siteId: string; blocks: number }[]> => tx.query(unreviewed, [siteIds]);
