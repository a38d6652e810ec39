import { claimStatement } from '../../src/database/statements/cases/claim-case.js';
import { listStatement } from '../../src/database/statements/cases/list-cases.js';
import { readCasesStatement } from '../../src/database/statements/cases/read-cases.js';
import { type Plan, PlanDesk } from '../setup/plans.js';

const CASES = 100_000;
const LEASED = 30;

let desk: PlanDesk;

beforeAll(async () => {
  desk = await PlanDesk.open();
});
afterAll(() => desk.close());

/** One in ten at the threshold, and harm and age in a few hundred steps (docs/priority.md). */
const PRIORITY = '10000000 * (id % 10 / 9) + 4968000 + id % 1000';

/** A long queue, at whose head some cases are leased; the site is 1 and the moderator 1. */
async function fill(): Promise<void> {
  await desk.dataSource.query(`
    insert into site (slug, name, origins, image_hosts, locale, time_zone, reasons)
    values ('long-queue', 'x', '{}', '{}', 'fr', 'Africa/Casablanca', '{violence}');
    insert into staff (email, password_hash) values ('amina@example.ma', '-');
    insert into membership (site_id, staff_id, role) values (1, 1, 'moderator');
    insert into image (site_id, key_kind, key, key_hash, tally, review_state)
    select 1, 'id', n::text, decode(lpad(to_hex(n), 32, '0'), 'hex'), '{"violence": 1}', 'open'
    from generate_series(1, ${CASES}) n;
    insert into moderation_case (site_id, image_id, round, status, priority, opened_at, lease_expires_at)
    select 1, id, 1, 'open', ${PRIORITY}, clock_timestamp() - id * interval '1 second',
           case when row_number() over (order by ${PRIORITY} desc) <= ${LEASED}
                then clock_timestamp() + interval '5 minutes' end
    from image;
    insert into image_views (site_id, image_id, per_hour) select 1, id, 1000 from image where id % 2 = 0`);
}

/** What the prepared statement does, in the transaction in which `claimCase` runs. */
const walk = (): Promise<Plan[]> =>
  desk.steps(`execute claim ('{1}', 1, null, decode(repeat('00', 32), 'hex'), 300)`);

/** Every look at the queue walks its index from the head, past the leased cases and no further; nothing is sorted. */
function expectWalk(nodes: readonly Plan[], length: number): void {
  const walks = nodes.filter((node) => node['Index Name'] === 'moderation_case_queue');
  expect(walks).toHaveLength(2);
  for (const step of walks) {
    expect(step['Actual Rows']).toBeLessThanOrEqual(1);
    expect(step['Rows Removed by Filter'] ?? 0).toBeLessThanOrEqual(length);
  }
  expect(nodes.filter((node) => node['Node Type'] === 'Seq Scan')).toEqual([]);
}

it('claims from 100,000 open cases by a walk of the queue from its head, whenever the plan was made', async () => {
  await desk.dataSource.query(`prepare claim (bigint[], bigint, text, bytea, int) as ${claimStatement.text}`);
  expectWalk(await walk(), 0);
  await fill();
  // The plan is still that of an empty queue, which is what a young installation has.
  expectWalk(await walk(), LEASED);
  await desk.dataSource.query('analyze');
  expectWalk(await walk(), LEASED + 1);
});

it('lists the queue, and goes on behind any case of it, by a walk of the same index, and looks at no more than a page', async () => {
  await desk.dataSource.query(
    `prepare first (bigint[], text, int) as ${listStatement('open', 'priority', false).text};
     prepare further (bigint[], text, int, timestamptz, bigint, int) as ${listStatement('open', 'priority', true).text}`,
  );
  for (const page of [
    `execute first ('{1}', null, 25)`,
    `execute further ('{1}', null, 25, clock_timestamp() - interval '5 hours', 18000, 4968500)`,
  ]) {
    const nodes = await desk.stepsAsPlanned(page);
    const walks = nodes.filter((node) => node['Index Name'] === 'moderation_case_queue');
    expect(walks).toHaveLength(1);
    expect(walks[0]?.['Actual Rows']).toBe(25);
    // Of those with the very same priority the ones before it.
    expect(walks[0]?.['Rows Removed by Filter'] ?? 0).toBeLessThanOrEqual(CASES / 1_000);
    expect(nodes.filter((node) => node['Node Type'] === 'Seq Scan' && node['Actual Rows'] > 1)).toEqual([]);
  }
});

it('reads cases by their ids alone through the head of the primary key, and no other case', async () => {
  await desk.dataSource.query(`prepare read (bigint[]) as ${readCasesStatement.text}`);
  const nodes = await desk.steps(`execute read ('{7,70000}')`);
  const looks = nodes.filter((node) => node['Index Name'] === 'moderation_case_pkey');
  expect(looks.map((node) => node['Rows Removed by Filter'] ?? 0)).toEqual(looks.map(() => 0));
  // Once to find them, once to show them.
  expect(looks).toHaveLength(2);
  expect(nodes.filter((node) => node['Node Type'] === 'Seq Scan')).toEqual([]);
});
