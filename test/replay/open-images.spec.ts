import {
  listOpenImages,
  type OpenImagesPage,
} from '../../src/database/statements/images/list-open-images.js';
import { Desk } from '../setup/desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
  for (const [name, people] of [
    ['first', 1],
    ['second', 3],
    ['third', 2],
    ['fourth', 4],
    ['last', 1],
  ] as const) {
    await desk.reports(name, people);
  }
});
afterAll(() => desk.close());

const page = (after: string, cases: number, reporters: number): Promise<OpenImagesPage> =>
  listOpenImages(desk.database, desk.siteId, { after, cases, reporters });

/** All pages, one after the other: of each the tallies of its images. */
async function pages(cases: number, reporters: number): Promise<number[][]> {
  const found: number[][] = [];
  for (let after: string | null = '0'; after !== null;) {
    const { images, lastCase }: OpenImagesPage = await page(after, cases, reporters);
    found.push(images.map(({ tally }) => tally['violence'] ?? 0));
    after = lastCase;
  }
  return found;
}

it('asks for no image that is far from what the rule asks for', async () => {
  expect(await pages(10, 3)).toEqual([[3, 4], []]);
  expect(await pages(10, 5)).toEqual([[], []]);
});

it('goes on after cases of which none is wanted, and ends where there are no more', async () => {
  expect(await pages(1, 3)).toEqual([[], [3], [], [4], [], []]);
  expect(await pages(2, 4)).toEqual([[], [4], [], []]);
});

it('leaves out what is protected, and finds what one person reported for the severe reason', async () => {
  await desk.database.dataSource.query(
    `update image set protected = true where site_id = $1 and tally = '{"violence": 4}'`,
    [desk.siteId],
  );
  await desk.database.dataSource.query(
    `update image set tally = '{"violence+child_abuse": 1}' where site_id = $1 and id = (select max(id) from image)`,
    [desk.siteId],
  );
  expect((await page('0', 10, 3)).images.map(({ tally }) => tally)).toEqual([
    { violence: 3 },
    { 'violence+child_abuse': 1 },
  ]);
});
