import { changedImagesStatement } from '../../src/database/statements/content/known-pictures.js';
import { type Plan, PlanDesk } from '../setup/plans.js';
import { until } from '../setup/until.js';

/** Images that people judged, a part of which became part of others; and those of which they said something since the last look. */
const JUDGED = 100_000;
const SINCE = 20;

let desk: PlanDesk;
beforeAll(async () => {
  desk = await PlanDesk.open();
});
afterAll(() => desk.close());

async function fill(): Promise<void> {
  await desk.dataSource.query(`
    insert into site (id, slug, name, origins, image_hosts, locale, time_zone, reasons) overriding system value
    values (1, 'x', 'x', '{}', '{}', 'fr', 'Africa/Casablanca', '{violence}');
    insert into image (site_id, id, key_kind, key, key_hash, merged_into, merged_round) overriding system value
    select 1, n, 'id', n, decode(lpad(to_hex(n), 32, '0'), 'hex'), 
           case when n > ${JUDGED} then n - ${JUDGED} end, case when n > ${JUDGED} then 1 end
    from generate_series(1, ${1.2 * JUDGED}) n;
    insert into content_version (site_id, image_id, version, verdict)
    select 1, n, 1, 'keep' from generate_series(1, ${JUDGED}) n`);
}

const snapshot = async (): Promise<string> =>
  (await desk.dataSource.query<[{ now: string }]>('select pg_current_snapshot()::text as now'))[0].now;

/**
 * Who runs beside this test writes in other databases of its server, whose transactions are in every snapshot: from the first of
 * them that is under way on, all is read again.
 */
async function untilAllIsOver(): Promise<void> {
  const isBefore = async (end: string): Promise<boolean> => {
    const [row] = await desk.dataSource.query<[{ over: boolean }]>(
      'select pg_snapshot_xmin(pg_current_snapshot()) >= pg_snapshot_xmax($1::pg_snapshot) as over',
      [end],
    );
    return row.over;
  };
  const now = await snapshot();
  await until(() => isBefore(now));
}

const look = async (since: string): Promise<[Plan, ...Plan[]]> => desk.steps(`execute changed ('${since}')`);

it('looks for what people said since the last time by index, whenever the plan was made', async () => {
  await desk.dataSource.query(`prepare changed (pg_snapshot) as ${changedImagesStatement.text}`);
  await look(await snapshot());
  await fill();
  for (const analyzed of [false, true]) {
    if (analyzed) await desk.dataSource.query('analyze');
    await untilAllIsOver();
    const since = await snapshot();
    await desk.dataSource.query(`
      update content_version set verdict = case when verdict is null then 'keep' end where image_id <= ${SINCE}`);
    const [root, ...below] = await look(since);
    // Each has another one that became part of it.
    expect(root['Actual Rows']).toBe(2 * SINCE);
    expect(below.filter((step) => step['Node Type'] === 'Seq Scan')).toEqual([]);
    for (const step of below) expect(step['Actual Rows']).toBeLessThanOrEqual(2 * SINCE);
    expect(root['Shared Hit Blocks'] + root['Shared Read Blocks']).toBeLessThan(1_000);
  }
});
