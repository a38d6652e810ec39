import { Logger } from '@nestjs/common';
import { loadConfig } from '../../src/config/load-config.js';
import type { AddressRules } from '../../src/core/address-rules.js';
import { addressRulesTag } from '../../src/database/address-rules-tag.js';
import { loadReaddressing } from '../../src/database/statements/images/readdress-images.js';
import { reconcileAddresses } from '../../src/database/statements/reconcile/reconcile-addresses.js';
import { Dispatcher } from '../../src/jobs/dispatcher.js';
import { JobHandlers } from '../../src/jobs/job-handlers.js';
import { stage } from '../../src/jobs/stage.js';
import { READDRESS_IMAGES } from '../../src/moderation/readdress.js';
import { ReaddressImages } from '../../src/moderation/readdress-images.js';
import { addressKey, keysOf } from '../../src/moderation/wanted-key.js';
import { Desk, done } from '../setup/desk.js';

const ALL_BUT_DATE = ['nextTick', 'setImmediate', 'setTimeout', 'setInterval', 'performance'] as const;
const SIZES: AddressRules = { ignoreParameters: ['w'], removePaths: ['/resize/{digits}x/'] };

let desk: Desk;
let n = 0;
/** A picture's address, and in two sizes. */
const picture = () => {
  const name = `${(n += 1)}.jpg`;
  const url = `https://cdn.example.ma/${name}`;
  return { url, small: `${url}?w=300`, large: `https://cdn.example.ma/resize/900x/${name}` };
};

beforeAll(async () => {
  Logger.overrideLogger(false);
  desk = await Desk.open();
});
afterAll(async () => {
  await desk.close();
});

const setRules = (rules: AddressRules, siteId = desk.siteId) =>
  desk.dataSource.query('update site set address_rules = $2, readdressing = null where id = $1', [
    siteId,
    JSON.stringify(rules),
  ]);

const running = { signal: new AbortController().signal };

/** The job, from its first run to its last. */
async function readdress(rules: AddressRules, site = desk.siteId): Promise<string[]> {
  await setRules(rules, site);
  const handler = new ReaddressImages(desk.database, desk.index, { run: 60_000, lookAgain: 0 });
  const said: string[] = [];
  for (;;) {
    const result = await handler.run({ site, rules: addressRulesTag(rules) }, running);
    if ('done' in result) return said;
    said.push(result.why);
  }
}

/** What a process knows that begins now, and what one does that was there. */
const seen = (): Promise<void> => desk.follower().load();

