import type { Reason } from '../../src/core/reasons.js';
import type { ImageCommand, ReportImage } from '../../src/moderation/image-command.js';
import { Desk, done } from '../setup/desk.js';
import { statementNames } from '../setup/statement-names.js';

let desk: Desk;
let n = 0;
const image = (): string => `https://cdn.example.ma/budgets/${(n += 1)}.jpg`;
const images = (count: number): string[] => Array.from({ length: count }, image);
const name = (): string => `reporter ${(n += 1)}`;

beforeAll(async () => {
  desk = await Desk.open({ hold: false });
});
afterEach(async () => {
  expect(await desk.wrongTallies()).toEqual([]);
});
afterAll(async () => {
  await desk.close();
});

/** Why this reporter's votes do not count, in the order of the images; null: it does. */
async function causes(reporter: string, urls: readonly string[]): Promise<(string | null)[]> {
  const rows = await desk.dataSource.query<{ key: string; cause: string | null }[]>(
    `select i.key, v.left_out as cause from vote v join image i on i.id = v.image_id where v.reporter = $1`,
    [desk.reporter(reporter)],
  );
  const found = new Map(rows.map(({ key, cause }) => [key, cause]));
  return urls.map((url) => found.get(url) ?? null);
}

/** A device that comes from another place each time, so that no network is ever full. */
const fromDevice = (url: string, device: string): ReportImage =>
  desk.fromDevice(url, `place ${(n += 1)}`, { device });

const times = (count: number, cause: string | null): (string | null)[] =>
  Array<string | null>(count).fill(cause);

