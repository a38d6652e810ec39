import type pg from 'pg';
import { CASE_OVERDUE } from '../../src/moderation/stage-overdue.js';

/** What says when something is to be done, or was done for good, is not the site's past. */
const LEFT_ALONE = new Set([
  'site',
  'api_key',
  'membership',
  'threshold_rule',
  'job',
  // By network and hour, so that two hours may meet: a quota of another door, and of no rule here.
  'minted_devices',
  'event',
  'account_event',
]);

let statement: Promise<string> | undefined;

/**
 * Lets hours pass on one site: every time that its rows hold is moved into the past, which is what a database's clock
 * that went on would make of them, and when a rule's block will be overdue. A decision holds what its undo brings back, with
 * times, and bytes what they left; a hold says since when. The log, which refuses changes, says how much the rule blocked within the hour, and since when
 * what began, or gave way, stands. Priorities hold the hour in which a case opened, four points each (docs/priority.md).
 */
export async function agePast(pool: pg.Pool, slug: string, hours: number): Promise<void> {
  statement ??= agingStatement(pool);
  const site = `(select id from site where slug = '${slug}')`;
  const text = (await statement).replaceAll('$site', site).replaceAll('$hours', `interval '${hours} hours'`);
  const earlier = (ms: string): string => `to_jsonb((${ms})::bigint - ${hours * 3_600_000})`;
  const blocks = (list: string): string =>
    `coalesce((select jsonb_agg(jsonb_set(b, '{since}', ${earlier("b->>'since'")}) order by n)
               from jsonb_array_elements(${list}) with ordinality as all_of (b, n)), '[]')`;
  await pool.query(
    `begin; ${text};
     update moderation_case set priority = priority + ${4 * hours} where site_id = ${site};
     update decision set delta = delta || jsonb_build_object('removed', ${blocks("delta->'removed'")}, 'added', ${blocks("delta->'added'")},
                                                             'keptAt', ${earlier("delta->>'keptAt'")})
     where site_id = ${site};
     update moderation_case set hold = jsonb_set(hold, '{since}', ${earlier("hold->>'since'")})
     where site_id = ${site} and hold is not null;
     update content_version set blocks = ${blocks('blocks')} where site_id = ${site};
     set local session_replication_role = replica;
     update event set at = at - interval '${hours} hours',
                      data = case when data ? 'lifted' then jsonb_set(data, '{lifted}', ${blocks("data->'lifted'")})
                                  when data ? 'since' then jsonb_set(data, '{since}', ${earlier("data->>'since'")})
                                  else data end
     where site_id = ${site};
     set local session_replication_role = origin;
     update job set run_at = run_at - interval '${hours} hours',
                    payload = jsonb_set(payload, '{since}', to_jsonb((payload->>'since')::bigint - ${hours * 3_600_000}))
     where kind = '${CASE_OVERDUE}' and payload->>'site' = (select id::text from site where slug = '${slug}');
     commit`,
  );
}

async function agingStatement(pool: pg.Pool): Promise<string> {
  const { rows } = await pool.query<{ table: string; columns: string[] }>(`
    select c.table_name as table, array_agg(c.column_name::text) as columns
    from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and c.data_type = 'timestamp with time zone' and t.table_type = 'BASE TABLE'
      and exists (select from information_schema.columns s
                  where s.table_schema = 'public' and s.table_name = c.table_name and s.column_name = 'site_id')
    group by c.table_name order by c.table_name`);
  return rows
    .filter(({ table }) => !LEFT_ALONE.has(table))
    .map(
      ({ table, columns }) =>
        `update ${table} set ${columns.map((name) => `${name} = ${name} - $hours`).join(', ')} where site_id = $site`,
    )
    .join('; ');
}
