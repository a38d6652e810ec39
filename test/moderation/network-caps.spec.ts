import type { ImageCommand } from '../../src/moderation/image-command.js';
import { Desk, done } from '../setup/desk.js';
import { statementNames } from '../setup/statement-names.js';

let desk: Desk;
let n = 0;
const image = (): string => `https://cdn.example.ma/networks/${(n += 1)}.jpg`;

beforeAll(async () => {
  desk = await Desk.open();
});
afterEach(async () => {
  expect(await desk.wrongTallies()).toEqual([]);
});
afterAll(async () => {
  await desk.close();
});

/** So many reports by fresh devices, each from the place that `where` gives it. */
const devices = (url: string, count: number, where: (n: number) => string) =>
  Array.from({ length: count }, (_, index) => desk.fromDevice(url, where(index)));

/** Reports at the same moment, in transactions of five, by turns through this process and another. */
const atOnce = (reports: readonly ImageCommand[], beside = desk) =>
  Promise.all(
    Array.from({ length: Math.ceil(reports.length / 5) }, (_, index) =>
      (index % 2 === 0 ? desk : beside).neck.moderate(reports.slice(index * 5, index * 5 + 5)),
    ),
  );

describe('a network is a cap', () => {
  it('behaviour 2: two devices on one network both count, and a third is kept without counting', async () => {
    const url = image();
    const outcomes = await desk.oneByOne(devices(url, 3, () => 'home/isp'));
    expect(outcomes.map(({ recorded }) => recorded)).toEqual([true, true, true]);
    expect(await desk.row(url)).toMatchObject({ tally: { violence: 2 }, left_out: { network: 1 } });
    expect(await desk.count('vote', `image_id = ${outcomes[0]?.imageId} and left_out = 'network'`)).toBe(1);
  });

  it.each(['one by one', 'at once', 'in one batch that makes the image'])(
    'behaviour 5: fifty fresh devices of one narrow network block nothing, %s',
    async (how) => {
      const url = image();
      const reports = devices(url, 50, () => 'office/isp');
      if (how === 'one by one') await desk.oneByOne(reports);
      else if (how === 'at once') await atOnce(reports);
      else await desk.neck.moderate(reports);
      expect(await desk.row(url)).toMatchObject({
        tally: { violence: 2 },
        left_out: { network: 48 },
        blocked: false,
        review_state: 'open',
      });
    },
  );

  it('behaviour 5: six devices on two networks block nothing', async () => {
    const url = image();
    await desk.oneByOne(devices(url, 6, (index) => `${['first', 'second'][index % 2]}/isp`));
    expect(await desk.row(url)).toMatchObject({
      tally: { violence: 4 },
      left_out: { network: 2 },
      blocked: false,
    });
  });

  it('behaviour 5: four that count from two networks are too few networks, also where K is four', async () => {
    await desk.changeRule({ reporters: 4 });
    const url = image();
    await desk.oneByOne(devices(url, 4, (index) => ['a/x', 'b/y'][index % 2] ?? ''));
    expect(await desk.row(url)).toMatchObject({ tally: { violence: 4 }, left_out: {}, blocked: false });
    const third = done(await desk.neck.moderateOne(desk.fromDevice(url, 'c/z')));
    expect(third.visibility.blocked).toBe(true);
    await desk.changeRule({ reporters: 5 });
  });

  it('behaviour 5: fifty /64s of one /48 block nothing: they are of a few /56s, or of one /40', async () => {
    const url = image();
    await desk.oneByOne(devices(url, 50, (index) => `56-${index}/40`));
    expect(await desk.row(url)).toMatchObject({
      tally: { violence: 4 },
      left_out: { 'wide-network': 46 },
      blocked: false,
    });
  });

  it('behaviour 6: of 200 readers behind one network never one votes alone, and never 200', async () => {
    const url = image();
    await atOnce(devices(url, 200, () => 'carrier/carrier'));
    expect(await desk.row(url)).toMatchObject({ tally: { violence: 2 }, left_out: { network: 198 } });
    // With three readers from elsewhere they block.
    const [, , last] = await desk.oneByOne(devices(url, 3, (index) => `elsewhere-${index}`));
    expect(last?.visibility.blocked).toBe(true);
  });

  it('seven readers on seven networks block', async () => {
    const url = image();
    const outcomes = await desk.oneByOne(devices(url, 7, (index) => `seven-${index}`));
    expect(outcomes.map(({ visibility }) => visibility.blocked)).toEqual([
      ...[false, false, false, false],
      ...[true, true, true],
    ]);
  });

  it('accounts that it does not hold for block from anywhere, and each is a network to the others', async () => {
    const url = image();
    expect((await desk.reports(url, 5)).visibility.blocked).toBe(true);
    const mixed = image();
    await desk.reports(mixed, 4);
    expect(done(await desk.neck.moderateOne(desk.fromDevice(mixed, 'one'))).visibility.blocked).toBe(true);
  });

  it('holds for the network in which a device was minted, too', async () => {
    const url = image();
    await desk.oneByOne(
      ['cafe', 'tram', 'library', 'park'].map((where) => desk.fromDevice(url, where, { minted: 'farm' })),
    );
    await desk.oneByOne([desk.fromDevice(url, 'farm')]);
    expect(await desk.row(url)).toMatchObject({ tally: { violence: 2 }, left_out: { network: 3 } });
    const other = image();
    await desk.oneByOne(devices(other, 2, () => 'farm'));
    await desk.oneByOne([desk.fromDevice(other, 'cafe', { minted: 'farm' }), desk.fromDevice(other, 'cafe')]);
    expect(await desk.row(other)).toMatchObject({ tally: { violence: 3 }, left_out: { network: 1 } });
  });

  it('holds for a reason whose own K is lower, among the votes that give it', async () => {
    await desk.changeRule({ reasons: { hate: { reporters: 3 } } });
    const hate = (url: string, where: string) => desk.fromDevice(url, where, { reason: 'hate' });
    const few = image();
    await desk.oneByOne([hate(few, 'a/x'), hate(few, 'a/x'), hate(few, 'b/y')]);
    expect(await desk.row(few)).toMatchObject({ tally: { hate: 3 }, blocked: false });
    await desk.oneByOne([hate(few, 'c/z')]);
    expect(await desk.row(few)).toMatchObject({ blocked: true });
    const wide = image();
    await desk.oneByOne([hate(wide, 'a/x'), hate(wide, 'b/x'), hate(wide, 'c/x')]);
    expect(await desk.row(wide)).toMatchObject({ tally: { hate: 2 }, left_out: { 'wide-network': 1 } });
    await desk.changeRule({ reasons: {} });
  });

  it('lets no wide network reach a lower K by a reason that its votes gain later', async () => {
    await desk.changeRule({ reasons: { hate: { reporters: 3 } } });
    const url = image();
    const names = ['a', 'b', 'c', 'd'].map((narrow) => `gain ${narrow}`);
    for (const reason of ['violence', 'hate'] as const) {
      await desk.oneByOne(names.map((device) => desk.fromDevice(url, `${device}/x`, { reason, device })));
    }
    expect(await desk.row(url)).toMatchObject({ tally: { 'violence+hate': 4 }, blocked: false });
    await desk.oneByOne([desk.fromDevice(url, 'e/y', { reason: 'hate' })]);
    expect(await desk.row(url)).toMatchObject({ blocked: true });
    await desk.changeRule({ reasons: {} });
  });

  it('is lifted by a rule that says so', async () => {
    await desk.changeRule({ perNetwork: 1_000, minNetworks: 1 });
    const url = image();
    const outcomes = await desk.oneByOne(devices(url, 5, () => 'everybody/everybody'));
    expect(outcomes.at(-1)?.visibility.blocked).toBe(true);
    await desk.changeRule({ perNetwork: 2, minNetworks: 3 });
  });

  it('frees no place by a withdrawal, and gives a vote that is cast again the place that it had', async () => {
    const url = image();
    const [first] = await desk.oneByOne([
      desk.fromDevice(url, 'flat', { device: 'leaves' }),
      desk.fromDevice(url, 'flat', { device: 'stays' }),
    ]);
    if (first === undefined) throw new Error('no report');
    await desk.withdraw(first, 'leaves');
    const [third] = await desk.oneByOne([desk.fromDevice(url, 'flat', { device: 'third' })]);
    expect(await desk.row(url)).toMatchObject({ tally: { violence: 1 }, left_out: { network: 1 } });
    await desk.withdraw(first, 'third');
    expect(await desk.row(url)).toMatchObject({ tally: { violence: 1 }, left_out: {} });
    const again = await desk.oneByOne([
      desk.fromDevice(url, 'flat', { device: 'leaves', reason: 'spam' }),
      desk.fromDevice(url, 'elsewhere', { device: 'third' }),
    ]);
    expect(again.map(({ recorded }) => recorded)).toEqual([true, true]);
    expect(third?.recorded).toBe(true);
    expect(await desk.row(url)).toMatchObject({ tally: { violence: 1, spam: 1 }, left_out: { network: 1 } });
  });

  it('takes no place for a report that is repeated, alone or beside new ones', async () => {
    const url = image();
    const mine = () => desk.fromDevice(url, 'den', { device: 'mine' });
    await desk.oneByOne([mine(), mine(), mine()]);
    await desk.neck.moderate([mine(), desk.fromDevice(url, 'den'), desk.fromDevice(url, 'den'), mine()]);
    expect(await desk.row(url)).toMatchObject({ tally: { violence: 2 }, left_out: { network: 1 } });
  });

  it('keeps a reason that a vote gains which is left out, and still does not count it', async () => {
    const url = image();
    await desk.oneByOne(devices(url, 2, () => 'gains'));
    for (const reason of ['spam', 'hate'] as const) {
      await desk.oneByOne([desk.fromDevice(url, 'gains', { device: 'late', reason })]);
    }
    const { imageId } = done(await desk.publish(url, 'unprotect'));
    expect(await desk.row(url)).toMatchObject({ tally: { violence: 2 }, left_out: { network: 1 } });
    expect(await desk.count('vote', `image_id = ${imageId} and reasons = '{hate,spam}'`)).toBe(1);
  });

  it('begins anew after a keep', async () => {
    const url = image();
    const [, , third] = await desk.oneByOne(devices(url, 3, () => 'kept'));
    if (third === undefined) throw new Error('no report');
    await desk.decide(third, 'keep');
    expect(await desk.row(url)).toMatchObject({ round: 2, tally: {}, left_out: {} });
    await desk.oneByOne(devices(url, 3, () => 'kept'));
    expect(await desk.row(url)).toMatchObject({ tally: { violence: 2 }, left_out: { network: 1 } });
  });

  it('opens a case by votes that do not count, once as many have spoken as the site waits for', async () => {
    await desk.changeRule({ caseAt: 4 });
    const url = image();
    const outcomes = await desk.oneByOne(devices(url, 4, () => 'quiet'));
    expect(outcomes.map((outcome) => outcome.case?.status)).toEqual([
      undefined,
      undefined,
      undefined,
      'open',
    ]);
    await desk.changeRule({ caseAt: 1 });
  });

  it('opens a case again after a keep at K that count, from however few networks', async () => {
    await desk.changeRule({ reporters: 4 });
    const url = image();
    const first = await desk.reports(url, 1);
    await desk.decide(first, 'keep');
    const outcomes = await desk.oneByOne(devices(url, 4, (index) => ['a/x', 'b/y'][index % 2] ?? ''));
    expect(outcomes.map((outcome) => outcome.case?.status)).toEqual([
      undefined,
      undefined,
      undefined,
      'open',
    ]);
    await desk.changeRule({ reporters: 5 });
  });

  it('freezes in the evidence how many were left out, and why, and names no network', async () => {
    const url = image();
    await desk.oneByOne(devices(url, 4, () => 'crowd/isp'));
    const [, , last] = await desk.oneByOne(devices(url, 3, (index) => `proof-${index}`));
    expect(last?.visibility.blocked).toBe(true);
    const rows = await desk.dataSource.query<{ data: unknown }[]>(
      `select data from event where image_id = $1 and type = 'image.blocked'
       union all select evidence from block where image_id = $1`,
      [last?.imageId],
    );
    const evidence = { reporters: 5, tally: { violence: 5 }, leftOut: { network: 2 } };
    expect(rows).toMatchObject([{ data: { evidence } }, { data: evidence }]);
  });
});

