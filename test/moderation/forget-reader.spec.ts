import { reconcile } from '../../src/cli/reconcile.js';
import { forgetReader } from '../../src/moderation/forget-reader.js';
import { tablesWith } from '../setup/bytes-in-tables.js';
import { Desk, done } from '../setup/desk.js';

let desk: Desk;
let n = 0;
const image = (): string => `https://cdn.example.ma/erase/${(n += 1)}.jpg`;

beforeAll(async () => {
  desk = await Desk.open({ reporters: 3, hold: false, minNetworks: 1 });
});
afterEach(async () => {
  expect((await reconcile(desk.database)).filter(({ problems }) => problems.length > 0)).toEqual([]);
});
afterAll(() => desk.close());

const whereIs = (...readers: readonly string[]): Promise<string[]> =>
  tablesWith(
    desk.dataSource,
    readers.map((reader) => desk.reporter(reader)),
  );

it('forgets a reader on all images at once, open or not, with devices, words and record; counts stay', async () => {
  const [open, blocked] = [image(), image()];
  await desk.oneByOne([
    desk.fromDevice(open, 'home/isp', { device: 'phone' }),
    desk.fromAccount(blocked, 'ann', 'phone'),
    { ...desk.report(open, 'hate', 'ann'), comment: 'words of ann' },
    desk.report(open, 'violence', 'ben'),
  ]);
  await desk.decide(await desk.reports(blocked, 2), 'block', { reports: 'valid' });
  expect(await whereIs('ann', 'phone')).toEqual([
    'device_account',
    'report_note',
    'reporter_verdict',
    'vote',
  ]);
  const before = [await desk.row(open), await desk.row(blocked)];
  expect(await forgetReader(desk.database, desk.siteId, desk.reporter('ann'))).toEqual({
    votes: 3,
    muted: false,
  });
  expect(await whereIs('ann', 'phone')).toEqual([]);
  expect(await desk.count('report_note', 'comment is not null')).toBe(0);
  expect(await whereIs('ben')).toEqual(['vote']);
  expect([await desk.row(open), await desk.row(blocked)]).toEqual(before);
  expect(await forgetReader(desk.database, desk.siteId, desk.reporter('ann'))).toEqual({
    votes: 0,
    muted: false,
  });
});

it('a person who is forgotten and votes again, and again, blocks nothing alone', async () => {
  const url = image();
  for (let times = 0; times < 4; times += 1) {
    await desk.neck.moderateOne(desk.report(url, 'violence', 'eve'));
    await forgetReader(desk.database, desk.siteId, desk.reporter('eve'));
  }
  const last = done(await desk.neck.moderateOne(desk.report(url, 'violence', 'eve')));
  expect(last.visibility.blocked).toBe(false);
  expect((await desk.row(url))['tally']).toEqual({ violence: 5 });
  await desk.reports(url, 1);
  expect(done(await desk.neck.moderateOne(desk.report(url, 'violence', 'else'))).visibility.blocked).toBe(
    true,
  );
});

it('keeps a mute, and forgets nobody of the same name elsewhere', async () => {
  const other = await desk.site('other');
  await desk.neck.moderateOne(desk.report(image(), 'violence', 'moa'));
  await desk.dataSource.query(
    `insert into muted_reporter (site_id, reporter, cause) values ($1, $2, 'staff'), ($3, $2, 'staff')`,
    [desk.siteId, desk.reporter('moa'), other],
  );
  expect(await forgetReader(desk.database, other, desk.reporter('moa'))).toEqual({ votes: 0, muted: true });
  expect(await whereIs('moa')).toEqual(['muted_reporter', 'vote']);
  expect(await forgetReader(desk.database, desk.siteId, desk.reporter('moa'))).toEqual({
    votes: 1,
    muted: true,
  });
  expect(await whereIs('moa')).toEqual(['muted_reporter']);
});
