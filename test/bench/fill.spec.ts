/** The site on which the benchmark measures: it is made by set-based SQL, and must be one that the neck could have made. */
import { fill } from '../../bench/fill/fill.js';
import { archivedUrl, onceReported } from '../../bench/fill/pictures.js';
import { reconcile } from '../../src/cli/reconcile.js';
import { imageHash } from '../../src/database/image-hash.js';
import { Desk } from '../setup/desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

const indexes = (): Promise<unknown> =>
  desk.database.dataSource.query(
    `select indexdef from pg_indexes where schemaname = 'public' order by indexname`,
  );
const numberOf = async (query: string): Promise<number> => {
  const [row]: { n: number }[] = await desk.database.dataSource.query(`select (${query})::int as n`);
  return Number(row?.n);
};

it('fills in what agrees with itself, and leaves every index as it was', async () => {
  const before = await indexes();
  const filling = await fill(desk.url, 2_500);
  expect(await reconcile(desk.database)).toEqual(
    (await reconcile(desk.database)).map(({ name }) => ({ name, problems: [] })),
  );
  expect(await indexes()).toEqual(before);
  expect(await numberOf('select count(*) from vote')).toBe(filling.reports);
  expect(await numberOf('select count(*) from image')).toBe(filling.images);
  expect(await numberOf(`select count(*) from moderation_case where status = 'open'`)).toBe(
    filling.openCases,
  );
});

it('can be reported on: its images are found by their addresses, and those for further reports have one', async () => {
  for (const turn of [0, 1, 21, 22, 999_999]) {
    const key = { kind: 'url' as const, key: archivedUrl(onceReported(turn, 3)) };
    const [image]: { id: string }[] = await desk.database.dataSource.query(
      'select id from image where key_hash = $1',
      [imageHash(desk.siteId, key)],
    );
    expect(await numberOf(`select count(*) from vote where image_id = ${image?.id ?? 'null'}`)).toBe(1);
  }
});
