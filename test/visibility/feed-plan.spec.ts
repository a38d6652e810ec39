import { listBlockedStatement } from '../../src/database/statements/images/list-blocked-images.js';
import { siteChangesStatement } from '../../src/database/statements/log/read-visibility-events.js';
import { type Plan, PlanDesk } from '../setup/plans.js';

jest.setTimeout(120_000);

let desk: PlanDesk;

beforeAll(async () => {
  desk = await PlanDesk.open();
});
afterAll(() => desk.close());

/** 20 sites; every tenth event changes what is seen, and every tenth image is blocked. */
const fill = () =>
  desk.dataSource.query(`
    insert into site (slug, name, origins, image_hosts, locale, time_zone, reasons)
    select 'site-' || n, 'x', '{}', '{}', 'fr', 'Africa/Casablanca', '{violence}' from generate_series(1, 20) n;
    insert into image (site_id, key_kind, key, key_hash, blocked, shown_reason, since, version)
    select 1 + n % 20, 'id', n::text, decode(md5(n::text), 'hex'), n % 10 = 0,
           case when n % 10 = 0 then 'spam' end, case when n % 10 = 0 then now() end, 1
    from generate_series(1, 40000) n;
    insert into event (site_id, image_id, type, actor_kind, visibility)
    select site_id, id, 'test', 'rule', case when id % 10 < 2 then '{"blocked": false, "version": 1}'::jsonb end
    from image order by id`);

/** What a prepared statement does. */
const walk = (name: string, values: string): Promise<Plan[]> => desk.steps(`execute ${name} (${values})`);

/** A page is as many steps of its index as it has rows, whatever else is in the tables. */
function expectWalk(nodes: readonly Plan[], index: string, rows: number): void {
  const steps = nodes.filter((node) => node['Index Name'] === index);
  expect(nodes.flatMap((node) => node['Index Name'] ?? [])).toContain(index);
  expect(steps).toHaveLength(1);
  expect(steps[0]?.['Actual Rows']).toBe(rows);
  expect(steps[0]?.['Rows Removed by Filter'] ?? 0).toBe(0);
  // The addresses of each image are sorted; the page is not.
  const sorted = nodes.flatMap((node) => node['Sort Key'] ?? []);
  expect(sorted.filter((key) => key !== 'a.url')).toEqual([]);
  expect(nodes.filter((node) => ['Seq Scan', 'Hash Join'].includes(node['Node Type']))).toEqual([]);
}

it('reads a page of changes and of the block list by index, whenever the plan was made', async () => {
  await desk.dataSource.query(
    `prepare changes (bigint, bigint, bigint, int) as ${siteChangesStatement.text}`,
  );
  await desk.dataSource.query(`prepare blocked (bigint, bigint, int) as ${listBlockedStatement.text}`);
  expectWalk(await walk('changes', '1, 0, 40000, 100'), 'event_feed', 0);
  await fill();
  for (const analyzed of [false, true]) {
    if (analyzed) await desk.dataSource.query('analyze');
    expectWalk(await walk('changes', '1, 10000, 40000, 100'), 'event_feed', 100);
    expectWalk(await walk('blocked', '1, 10000, 100'), 'image_blocked', 100);
  }
});