describe('what network caps cost', () => {
  const statementsOf = (commands: readonly ImageCommand[]): Promise<string[]> =>
    statementNames(desk.database, commands);
  const OWN = ['load-taken-places', 'load-device-accounts', 'save-device-accounts', 'link-votes'];
  const own = (names: readonly string[]): string[] => names.filter((name) => OWN.includes(name));

  it('is no statement for votes that they do not hold for', async () => {
    const [known, made] = [image(), image()];
    await desk.reports(known, 1);
    const names = await statementsOf([desk.report(known), desk.fromAccount(made, 'old friend', null)]);
    expect(names).toContain('insert-votes');
    expect(own(names)).toEqual([]);
  });

  it('is one statement for a batch with votes that they hold for, and none for an image that it makes', async () => {
    const [known, made] = [image(), image()];
    await desk.reports(known, 1);
    expect(
      own(await statementsOf([...devices(known, 2, () => 'a'), ...devices(made, 2, () => 'b')])),
    ).toEqual(['load-device-accounts', 'load-taken-places']);
    expect(own(await statementsOf(devices(image(), 2, () => 'c')))).toEqual(['load-device-accounts']);
  });

  it('is no statement where the rule lifts them', async () => {
    await desk.changeRule({ perNetwork: 1_000, minNetworks: 1 });
    const known = image();
    await desk.reports(known, 1);
    expect(own(await statementsOf(devices(known, 5, () => 'a')))).toEqual(['load-device-accounts']);
    await desk.changeRule({ perNetwork: 2, minNetworks: 3 });
  });

  it('is no write for a device that is known to be this account’s', async () => {
    await desk.oneByOne([desk.fromAccount(image(), 'steady', 'same')]);
    const names = await statementsOf([desk.fromAccount(image(), 'steady', 'same')]);
    expect(own(names)).toEqual(['load-device-accounts']);
  });
});

