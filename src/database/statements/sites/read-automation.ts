import type { ThresholdRule } from '../../../core/threshold-rule.js';
import type { Tx } from '../../tx.js';

const statement = {
  name: 'read-automation',
  // Held cases by moderation_case_held: as many as there are. Muted reporters by their primary key.
  text: `
    select r.rule, clock_timestamp() as now, b.at as "measuredAt", b.blocks_per_hour as "blocksPerHour", b.upheld,
           h.cases, h.over_an_hour as "overAnHour",
           (select count(*)::int from muted_reporter m
            where m.site_id = s.id and (m.until is null or m.until > clock_timestamp())) as muted
    from site s
    join threshold_rule r on r.site_id = s.id and r.version = s.rule_version
    left join site_baseline b on b.site_id = s.id
    cross join lateral (
      select count(*)::int as cases,
             (count(*) filter (where (c.hold ->> 'since')::float8 / 1000
                                     < extract(epoch from clock_timestamp()) - 3600))::int as over_an_hour
      from moderation_case c
      where c.site_id = s.id and c.held
    ) h
    where s.id = $1`,
};

/** What a site's rule does by itself, but for its breaker. */
export interface AutomationRow {
  readonly rule: ThresholdRule;
  readonly now: Date;
  /** Null: what is usual was not measured yet, and so the next two. */
  readonly measuredAt: Date | null;
  readonly blocksPerHour: number | null;
  readonly upheld: number | null;
  readonly cases: number;
  readonly overAnHour: number;
  readonly muted: number;
}

/** Undefined: there is no such site. */
export async function readAutomation(
  db: Pick<Tx, 'query'>,
  siteId: string,
): Promise<AutomationRow | undefined> {
  return (await db.query<AutomationRow>(statement, [siteId]))[0];
}
