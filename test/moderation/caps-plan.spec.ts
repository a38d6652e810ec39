import { severeNetworksStatement } from '../../src/database/statements/votes/severe-budget.js';
import { takenPlacesStatement } from '../../src/database/statements/votes/taken-places.js';
import { type Plan, PlanDesk } from '../setup/plans.js';

/** On the one image that everybody reports. */
const VOTES = 50_000;
/** Of each narrow network at most two count. */
const PER_NETWORK = 2;
/** Votes that blocked alone within the last month, each from a network of its own. */
const SEVERE = 5_000;

let desk: PlanDesk;

beforeAll(async () => {
  desk = await PlanDesk.open();
});
afterAll(() => desk.close());

/** 8 bytes of a number. */
const network = (n: number | string): string => `decode(lpad(to_hex(${n}), 16, '0'), 'hex')`;

async function fill(): Promise<void> {
  await desk.dataSource.query(`
    insert into vote (site_id, image_id, round, reporter, reporter_kind, reasons, network, wide_network, left_out)
    select 1, 1, 1, decode(lpad(to_hex(n), 32, '0'), 'hex'), 'device', '{violence}',
           ${network('n % 10000 + 1')}, ${network('n % 100 + 1')},
           case when n >= ${PER_NETWORK} * 10000 then 'network' end
    from generate_series(0, ${VOTES} - 1) n;
    insert into vote (site_id, image_id, round, reporter, reporter_kind, reasons, network, wide_network,
                      minted_network, severe_at)
    select 1, 1000 + n, 1, decode(lpad(to_hex(n), 32, '0'), 'hex'), 'device', '{child_abuse}', ${network('n')},
           ${network('n')}, ${network(`n + ${SEVERE}`)}, clock_timestamp() - n * interval '8 minutes'
    from generate_series(1, ${SEVERE}) n`);
}

const array = (n: number): string => `array[${network(n)}]`;
const places = (): Promise<Plan[]> =>
  desk.steps(
    `execute places ('{1}', '{1}', '{1}', array[decode(repeat('ff', 16), 'hex')], ${array(7)}, ${array(999_999)}, ${array(8)})`,
  );
const severe = (): Promise<Plan[]> => desk.steps(`execute severe ('{1}', ${array(7)})`);

/** Nothing is read but the rows that are asked for: no table is walked, and hardly a row thrown away. */
function expectProbes(nodes: readonly Plan[], indexes: readonly string[], rows: number): void {
  const used = nodes.flatMap((node) => node['Index Name'] ?? []);
  expect([...used].sort()).toEqual([...indexes].sort());
  expect(nodes.filter((node) => node['Node Type'] === 'Seq Scan')).toEqual([]);
  for (const node of nodes) {
    expect(node['Rows Removed by Filter'] ?? 0).toBe(0);
    if (node['Index Name'] !== undefined) expect(node['Actual Rows']).toBeLessThanOrEqual(rows);
  }
}

it('counts the places that are taken by the votes of one network, among 50,000 on one image, whenever the plan was made', async () => {
  await desk.dataSource.query(
    `prepare places (bigint[], bigint[], int[], bytea[], bytea[], bytea[], bytea[]) as ${takenPlacesStatement.text};
     prepare severe (bigint[], bytea[]) as ${severeNetworksStatement.text}`,
  );
  const indexes = [
    ...['vote_network', 'vote_minted_network', 'vote_network', 'vote_minted_network'],
    ...['vote_wide_network', 'vote_pkey'],
  ];
  expectProbes(await places(), indexes, 0);
  await fill();
  // The plan is still that of an empty table, which is what a young installation has.
  expectProbes(await places(), indexes, PER_NETWORK);
  await desk.dataSource.query('analyze vote');
  expectProbes(await places(), indexes, PER_NETWORK);
});

it('looks for a network that blocked alone by index, among thousands that did', async () => {
  const indexes = ['vote_severe_network', 'vote_severe_minted'];
  for (const look of [1, 2]) {
    const nodes = await severe();
    const used = nodes.flatMap((node) => node['Index Name'] ?? []);
    expect(used.sort()).toEqual([...indexes].sort());
    expect(nodes.every((node) => (node['Rows Removed by Filter'] ?? 0) <= 1)).toBe(true);
    expect(nodes.filter((node) => node['Node Type'] === 'Seq Scan')).toEqual([]);
    if (look === 1) await desk.dataSource.query('analyze vote');
  }
});
