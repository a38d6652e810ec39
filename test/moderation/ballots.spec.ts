import type { ReportImage } from '../../src/moderation/image-command.js';
import { Desk } from '../setup/desk.js';

let desk: Desk;
let n = 0;
const image = (): string => `https://cdn.example.ma/ballots/${(n += 1)}.jpg`;

beforeAll(async () => {
  desk = await Desk.open();
});
afterEach(async () => {
  expect(await desk.wrongTallies()).toEqual([]);
});
afterAll(async () => {
  await desk.close();
});

/** An account that the site signs for and does not vouch for, from a place. */
const unverified = (url: string, account: string, where: string): ReportImage => {
  const report = desk.fromAccount(url, account, null);
  const { networks } = desk.fromDevice(url, where).reporter;
  return { ...report, reporter: { ...report.reporter, networks } };
};

const fill = (url: string, where: string) =>
  desk.oneByOne([desk.fromDevice(url, where), desk.fromDevice(url, where)]);
const recordedOf = (outcomes: readonly { ok: boolean; recorded?: boolean }[]) =>
  outcomes.map(({ recorded }) => recorded);
const voteOf = async (account: string) =>
  desk.dataSource.query<{ left_out: string | null; reporter_kind: string }[]>(
    'select left_out, reporter_kind from vote where reporter = $1',
    [desk.reporter(account)],
  );

describe('reports of one person in the same moment', () => {
  it('are as if the one that is not capped came first: it is recorded, and counts, whatever came before it', async () => {
    const url = image();
    await fill(url, 'full/isp');
    const outcomes = await desk.neck.moderate([
      unverified(url, 'same-moment', 'full/isp'),
      desk.fromAccount(url, 'same-moment', null, 'hate'),
    ]);
    expect(recordedOf(outcomes)).toEqual([false, true]);
    expect(await voteOf('same-moment')).toMatchObject([{ left_out: null }]);
    expect(await desk.row(url)).toMatchObject({ tally: { violence: 2, 'violence+hate': 1 }, left_out: {} });
  });

  it('are known as the one that is not capped says: by the secret key, where it named them', async () => {
    const url = image();
    await desk.neck.moderate([
      unverified(url, 'named-too', 'somewhere/isp'),
      desk.report(url, 'violence', 'named-too'),
      desk.fromAccount(url, 'named-too', null),
    ]);
    expect(await voteOf('named-too')).toMatchObject([{ reporter_kind: 'named' }]);
  });

  it('take no place of a network that a vote beside them could have', async () => {
    const url = image();
    await desk.oneByOne([desk.fromDevice(url, 'last/isp')]);
    await desk.neck.moderate([
      unverified(url, 'vouched', 'last/isp'),
      desk.fromDevice(url, 'last/isp'),
      desk.fromAccount(url, 'vouched', null),
    ]);
    expect(await desk.row(url)).toMatchObject({ tally: { violence: 3 }, left_out: {} });
  });
});

describe('reports of one person one after the other', () => {
  it('leave out what was left out, also when the site vouches for its reporter later', async () => {
    const url = image();
    await fill(url, 'early/isp');
    const [first, second] = await desk.oneByOne([
      unverified(url, 'later', 'early/isp'),
      desk.fromAccount(url, 'later', null),
    ]);
    expect([first?.recorded, second?.recorded]).toEqual([true, false]);
    expect(await voteOf('later')).toMatchObject([{ left_out: 'network' }]);
    expect(await desk.row(url)).toMatchObject({ tally: { violence: 2 }, left_out: { network: 1 } });
  });
});