describe('the undo of a keep', () => {
  it('does not block by votes that came since from too few networks', async () => {
    await desk.changeRule({ reporters: 4 });
    const url = image();
    const kept = done(await desk.decide(await desk.reports(url, 1), 'keep'));
    await desk.oneByOne(devices(url, 3, (index) => ['a/x', 'b/y'][index % 2] ?? ''));
    await desk.changeRule({ reporters: 3 });
    const undone = await desk.undo(kept, true);
    expect(await desk.row(url)).toMatchObject({ tally: { violence: 3 }, blocked: false });
    expect(undone).toMatchObject({ ok: true });
    await desk.changeRule({ reporters: 5 });
  });
});

describe('200 votes at the same moment, by two processes', () => {
  it('count exactly as often as the network may, five times over', async () => {
    const beside = await desk.beside();
    for (let round = 0; round < 5; round += 1) {
      const url = image();
      if (round % 2 === 0) await desk.oneByOne(devices(url, 1, () => 'race'));
      await atOnce(
        devices(url, 200, () => 'race'),
        beside,
      );
      const { left_out: left, tally } = await desk.row(url);
      expect({ tally, left }).toEqual({
        tally: { violence: 2 },
        left: { network: 198 + (round % 2 === 0 ? 1 : 0) },
      });
    }
    await beside.close();
  });
});

