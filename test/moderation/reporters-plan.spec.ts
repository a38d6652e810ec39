import { loadReportersStatement } from '../../src/database/statements/readers/load-reporters.js';
import { type Plan, PlanDesk } from '../setup/plans.js';

/** Votes of others, so that walking a table would show. */
const VOTES = 50_000;
/** Votes of one reporter that do not count: they report whatever they see. */
const LEFT_OUT = 5_000;
/** Their counted votes on images that people have decided, and on those that wait. */
const DECIDED = 100;
const OPEN = 30;

let desk: PlanDesk;

beforeAll(async () => {
  desk = await PlanDesk.open();
});
afterAll(() => desk.close());

const BUSY = `decode(repeat('ff', 16), 'hex')`;

async function fill(): Promise<void> {
  await desk.dataSource.query(`
    insert into site (id, slug, name, origins, image_hosts, locale, time_zone, reasons) overriding system value
    values (1, 'x', 'x', '{}', '{}', 'fr', 'Africa/Casablanca', '{violence}');
    insert into threshold_rule (site_id, version, rule)
    values (1, 1, '{"reporterBudget": {"device": 5, "account": 20}}');
    insert into image (site_id, id, key_kind, key, key_hash, round, review_state) overriding system value
    select 1, n, 'id', n, decode(lpad(to_hex(n), 32, '0'), 'hex'), 1,
           case when n <= ${DECIDED} then 'closed' else 'open' end
    from generate_series(1, ${VOTES}) n;
    insert into vote (site_id, image_id, round, reporter, reporter_kind, reasons)
    select 1, n, 1, decode(lpad(to_hex(n), 32, '0'), 'hex'), 'device', '{violence}'
    from generate_series(1, ${VOTES}) n;
    insert into vote (site_id, image_id, round, reporter, reporter_kind, reasons, left_out)
    select 1, n, 1, ${BUSY}, 'device', '{violence}', case when n > ${DECIDED + OPEN} then 'budget' end
    from generate_series(1, ${LEFT_OUT}) n`);
}

const look = (reporter: string, kind: string): Promise<[Plan, ...Plan[]]> =>
  desk.steps(`execute reporters ('{1}', array[${reporter}], '{${kind}}', '{1}')`);

/** Every table is reached by index, and of votes no more are read than count. */
function expectProbes(nodes: readonly Plan[], votes: number): void {
  expect(nodes.filter((node) => node['Node Type'] === 'Seq Scan')).toEqual([]);
  const ofVotes = nodes.filter((node) => node['Relation Name'] === 'vote');
  expect(ofVotes.flatMap((node) => node['Index Name'] ?? [])).toEqual(['vote_reporter']);
  for (const node of ofVotes) {
    expect(node['Actual Rows']).toBeLessThanOrEqual(votes);
    expect(node['Rows Removed by Filter'] ?? 0).toBe(0);
  }
}

it('finds what is left of a reporter’s budget by index, and stops where it is spent, whenever the plan was made', async () => {
  await desk.dataSource.query(
    `prepare reporters (bigint[], bytea[], text[], bigint[]) as ${loadReportersStatement.text}`,
  );
  expectProbes(await look(BUSY, 'device'), 0);
  await fill();
  for (const analyzed of [false, true]) {
    if (analyzed) await desk.dataSource.query('analyze');
    // The plan may still be that of an empty table, which is what a young installation has.
    const busy = await look(BUSY, 'device');
    expectProbes(busy, DECIDED + 5);
    expect(busy[0]['Actual Rows']).toBe(1);
    const fresh = await look(`decode(repeat('ee', 16), 'hex')`, 'device');
    expectProbes(fresh, 0);
    expect(fresh[0]['Actual Rows']).toBe(0);
    // Whose device an account is, nobody asks.
    const ofDevices = (nodes: readonly Plan[]) =>
      nodes.find((node) => node['Relation Name'] === 'device_account')?.['Actual Loops'];
    expect(ofDevices(fresh)).toBe(1);
    expect(ofDevices(await look(`decode(repeat('ee', 16), 'hex')`, 'account'))).toBe(0);
    expect(fresh[0]['Shared Hit Blocks'] + fresh[0]['Shared Read Blocks']).toBeLessThan(20);
  }
});
