import { takeJobsStatement } from '../../src/database/statements/jobs/take-jobs.js';
import { type Plan, PlanDesk } from '../setup/plans.js';

const IN_ONE_LANE = 200_000;
const LANES = 50;
const PER_LANE = 4;

let desk: PlanDesk;

beforeAll(async () => {
  desk = await PlanDesk.open();
});
afterAll(() => desk.close());

/** One lane with very many due jobs and one with many that are not due; fifty lanes with a few. */
async function fill(): Promise<void> {
  await desk.dataSource.query(`
    insert into job (kind, lane, payload, run_at)
    select 'a', 'endless', '1'::jsonb, clock_timestamp() - n * interval '1 ms'
    from generate_series(1, ${IN_ONE_LANE}) n
    union all
    select 'a', 'later', '1'::jsonb, clock_timestamp() + interval '1 day' from generate_series(1, 100000) n
    union all
    select 'a', 'lane ' || n % ${LANES}, '1'::jsonb, clock_timestamp() from generate_series(1, ${LANES * 10}) n`);
}

/** What the prepared statement does, in such a transaction as that in which jobs are taken. */
async function walk(): Promise<{ taken: number; blocks: number; nodes: Plan[] }> {
  const nodes = await desk.steps(`execute take ('{a}', ${PER_LANE}, 32, null, null, true, 30)`);
  const [plan] = nodes;
  return {
    taken: plan['Actual Rows'],
    blocks: plan['Shared Hit Blocks'] + plan['Shared Read Blocks'],
    nodes,
  };
}

/** Each lane costs a step of an index, and each job that is taken a few more; how many wait costs nothing. */
function expectSteps({ blocks, nodes }: { blocks: number; nodes: readonly Plan[] }): void {
  const scans = nodes.filter(
    (node) => node['Relation Name'] === 'job' && node['Node Type'] !== 'ModifyTable',
  );
  expect(scans.filter((node) => node['Node Type'] === 'Seq Scan')).toEqual([]);
  for (const scan of scans) {
    expect(scan['Actual Rows']).toBeLessThanOrEqual(PER_LANE);
    expect(scan['Rows Removed by Filter'] ?? 0).toBeLessThanOrEqual(PER_LANE);
  }
  // Measured: 1,022 with a million in the one lane, most of them index pages of lanes and of jobs that are taken.
  expect(blocks).toBeLessThan(3_000);
}

it('takes jobs fairly from 200,000 due ones by a step for each lane, whenever the plan was made', async () => {
  await desk.dataSource.query(
    `prepare take (text[], int, int, timestamptz, timestamptz, boolean, float8) as ${takeJobsStatement.text}`,
  );
  expect((await walk()).taken).toBe(0);
  await fill();
  // The plan is still that of an empty table, which is what a young installation has.
  const young = await walk();
  expect(young.taken).toBe(32);
  expectSteps(young);
  await desk.dataSource.query('analyze job');
  const grown = await walk();
  expect(grown.taken).toBe(32);
  expectSteps(grown);
  // Of the 51 lanes with due jobs every one has had its turn before any got its second.
  const lanes: unknown[] = await desk.dataSource.query(
    `select from job where locked_until is not null group by lane having count(*) in (1, 2)`,
  );
  expect(lanes).toHaveLength(LANES + 1);
}, 120_000);