describe('the severe reason', () => {
  const severe = (url: string, where: string, minted?: string) =>
    desk.fromDevice(url, where, { reason: 'child_abuse', ...(minted === undefined ? {} : { minted }) });
  const blocked = async (...reports: ReturnType<typeof severe>[]): Promise<boolean[]> =>
    (await desk.oneByOne(reports)).map(({ visibility }) => visibility.blocked);

  beforeEach(async () => {
    await desk.dataSource.query(`update block set since = since - interval '2 hours'`);
  });

  it('blocks alone once a day for a network, and for one in which devices are minted', async () => {
    expect(await blocked(severe(image(), 'once'), severe(image(), 'once'))).toEqual([true, false]);
    expect(await blocked(severe(image(), 'bus', 'once'))).toEqual([false]);
    expect(await blocked(severe(image(), 'train', 'depot'), severe(image(), 'depot'))).toEqual([true, false]);
    await desk.dataSource.query(`update vote set severe_at = severe_at - interval '25 hours'`);
    await desk.dataSource.query(`update block set since = since - interval '2 hours'`);
    expect(await blocked(severe(image(), 'once'))).toEqual([true]);
  });

  it('blocks alone once for a network among votes that arrive together', async () => {
    const urls = [image(), image(), image()];
    await desk.neck.moderate(urls.map((url) => severe(url, 'together')));
    const states = await Promise.all(urls.map(async (url) => (await desk.row(url))['blocked']));
    expect(states.filter(Boolean)).toHaveLength(1);
  });

  it('blocks beyond its budget by two from two networks, not by two from one', async () => {
    expect(await blocked(severe(image(), 'spent'))).toEqual([true]);
    const url = image();
    expect(await blocked(severe(url, 'spent'), severe(url, 'spent'))).toEqual([false, false]);
    expect(await blocked(severe(image(), 'other'))).toEqual([true]);
    expect(await blocked(severe(url, 'other'))).toEqual([true]);
  });

  it('blocks beyond its budget by none of a wide network, but by one of two, or by one that is not capped', async () => {
    const places = ['h1/hoster', 'h2/hoster', 'h3/hoster'];
    for (const place of places) expect(await blocked(severe(image(), place))).toEqual([true]);
    const url = image();
    expect(await blocked(...places.map((place) => severe(url, place)))).toEqual([false, false, false]);
    expect(await blocked(severe(image(), 'h4/another'))).toEqual([false]);
    expect(await blocked(severe(url, 'h4/another'))).toEqual([true]);
    const second = image();
    expect(await blocked(severe(second, 'h1/hoster'))).toEqual([false]);
    const [vouched] = await desk.oneByOne([desk.fromAccount(second, 'reader', null, 'child_abuse')]);
    expect(vouched?.visibility.blocked).toBe(true);
  });

  it('opens an urgent case by a vote that does not count', async () => {
    const url = image();
    await desk.oneByOne(devices(url, 2, () => 'urgent'));
    const [third] = await desk.oneByOne([severe(url, 'urgent')]);
    expect(third?.visibility.blocked).toBe(false);
    expect(third?.case).toMatchObject({ severe: true });
    expect(third?.case?.priority).toBeGreaterThanOrEqual(100_000);
    expect(await desk.row(url)).toMatchObject({ left_out: { network: 1 } });
  });

  it('has no budget per network where the rule says that networks tell nothing', async () => {
    await desk.changeRule({ perNetwork: 1_000, minNetworks: 1 });
    expect(await blocked(severe(image(), 'all'), severe(image(), 'all'))).toEqual([true, true]);
    await desk.changeRule({ perNetwork: 2, minNetworks: 3 });
  });
});