describe('images whose site has new address rules', () => {
  it('take the address that the rules make of theirs, and are found by the old one as ever', async () => {
    const { url, small, large } = picture();
    const reported = await desk.reports(small, 5);
    await readdress(SIZES);
    expect(await desk.row(url)).toMatchObject({ id: reported.imageId, key: url, key_kind: 'url' });
    expect(await desk.row(small)).toMatchObject({
      id: reported.imageId,
      tally: { violence: 5 },
      blocked: true,
    });
    // At once, and not only once this process has read its own log.
    expect(desk.blockedHere(url)).toBe(true);
    await seen();
    expect([url, small].every((address) => desk.blockedHere(address))).toBe(true);
    const site = { id: desk.siteId, addressRules: SIZES };
    expect(
      desk.index.firstOf(keysOf(addressKey(site, large, '', false)).map(({ hash }) => hash)),
    ).not.toBeNull();
    // The image itself did not change, so nobody who follows it must think so.
    expect(await desk.row(url)).toMatchObject({ version: 1 });
    expect(await desk.events(url)).toEqual(expect.arrayContaining(['image.blocked', 'addresses.bound']));
  });

  it('become one where the rules say so, with their votes merged one per reporter, and one block', async () => {
    const { url, small, large } = picture();
    for (const reporter of ['a', 'b', 'c']) await desk.oneByOne([desk.report(small, 'violence', reporter)]);
    for (const reporter of ['c', 'd', 'e']) await desk.oneByOne([desk.report(large, 'hate', reporter)]);
    const blocks = await desk.count('event', `type = 'image.blocked'`);
    await readdress(SIZES);
    expect(await desk.row(url)).toMatchObject({
      tally: { violence: 2, hate: 2, 'violence+hate': 1 },
      blocked: true,
      review_state: 'open',
    });
    const { id } = await desk.row(url);
    for (const address of [small, large]) expect((await desk.row(address))['id']).toBe(id);
    expect(await desk.count('block', `image_id = ${String(id)}`)).toBe(1);
    expect(await desk.count('event', `type = 'image.blocked'`)).toBe(blocks + 1);
    await seen();
    expect([url, small, large].every((address) => desk.blockedHere(address))).toBe(true);
    expect(await desk.wrongTallies()).toEqual([]);
  });

  it('are bound by the rules, and by the site where it said so itself', async () => {
    const { url, small, large } = picture();
    await desk.reports(small, 1);
    await desk.bindings.bind(desk.siteId, `word-${n}`, [large]);
    await readdress(SIZES);
    const rows = await desk.dataSource.query<{ url: string; by: string }[]>(
      'select url, bound_by as by from address where url = any ($1)',
      [[url, small, large]],
    );
    expect(Object.fromEntries(rows.map(({ url: at, by }) => [at, by]))).toEqual({
      [url]: 'rules',
      [small]: 'rules',
      [large]: 'site',
    });
  });

  it('go to the image that the site knows by an id of its own, which stays', async () => {
    const { url, small, large } = picture();
    const id = `photo-${(n += 1)}`;
    await desk.bindings.bind(desk.siteId, id, [url]);
    await desk.reports(small, 3);
    await desk.reports(large, 2);
    await readdress(SIZES);
    expect(await desk.row(id)).toMatchObject({
      key: id,
      key_kind: 'id',
      tally: { violence: 5 },
      blocked: true,
    });
    for (const address of [url, small, large]) expect((await desk.row(address))['key']).toBe(id);
  });

  it('are found by what the rules make of an address that the site bound', async () => {
    const { url, small, large } = picture();
    const id = `photo-${(n += 1)}`;
    await desk.bindings.bind(desk.siteId, id, [small]);
    await desk.reports(large, 2);
    await desk.reports(id, 3);
    await readdress(SIZES);
    for (const address of [url, small, large]) expect((await desk.row(address))['key']).toBe(id);
    expect(await desk.row(id)).toMatchObject({ tally: { violence: 5 }, blocked: true });
  });

  it('stay apart where the site knows both by ids of its own', async () => {
    const { url, small, large } = picture();
    await desk.bindings.bind(desk.siteId, `one-${url}`, [small]);
    await desk.bindings.bind(desk.siteId, `two-${url}`, [large]);
    await readdress(SIZES);
    expect((await desk.row(small))['key']).toBe(`one-${url}`);
    expect((await desk.row(large))['key']).toBe(`two-${url}`);
    // The older one has what both would be.
    expect((await desk.row(url))['key']).toBe(`one-${url}`);
  });

  it('lose no address when they are joined more than once', async () => {
    const { url, small, large } = picture();
    await desk.reports(small, 1);
    await readdress({ ignoreParameters: ['w'] });
    await desk.reports(large, 1);
    await readdress(SIZES);
    const id = `photo-${(n += 1)}`;
    const other = `https://img.example.ma/${(n += 1)}.jpg`;
    await desk.reports(other, 1);
    await desk.bindings.bind(desk.siteId, id, [other]);
    await desk.bindings.bind(desk.siteId, id, [url]);
    for (const address of [url, small, large, other]) expect((await desk.row(address))['key']).toBe(id);
    expect(await desk.row(id)).toMatchObject({ tally: { violence: 3 } });
    expect(await desk.database.inTransaction((tx) => reconcileAddresses(tx))).toEqual([]);
  });

  it('stay as they are when the rules are taken away again, and when nothing is to be done', async () => {
    const { url, small, large } = picture();
    await desk.reports(small, 2);
    await desk.reports(large, 2);
    await readdress(SIZES);
    const events = await desk.count('event');
    await readdress({});
    await readdress(SIZES);
    expect(await desk.count('event')).toBe(events);
    expect((await desk.row(small))['id']).toBe((await desk.row(large))['id']);
    expect(await desk.row(url)).toMatchObject({ tally: { violence: 4 } });
  });

  it('are left alone on other sites', async () => {
    const { small } = picture();
    const other = await desk.site(`other-${(n += 1)}`);
    const own = desk.siteId;
    desk.siteId = other;
    await desk.reports(small, 2);
    const before = await desk.row(small);
    desk.siteId = own;
    await desk.reports(small, 2);
    await readdress(SIZES);
    desk.siteId = other;
    expect(await desk.row(small)).toEqual(before);
    desk.siteId = own;
  });
});

