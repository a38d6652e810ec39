import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What decisions said of reporters before anybody kept it (docs/rules.md, rules 2 and 8). Reads the votes of each image that
 * people decided, one decision after the other; writes to no table that others use.
 */
export class Records20261126150000 implements MigrationInterface {
  name = 'Records20261126150000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      do $$
      declare d record;
      begin
        for d in
          select x.site_id, x.id, x.image_id, x.round, x.at, x.reports = 'valid' as valid,
                 coalesce(c.round, x.round) as first_round, b.crossed_round, b.crossed_at
          from decision x
          left join moderation_case c on c.id = x.case_id and c.site_id = x.site_id
          left join lateral (
            select (r ->> 'ref')::int as crossed_round, to_timestamp((r ->> 'since')::float8 / 1000) as crossed_at
            from jsonb_array_elements(x.delta -> 'removed') as r
            where r ->> 'source' = 'threshold'
            order by crossed_round desc
            limit 1
          ) b on true
          where x.undone_at is null and x.reports <> 'ignore' and x.action <> 'escalate'
          order by x.id
        loop
          insert into reporter_verdict (site_id, reporter, decision_id, valid, at)
          select d.site_id, coalesce(l.account, v.reporter) as person, d.id, d.valid, d.at
          from vote v
          left join device_account l on l.site_id = v.site_id and l.device = v.reporter
          where v.site_id = d.site_id and v.image_id = d.image_id and v.round between d.first_round and d.round
            and v.left_out is null
            and case when v.round = d.crossed_round
                     then v.at <= d.crossed_at and (v.withdrawn_at is null or v.withdrawn_at > d.crossed_at)
                     else v.at <= d.at and (v.withdrawn_at is null or v.withdrawn_at > d.at) end
            and not exists (select from decision e
                            join reporter_verdict r on r.site_id = e.site_id and r.decision_id = e.id
                            where e.site_id = d.site_id and e.image_id = d.image_id and e.round >= v.round
                              and e.id <> d.id and r.reporter = coalesce(l.account, v.reporter))
          group by person
          on conflict do nothing;
        end loop;
      end
      $$`);
  }

  /** The table goes with the migration that made it. */
  async down(): Promise<void> {
    // Whoever takes back this one alone keeps what was said.
  }
}
