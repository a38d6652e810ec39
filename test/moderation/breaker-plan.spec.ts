import { breakerStatement } from '../../src/database/statements/votes/breaker.js';
import { measureBaselineStatement } from '../../src/database/statements/sites/measure-baseline.js';
import { type Plan, PlanDesk } from '../setup/plans.js';

/** Blocks by the rule that are older than the hour that the breaker asks for, on the one site. */
const BEFORE = 20_000;
/** Of all other sites, within the hour. */
const ELSEWHERE = 20_000;
const IN_HOUR = 20;
/** Lines before one by which is told whether it brought a block or only moved it. */
const NEIGHBOURS = 4;

let desk: PlanDesk;

beforeAll(async () => {
  desk = await PlanDesk.open();
});
afterAll(() => desk.close());

/** Lines of the log: each is the only one of its image. */
const lines = (count: number, site: string, ago: string, type = 'image.blocked'): string => `
  insert into event (site_id, image_id, type, actor_kind, rule_version, data, at)
  select ${site}, nextval('images'), '${type}', 'rule', 1,
         '{"source": "threshold", "evidence": {"crossedBy": "total"}}', clock_timestamp() - ${ago}
  from generate_series(1, ${count}) n`;

const fill = (): Promise<unknown> =>
  desk.dataSource.query(`
    create sequence images;
    insert into site (slug, name, origins, image_hosts, locale, time_zone, reasons)
    values ('one', 'one', '{https://www.example.ma}', '{}', 'fr', 'Africa/Casablanca', '{spam,other}');
    ${lines(BEFORE, '1', "(interval '2 hours' + n * interval '1 minute')")};
    ${lines(ELSEWHERE, '2 + n % 500', "interval '1 minute'")};
    ${lines(ELSEWHERE, '1', "interval '1 minute'", 'case.opened')};
    ${lines(IN_HOUR, '1', "n * interval '1 second'")};`);

const HOUR_AGO = "clock_timestamp() - interval '1 hour'";
const baseline = (): Promise<[Plan, ...Plan[]]> => desk.steps('execute baseline (1, 60, 20)');
const breaker = (): Promise<[Plan, ...Plan[]]> => desk.steps(`execute breaker ('{1}', ${HOUR_AGO})`);

/** What is read of the log: no more than the site's rule blocked within the hour, and each line's neighbours. */
function expectHour(nodes: readonly Plan[], rows: number): void {
  expect(nodes.filter((node) => node['Node Type'] === 'Seq Scan')).toEqual([]);
  const blocks = nodes.filter((node) => node['Index Name'] === 'event_rule_blocks');
  expect(blocks.map((node) => node['Actual Rows'])).toEqual([rows]);
  expect(nodes.some((node) => node['Index Name'] === 'event_breaker')).toBe(true);
  for (const node of nodes) expect(node['Rows Removed by Filter'] ?? 0).toBeLessThanOrEqual(NEIGHBOURS);
}

function expectIndexes(nodes: readonly Plan[]): void {
  expect(nodes.filter((node) => node['Node Type'] === 'Seq Scan')).toEqual([]);
  const used = new Set(nodes.flatMap((node) => node['Index Name'] ?? []));
  for (const index of ['event_rule_blocks', 'decision_image', 'event_image', 'vote_pkey'])
    expect(used).toContain(index);
}

it("reads no more of the log than the site's own blocks of the hour, among 60,000 lines, whenever the plan was made", async () => {
  await desk.dataSource.query(
    `prepare breaker (bigint[], timestamptz) as ${breakerStatement.text};
     prepare baseline (bigint, int, int) as ${measureBaselineStatement.text}`,
  );
  expectHour(await breaker(), 0);
  // The plan of an empty table, which is what a young installation has.
  await baseline();
  await fill();
  expectHour(await breaker(), IN_HOUR);
  expectIndexes(await baseline());
  await desk.dataSource.query('analyze event');
  const [root, ...below] = await breaker();
  expectHour([root, ...below], IN_HOUR);
  expect(root['Shared Hit Blocks'] + root['Shared Read Blocks']).toBeLessThan(600);
});

it('measures what is usual by index: the blocks of the site, and what became of each', async () => {
  await desk.dataSource.query('delete from site_baseline');
  expectIndexes(await baseline());
  const [row] = await desk.dataSource.query<{ blocks: number }[]>(
    'select round(blocks_per_hour * 28 * 24)::int as blocks from site_baseline where site_id = 1',
  );
  expect(row).toEqual({ blocks: BEFORE + IN_HOUR });
});