describe('the job that readdresses images', () => {
  it('says how far it came, and looks once more at what was made meanwhile by processes with old settings', async () => {
    const { url, small, large } = picture();
    await desk.reports(small, 1);
    await setRules(SIZES);
    const handler = new ReaddressImages(desk.database, desk.index, { run: 60_000, lookAgain: 5 });
    const job = { site: desk.siteId, rules: addressRulesTag(SIZES) };
    const first = await handler.run(job, running);
    if (!('inSeconds' in first)) throw new Error('it is not done yet');
    expect(first.why).toMatch(/^\d+ images looked at, \d+ readdressed, \d+ joined: looks once more/);
    expect(first.inSeconds).toBe(5);
    await desk.reports(large, 1);
    expect(await handler.run(job, running)).toEqual({ done: true });
    expect(await desk.row(url)).toMatchObject({ tally: { violence: 2 } });
  });

  it.each([
    ['an hour behind', -3_600_000],
    ['an hour ahead', 3_600_000],
  ])('names its times by the database’s clock, while that of the process is %s', async (_, shift) => {
    await desk.reports(picture().small, 1);
    const rules: AddressRules = { ...SIZES, ignoreParameters: ['w', `h${shift}`] };
    await setRules(rules);
    const job = { site: desk.siteId, rules: addressRulesTag(rules) };
    /** Seconds until it comes again, when it has run that way. */
    const comesIn = async (times: { run: number; lookAgain: number }): Promise<number> => {
      await desk.dataSource.query('truncate job');
      await desk.database.inTransaction(async (tx) => {
        stage(tx, [{ kind: READDRESS_IMAGES, payload: job }]);
        return Promise.resolve();
      });
      const handlers = new JobHandlers([new ReaddressImages(desk.database, desk.index, times)]);
      const dispatcher = new Dispatcher(desk.database, () => handlers, loadConfig({}).jobs);
      expect(await dispatcher.runOnce()).toEqual({ again: 1 });
      const [row] = await desk.dataSource.query<{ seconds: number }[]>(
        'select extract(epoch from run_at - clock_timestamp())::float8 as seconds from job',
      );
      return row?.seconds ?? Number.NaN;
    };
    jest.useFakeTimers({ doNotFake: [...ALL_BUT_DATE] });
    try {
      jest.setSystemTime(Date.now() + shift);
      const goesOn = await comesIn({ run: 0, lookAgain: 60 });
      expect(goesOn).toBeLessThanOrEqual(0);
      expect(goesOn).toBeGreaterThan(-60);
      const looksAgain = await comesIn({ run: 60_000, lookAgain: 60 });
      expect(looksAgain).toBeLessThanOrEqual(60);
      expect(looksAgain).toBeGreaterThan(0);
    } finally {
      jest.useRealTimers();
    }
  });

  it('goes on where it ended, one chunk after the other', async () => {
    const { url, small } = picture();
    await desk.reports(small, 1);
    const rules: AddressRules = { ...SIZES, ignoreWww: true };
    await setRules(rules);
    const handler = new ReaddressImages(desk.database, desk.index, { run: 0, lookAgain: 0 });
    const job = { site: desk.siteId, rules: addressRulesTag(rules) };
    const first = await handler.run(job, running);
    if ('done' in first) throw new Error('it is not done yet');
    expect(first.why).toMatch(/: goes on$/);
    const found = await loadReaddressing(desk.database, desk.siteId);
    expect(found?.progress).toMatchObject({ rules: addressRulesTag(rules), looked: false });
    expect(Number(found?.progress?.after)).toBeGreaterThan(0);
    expect(await desk.row(url)).toMatchObject({ tally: { violence: 1 } });
  });

  it('leaves what follows to the job of newer rules', async () => {
    const { small } = picture();
    await desk.reports(small, 1);
    await setRules({ ...SIZES, sortParameters: true });
    const handler = new ReaddressImages(desk.database, desk.index);
    const old = { site: desk.siteId, rules: addressRulesTag(SIZES) };
    expect(await handler.run(old, running)).toEqual({ done: true });
    expect((await desk.row(small))['key']).toBe(small);
    expect(await handler.run({ ...old, site: '999999' }, running)).toEqual({ done: true });
  });

  it('loses no vote to readers who report at the same moment', async () => {
    const pictures = Array.from({ length: 10 }, picture);
    const site = { id: desk.siteId, addressRules: SIZES };
    const reports = pictures.flatMap(({ small, large }) =>
      [small, large].flatMap((address) => [
        // As processes see it that know the new rules, and such as do not yet.
        ...Array.from({ length: 3 }, () => desk.report(address)),
        ...Array.from({ length: 3 }, () => ({
          ...desk.report(address),
          target: { keys: keysOf(addressKey(site, address, '', true)) },
        })),
      ]),
    );
    await desk.neck.moderate(reports.filter((_, index) => index % 2 === 0));
    const rest = reports.filter((_, index) => index % 2 === 1).map((report) => desk.neck.moderateOne(report));
    await Promise.all([readdress(SIZES), readdress(SIZES), ...rest]);
    for (const outcome of await Promise.all(rest)) done(outcome);
    await readdress({});
    await readdress(SIZES);
    for (const { url, small, large } of pictures) {
      expect(await desk.row(url)).toMatchObject({ tally: { violence: 12 }, blocked: true });
      for (const address of [small, large]) expect((await desk.row(address))['key']).toBe(url);
    }
    expect(await desk.wrongTallies()).toEqual([]);
    expect(await desk.database.inTransaction((tx) => reconcileAddresses(tx))).toEqual([]);
    await seen();
    expect(
      pictures.flatMap(({ url, small, large }) => [url, small, large]).every((url) => desk.blockedHere(url)),
    ).toBe(true);
  });
});
