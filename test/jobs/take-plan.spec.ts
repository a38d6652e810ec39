import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../src/database/data-source.js';
import { Database } from '../../src/database/database.js';
import { takeJobsStatement } from '../../src/database/statements/take-jobs.js';
import { createTestDatabase, type TestDatabase } from '../setup/test-database.js';

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Shared Hit Blocks': number;
  readonly 'Shared Read Blocks': number;
  readonly Plans?: readonly Plan[];
}

const IN_ONE_LANE = 200_000;
const LANES = 50;
const PER_LANE = 4;

let dataSource: DataSource;
let database: Database;
let made: TestDatabase;

beforeAll(async () => {
  made = await createTestDatabase();
  // One connection: what is prepared stays prepared.
  dataSource = await new DataSource(dataSourceOptions(made.url, 1)).initialize();
  database = new Database(dataSource);
});
afterAll(async () => {
  await dataSource.destroy();
  await made.drop();
});

/** One lane with very many due jobs and one with many that are not due; fifty lanes with a few. */
async function fill(): Promise<void> {
  await dataSource.query(`
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
  const rows = await database.inIndexedTransaction((tx) =>
    tx.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>({
      name: 'explain-take',
      text: `explain (analyze, buffers, timing off, format json)
             execute take ('{a}', ${PER_LANE}, 32, null, null, true, 30)`,
    }),
  );
  const nodesOf = (node: Plan): Plan[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];
  const [root] = rows[0]?.['QUERY PLAN'] ?? [];
  if (root === undefined) throw new Error('no plan');
  const { Plan: plan } = root;
  return {
    taken: plan['Actual Rows'],
    blocks: plan['Shared Hit Blocks'] + plan['Shared Read Blocks'],
    nodes: nodesOf(plan),
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
  await dataSource.query(
    `prepare take (text[], int, int, timestamptz, timestamptz, boolean, float8) as ${takeJobsStatement.text}`,
  );
  expect((await walk()).taken).toBe(0);
  await fill();
  // The plan is still that of an empty table, which is what a young installation has.
  const young = await walk();
  expect(young.taken).toBe(32);
  expectSteps(young);
  await dataSource.query('analyze job');
  const grown = await walk();
  expect(grown.taken).toBe(32);
  expectSteps(grown);
  // Of the 51 lanes with due jobs every one has had its turn before any got its second.
  const lanes: unknown[] = await dataSource.query(
    `select from job where locked_until is not null group by lane having count(*) in (1, 2)`,
  );
  expect(lanes).toHaveLength(LANES + 1);
}, 120_000);