describe('the budget of a reporter', () => {
  it('lets five votes of a device count on undecided images, and stores the others, of whose answers nothing differs', async () => {
    const [device, urls] = [name(), images(7)];
    const outcomes = await desk.oneByOne(urls.map((url) => fromDevice(url, device)));
    expect(await causes(device, urls)).toEqual([...times(5, null), ...times(2, 'budget')]);
    expect(outcomes.map(({ recorded }) => recorded)).toEqual(Array<boolean>(7).fill(true));
    expect(await desk.row(urls[6] ?? '')).toMatchObject({ tally: {}, left_out: { budget: 1 } });
    // Its case opens as for any vote that does not count.
    expect(await desk.row(urls[6] ?? '')).toMatchObject({ review_state: 'open' });
  });

  it('lets twenty of an account count', async () => {
    const [account, urls] = [name(), images(21)];
    await desk.oneByOne(urls.map((url) => desk.fromAccount(url, account, null)));
    expect(await causes(account, urls)).toEqual([...times(20, null), 'budget']);
  });

  it('is free again once people have decided, whatever they said, and not once a vote is withdrawn', async () => {
    const [device, urls] = [name(), images(8)];
    const voted = await desk.oneByOne(urls.slice(0, 5).map((url) => fromDevice(url, device)));
    const [first, second, third] = voted;
    if (first === undefined || second === undefined || third === undefined) throw new Error('no votes');
    await desk.withdraw(first, device);
    await desk.oneByOne([fromDevice(urls[5] ?? '', device)]);
    await desk.decide(second, 'keep');
    await desk.oneByOne([fromDevice(urls[6] ?? '', device)]);
    await desk.decide(third, 'block', { reports: 'valid' });
    await desk.oneByOne([fromDevice(urls[7] ?? '', device)]);
    expect(await causes(device, urls)).toEqual([...times(5, null), 'budget', null, null]);
  });

  it('is spent on an image that was kept before its case opens again, too: nobody has decided its new round', async () => {
    const [device, urls] = [name(), images(6)];
    for (const url of urls.slice(0, 5)) await desk.decide(await desk.reports(url, 1), 'keep');
    await desk.oneByOne(urls.map((url) => fromDevice(url, device)));
    expect(await causes(device, urls)).toEqual([...times(5, null), 'budget']);
  });

  it('is not spent on an image that people blocked, in whichever round', async () => {
    const [device, urls] = [name(), images(6)];
    for (const url of urls.slice(0, 5)) {
      await desk.decide(await desk.reports(url, 1), 'keep');
      await desk.neck.moderateOne(desk.decision({ keys: [desk.key(url)] }, 'block'));
    }
    await desk.oneByOne(urls.map((url) => fromDevice(url, device)));
    expect(await causes(device, urls)).toEqual(times(6, null));
  });

  it('is spent in order within one batch', async () => {
    const [device, urls] = [name(), images(8)];
    await desk.neck.moderate(urls.map((url) => fromDevice(url, device)));
    expect(await causes(device, urls)).toEqual([...times(5, null), ...times(3, 'budget')]);
  });

  it('is not spent by what was said before, nor by what its network leaves out, in the same batch', async () => {
    const [device, urls] = [name(), images(6)];
    const [crowded = '', ...others] = urls;
    await desk.oneByOne(others.slice(0, 4).map((url) => fromDevice(url, device)));
    await desk.neck.moderate([
      desk.fromDevice(crowded, 'packed'),
      desk.fromDevice(crowded, 'packed'),
      desk.fromDevice(crowded, 'packed', { device }),
      ...others.map((url) => fromDevice(url, device)),
    ]);
    expect(await causes(device, urls)).toEqual(['network', ...times(5, null)]);
  });

  it('is not spent by what an account says again in the same batch', async () => {
    await desk.changeRule({ reporterBudget: { device: 5, account: 5 } });
    const [account, urls] = [name(), images(6)];
    const command = (url: string): ReportImage => desk.fromAccount(url, account, null, 'hate');
    await desk.oneByOne(urls.slice(0, 4).map(command));
    await desk.neck.moderate(urls.map(command));
    expect(await causes(account, urls)).toEqual([...times(5, null), 'budget']);
    await desk.changeRule({ reporterBudget: { device: 5, account: 20 } });
  });

  it('is spent on what an import brought from before the window once its reader reports it today, which opens its case', async () => {
    const [account, archive, today] = [name(), images(30), images(18)];
    const castAt = new Date(Date.now() - 365 * 24 * 3_600_000);
    const report = (url: string, reason: Reason): ReportImage => desk.fromAccount(url, account, null, reason);
    const imported = (url: string, reason: Reason): ReportImage => ({ ...report(url, reason), castAt });
    const [other = '', same = '', older = '', atOnce = ''] = archive;
    await desk.neck.moderate(archive.slice(0, 3).map((url) => imported(url, 'hate')));
    await desk.oneByOne([report(other, 'spam'), report(same, 'hate'), imported(older, 'spam')]);
    await desk.neck.moderate([imported(atOnce, 'hate'), report(atOnce, 'hate')]);
    await desk.neck.moderate(archive.slice(4).map((url) => imported(url, 'hate')));
    const states = await Promise.all(archive.map((url) => desk.row(url)));
    const opened = states.flatMap((row, index) => (row['review_state'] === 'none' ? [] : [archive[index]]));
    expect(opened).toEqual([other, same, atOnce]);
    await desk.oneByOne(today.map((url) => report(url, 'hate')));
    expect(await causes(account, [...archive, ...today])).toEqual([...times(47, null), 'budget']);
  });

  it('takes no place of a network for a vote that it leaves out', async () => {
    const [device, [crowded = '', ...spent]] = [name(), images(6)];
    await desk.oneByOne(spent.map((url) => fromDevice(url, device)));
    await desk.oneByOne([
      desk.fromDevice(crowded, 'one house', { device }),
      desk.fromDevice(crowded, 'one house'),
      desk.fromDevice(crowded, 'one house'),
      desk.fromDevice(crowded, 'one house'),
    ]);
    expect(await desk.row(crowded)).toMatchObject({
      tally: { violence: 2 },
      left_out: { budget: 1, network: 1 },
    });
  });

  it('is that of the account for its device, also when the device reports alone', async () => {
    const [device, account, urls] = [name(), name(), images(22)];
    const [together = '', ...alone] = urls;
    await desk.oneByOne([desk.fromAccount(together, account, device)]);
    await desk.oneByOne(alone.map((url) => fromDevice(url, device)));
    expect(await causes(account, urls)).toEqual([...times(20, null), ...times(2, 'budget')]);
  });

  it('does not keep an account from the place of its device, so nothing flips', async () => {
    const [device, account, urls] = [name(), name(), images(21)];
    const [both = '', ...others] = urls;
    await desk.oneByOne([
      fromDevice(both, device),
      ...others.map((url) => desk.fromAccount(url, account, null)),
    ]);
    await desk.oneByOne([desk.fromAccount(both, account, device)]);
    expect(await causes(account, urls)).toEqual(times(21, null));
    expect(await desk.row(both)).toMatchObject({ tally: { violence: 1 }, left_out: { linked: 1 } });
  });

  it('is never given back to a vote that was left out', async () => {
    const [device, urls] = [name(), images(6)];
    const [first] = await desk.oneByOne(urls.map((url) => fromDevice(url, device)));
    if (first === undefined) throw new Error('no vote');
    await desk.decide(first, 'keep');
    await desk.oneByOne([fromDevice(urls[5] ?? '', device)]);
    expect(await causes(device, urls)).toEqual([...times(5, null), 'budget']);
  });

  it('is without end where the rule has none', async () => {
    await desk.changeRule({ reporterBudget: null });
    const [device, urls] = [name(), images(8)];
    await desk.neck.moderate(urls.map((url) => fromDevice(url, device)));
    expect(await causes(device, urls)).toEqual(times(8, null));
    await desk.changeRule({ reporterBudget: { device: 5, account: 20 } });
  });

  it('is exceeded by no more than one budget for each batch beside another, and never by what comes after', async () => {
    const beside = await desk.beside();
    const [device, urls] = [name(), images(20)];
    const send = (at: Desk, some: readonly string[]): Promise<unknown> =>
      at.neck.moderate(some.map((url) => fromDevice(url, device)));
    await Promise.all([send(desk, urls.slice(0, 9)), send(beside, urls.slice(9, 18))]);
    await send(desk, urls.slice(18));
    const counted = (await causes(device, urls)).filter((cause) => cause === null);
    expect(counted.length).toBeGreaterThanOrEqual(5);
    expect(counted.length).toBeLessThanOrEqual(10);
    expect((await causes(device, urls)).slice(18)).toEqual(['budget', 'budget']);
    await beside.close();
  });
});

