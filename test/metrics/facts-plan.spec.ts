import { operationFactsStatement } from '../../src/database/statements/server/read-operation-facts.js';
import { type Plan, PlanDesk } from '../setup/plans.js';

const CASES = 100_000;
const JOBS = 100_000;

let desk: PlanDesk;

beforeAll(async () => {
  desk = await PlanDesk.open();
});
afterAll(() => desk.close());

/** Thirty sites, of which one has nearly everything: cases, events, jobs in lanes, and messages to an endpoint. */
async function fill(): Promise<void> {
  await desk.dataSource.query(`
    insert into site (slug, name, origins, image_hosts, locale, time_zone, reasons)
    select 'site-' || n, 'n', '{}', '{}', 'fr', 'UTC', '{spam}' from generate_series(1, 30) n`);
  await desk.dataSource.query(`
    insert into image (site_id, key_kind, key, key_hash, url)
    select 1, 'url', 'https://x/' || n, substring(sha256(n::text::bytea) for 16), 'https://x/' || n from generate_series(1, ${CASES}) n`);
  await desk.dataSource.query(`
    insert into moderation_case (site_id, image_id, round, status, severe, priority, opened_at, outcome, closed_at)
    select 1, id, 1, case when id % 3 = 0 then 'closed' else 'open' end, false,
           case when id % 10 = 0 then 15000000 else 5000000 end, clock_timestamp() - id * interval '1 second',
           case when id % 3 = 0 then 'keep' end, case when id % 3 = 0 then clock_timestamp() end
    from image`);
  await desk.dataSource.query(`
    insert into event (site_id, type, actor_kind, data, at)
    select 1, case when n % 2 = 0 then 'image.blocked' else 'case.opened' end, 'rule', '{"source": "threshold"}',
           clock_timestamp() - (200000 - n) * interval '1 minute'
    from generate_series(1, 200000) n`);
  await desk.dataSource.query(`
    insert into job (kind, lane, payload, run_at)
    select 'kind ' || n % 4, 'lane ' || n % 200, '1'::jsonb, clock_timestamp() - n * interval '1 ms'
    from generate_series(1, ${JOBS}) n`);
  await desk.dataSource.query(`
    insert into webhook_endpoint (site_id, url, events, secret, after_seq) values (1, 'https://x/', '{*}', 's', 0)`);
  await desk.dataSource.query(`
    insert into webhook_message (site_id, endpoint_id, event_seq, type, body, status, next_attempt_at, finished_at)
    select 1, 1, n, 't', '{}', case when n % 10 = 0 then 'pending' else 'delivered' end,
           case when n % 10 = 0 then clock_timestamp() end, case when n % 10 = 0 then null else clock_timestamp() end
    from generate_series(1, 50000) n`);
}

const ask = (): Promise<[Plan, ...Plan[]]> => desk.steps('execute facts (199990, 30)');

/** Tables of which each installation has few rows. */
const SMALL = ['site', 'webhook_endpoint', 'webhook_cursor'];

it('asks for facts by indexes, a bounded number of rows, whenever the plan was made', async () => {
  // As in its own transaction.
  await desk.dataSource.query('set enable_bitmapscan = off');
  await desk.dataSource.query(`prepare facts (bigint, int) as ${operationFactsStatement.text}`);
  await ask();
  await fill();
  const young = await ask();
  await desk.dataSource.query('analyze');
  const old = await ask();
  for (const steps of [young, old]) {
    const whole = steps.filter(
      (step) => step['Node Type'] === 'Seq Scan' && !SMALL.includes(step['Relation Name'] ?? ''),
    );
    expect(whole).toEqual([]);
    for (const step of steps) {
      expect(step['Actual Rows']).toBeLessThanOrEqual(10_000);
      // Open cases that no threshold was reached of are passed over within an index, never read one by one.
      expect(step['Rows Removed by Filter'] ?? 0).toBeLessThanOrEqual(1_000);
    }
  }
  const [plan] = old;
  // Measured: 24,000 pages in memory, most of them of the 10,000 messages that are counted.
  expect(plan['Shared Hit Blocks'] + plan['Shared Read Blocks']).toBeLessThan(60_000);
});
