import type { SiteBaseline } from '../../../core/hold-finding.js';
import type { VersionedRule } from '../../../core/threshold-rule.js';
import type { Tx } from '../../tx.js';

const statement = {
  name: 'load-rules',
  // After the images are locked: a statement of its own, since one that waited for a lock sees other tables as they
  // were before the wait. The same for the clock.
  text: `
    select s.id as "siteId", r.version, r.rule, clock_timestamp() as now,
           case when b.site_id is not null
                then jsonb_build_object('blocksPerHour', b.blocks_per_hour, 'upheld', b.upheld,
                                        'spanSeconds', b.span_seconds, 'newcomerShare', b.newcomer_share)
           end as baseline
    from unnest($1::bigint[]) as w (id)
    join site s on s.id = w.id
    join threshold_rule r on r.site_id = s.id and r.version = s.rule_version
    left join site_baseline b on b.site_id = s.id`,
};

/** The sites' rules as they stand, what is usual there, and the database's time. */
export const loadRules = (
  tx: Tx,
  siteIds: readonly string[],
): Promise<(VersionedRule & { siteId: string; baseline: SiteBaseline | null; now: Date })[]> =>
  tx.query(statement, [siteIds]);