describe('images that become one', () => {
  it('admit their votes again, in order of time, and keep what was left out', async () => {
    const [one, two] = [image(), image()];
    await desk.oneByOne([...devices(one, 3, () => 'merge/x'), ...devices(two, 3, () => 'merge/x')]);
    const id = `photo-${(n += 1)}`;
    await desk.bindings.bind(desk.siteId, id, [one, two]);
    expect(await desk.row(id)).toMatchObject({ tally: { violence: 2 }, left_out: { network: 4 } });
  });

  it('count a reporter who counted on either, and one who is not capped on either is not', async () => {
    const [one, two, id] = [image(), image(), `photo-${(n += 1)}`];
    await desk.oneByOne([
      ...devices(one, 2, () => 'both/x'),
      desk.fromDevice(one, 'both/x', { device: 'everywhere' }),
      desk.fromDevice(two, 'free/y', { device: 'everywhere', reason: 'hate' }),
    ]);
    await desk.bindings.bind(desk.siteId, id, [one, two]);
    expect(await desk.row(id)).toMatchObject({ tally: { violence: 2, 'violence+hate': 1 }, left_out: {} });
  });

  it('are not blocked by the sum of a network’s votes', async () => {
    const images = [image(), image(), image()];
    const id = `photo-${(n += 1)}`;
    for (const url of images) await desk.oneByOne(devices(url, 2, (index) => ['a/x', 'b/y'][index] ?? ''));
    await desk.bindings.bind(desk.siteId, id, images);
    expect(await desk.row(id)).toMatchObject({
      tally: { violence: 4 },
      left_out: { network: 2 },
      blocked: false,
    });
  });
});