describe('what it costs', () => {
  const own = (names: readonly string[]): string[] =>
    names.filter((asked) => asked === 'load-reporters' || asked === 'load-votes');
  const statementsOf = (commands: readonly ImageCommand[]): Promise<string[]> =>
    statementNames(desk.database, commands);

  it('is one statement for all reporters of a batch, and one more where one of them gives more than may count', async () => {
    const [a, b, c] = [name(), name(), name()];
    expect(
      own(await statementsOf([fromDevice(image(), a), fromDevice(image(), a), desk.report(image())])),
    ).toEqual(['load-reporters']);
    const known = images(4);
    for (const url of known) await desk.reports(url, 1);
    expect(own(await statementsOf(known.map((url) => fromDevice(url, b))))).toEqual(['load-reporters']);
    expect(own(await statementsOf(known.map((url) => fromDevice(url, c))))).toEqual(['load-reporters']);
    const spent = await statementsOf([...known, ...images(2)].map((url) => fromDevice(url, b)));
    expect(own(spent).slice(0, 2)).toEqual(['load-reporters', 'load-votes']);
  });

  it('is nothing where nobody reports', async () => {
    const outcome = done(await desk.neck.moderateOne(desk.report(image())));
    const names = await statementsOf([
      {
        type: 'withdraw',
        siteId: desk.siteId,
        target: { imageId: outcome.imageId },
        round: outcome.round,
        reporter: outcome.voter ?? Buffer.alloc(16),
      },
    ]);
    expect(own(names)).not.toContain('load-reporters');
  });
});
