import { ChangeCursors } from '../../src/publishing/change-cursor.js';
import { ChangeFeed } from '../../src/visibility/change-feed.js';
import { FeedEpoch } from '../../src/visibility/feed-epoch.js';
import { Service, type TestSite } from '../setup/service.js';
import { until } from '../setup/until.js';
import { BLOCKED_NAMES, type FeedItem, FoldedFeed } from './fold-feed.js';

interface Changes {
  readonly changes: readonly (FeedItem & { readonly at: string })[];
  readonly cursor: string;
  readonly more: boolean;
  readonly asOf: string;
}

let service: Service;
let site: TestSite;
let n = 0;
const image = (): string => `https://cdn.example.ma/changes/${(n += 1)}.jpg`;

beforeAll(async () => {
  service = await Service.open();
  site = await service.site();
});
afterAll(async () => {
  await service.close();
});

const changes = async (query: Record<string, string> = {}, key = site.secretKey) => {
  const { status, body } = await service.ask<Changes & { type: string; detail: string }>(
    'GET',
    `/v1/changes?${new URLSearchParams(query).toString()}`,
    key,
  );
  return { status, ...body };
};
const block = (url: string, reason = 'privacy') =>
  service.ask('PUT', '/v1/images/block', site.secretKey, { image: { url }, reason });
const unblock = (url: string) =>
  service.ask('DELETE', `/v1/images/block?${new URLSearchParams({ url }).toString()}`, site.secretKey);
const bind = (id: string, ...urls: string[]) =>
  service.ask('PUT', '/v1/images/addresses', site.secretKey, { id, urls });

/** All that changed since a cursor, page by page; waits until the last change has arrived. */
async function all(cursor: string, limit: number, last: (item: FeedItem) => boolean): Promise<FeedItem[]> {
  const found: FeedItem[] = [];
  await until(async () => {
    const page = await changes({ cursor, limit: String(limit), wait: '1' });
    expect(page.status).toBe(200);
    found.push(...page.changes);
    cursor = page.cursor;
    return !page.more && found.some(last);
  });
  return found;
}

it('begins now without a cursor, and tells every change after it in order, with all that the contract names', async () => {
  const before = await changes();
  const early = image();
  await block(early);
  await all(before.cursor, 100, (item) => item.image.url === early);
  const { cursor, changes: none, more } = await changes();
  expect({ none, more }).toEqual({ none: [], more: false });
  const url = image();
  await block(url);
  await unblock(url);
  const told = await all(cursor, 100, ({ version }) => version === 2);
  expect(told).toEqual([
    {
      image: { url, addresses: [] },
      blocked: true,
      reason: 'privacy',
      version: 1,
      at: expect.any(String) as string,
    },
    { image: { url, addresses: [] }, blocked: false, version: 2, at: expect.any(String) as string },
  ]);
});

it('tells what was answered for a moment ago, and nothing of it to who begins now', async () => {
  for (let time = 0; time < 20; time += 1) {
    const { cursor } = await changes();
    const url = image();
    await block(url);
    expect((await changes({ cursor })).changes.map((item) => item.image.url)).toEqual([url]);
    await unblock(url);
    const now = await changes();
    expect((await changes({ cursor: now.cursor })).changes).toEqual([]);
  }
});

it('gives pages of the size that was asked for, and says whether there is more', async () => {
  const { cursor } = await changes();
  const urls = [image(), image(), image()];
  for (const url of urls) await block(url);
  await all(cursor, 100, (item) => item.image.url === urls[2]);
  const first = await changes({ cursor, limit: '2' });
  expect(first.changes.map((item) => item.image.url)).toEqual(urls.slice(0, 2));
  expect(first.more).toBe(true);
  const second = await changes({ cursor: first.cursor, limit: '2' });
  expect(second.changes.map((item) => item.image.url)).toEqual(urls.slice(2));
  expect(second.more).toBe(false);
  expect(Date.parse(second.asOf)).toBeGreaterThan(Date.now() - 60_000);
});

it('holds an answer back until something changes, and answers empty when the time is over', async () => {
  const { cursor } = await changes();
  const began = performance.now();
  const empty = await changes({ cursor, wait: '1' });
  expect(empty.changes).toEqual([]);
  expect(performance.now() - began).toBeGreaterThan(900);
  const waiting = changes({ cursor: empty.cursor, wait: '30' });
  const url = image();
  await block(url);
  expect((await waiting).changes.map((item) => item.image.url)).toEqual([url]);
});

it('serves a thousand who wait with no query for each', async () => {
  const { cursor } = await changes();
  const waiting = Array.from({ length: 1000 }, () => changes({ cursor, wait: '30' }));
  const feedQueries = jest.spyOn(service.database, 'inIndexedTransaction');
  const url = image();
  await block(url);
  const answers = await Promise.all(waiting);
  expect(answers.every((answer) => answer.changes[0]?.image.url === url)).toBe(true);
  // The block's own transaction, and the looks at the log of one process: some for the doorbell, some for the clock.
  expect(feedQueries.mock.calls.length).toBeLessThan(20);
  feedQueries.mockRestore();
});

it('keeps sites apart', async () => {
  const other = await service.site('neighbour');
  const { cursor } = await changes({}, other.secretKey);
  const mine = await changes();
  const url = image();
  await block(url);
  await all(mine.cursor, 100, (item) => item.image.url === url);
  expect((await changes({ cursor }, other.secretKey)).changes).toEqual([]);
});

it('names what is wrong with limit and wait', async () => {
  const { status, errors } = (await changes({ limit: '0', wait: '61' })) as unknown as {
    status: number;
    errors: { pointer: string }[];
  };
  expect(status).toBe(422);
  expect(errors.map(({ pointer }) => pointer).sort()).toEqual(['/limit', '/wait']);
});

describe('behaviour 43: a cursor that is no good answers 410 and says what to do', () => {
  const refused = async (cursor: string, key = site.secretKey) => {
    const { status, type, detail } = await changes({ cursor }, key);
    const stream = await service.ask<{ type: string }>(
      'GET',
      `/v1/changes/stream?${new URLSearchParams({ cursor }).toString()}`,
      key,
    );
    expect([stream.status, stream.body.type]).toEqual([410, '/problems/cursor-expired']);
    return { status, type, detail };
  };
  const gone = (why: string) => ({
    status: 410,
    type: '/problems/cursor-expired',
    detail: expect.stringMatching(new RegExp(`${why}.*block list`)) as string,
  });

  it('garbage, nothing at all, and one that was changed', async () => {
    const { cursor } = await changes();
    expect(await refused('garbage')).toEqual(gone('no cursor'));
    for (const none of ['', 'a\0b', '\0', 'x'.repeat(5_000), '🚨'])
      expect(await refused(none)).toEqual(gone('no cursor'));
    for (const at of [0, 20, cursor.length - 1]) {
      const changed = cursor.slice(0, at) + (cursor[at] === 'A' ? 'B' : 'A') + cursor.slice(at + 1);
      expect(await refused(changed)).toEqual(gone('no cursor'));
    }
  });

  it('another site’s', async () => {
    const stranger = await service.site('stranger');
    const { cursor } = await changes({}, stranger.secretKey);
    expect(await refused(cursor)).toEqual(gone('another site'));
  });

  it('from the future', async () => {
    // Another process of the same installation gave it out, before the database went back.
    const feed = service.app.get(ChangeFeed, { strict: false });
    const cursors = service.app.get(ChangeCursors, { strict: false });
    const seq = feed.head + 1_000_000;
    expect(await refused(cursors.seal({ epoch: feed.epoch ?? '', siteId: site.id, seq }))).toEqual(
      gone('future'),
    );
  });

  it('of another epoch, also for those who are waiting', async () => {
    const { cursor } = await changes();
    const waiting = changes({ cursor, wait: '30' });
    await new FeedEpoch(service.database).raise('operator');
    expect(await waiting).toMatchObject(gone('restored'));
    expect(await refused(cursor)).toEqual(gone('restored'));
    expect((await changes()).status).toBe(200);
  });
});

it('behaviour 42: the block list and what changed since, folded by version, give the table, merged and renamed images included', async () => {
  const early = [image(), image(), image(), image(), image()] as const;
  const [a, b, c, d, e] = early;
  for (const url of [a, b, c]) await block(url);
  await bind('moves', d);
  await service.ask('PUT', '/v1/images/block', site.secretKey, { image: { id: 'moves' }, reason: 'hate' });
  const start = await service.ask('GET', '/v1/blocklist', site.secretKey);
  const lines = start.text.trim().split('\n');
  const cursor = String(start.headers['vigie-cursor']);

  await bind('renamed', a);
  await unblock(b);
  await block(b, 'hate');
  await bind('merged', e);
  await bind('merged', b, c);
  await bind('target', d);
  await service.ask('DELETE', '/v1/images/block?id=merged', site.secretKey);
  await service.ask('PUT', '/v1/images/block', site.secretKey, { image: { id: 'target' }, reason: 'spam' });
  await bind('late', image());
  await service.ask('PUT', '/v1/images/block', site.secretKey, { image: { id: 'late' }, reason: 'spam' });
  const last = image();
  await block(last);

  const told = await all(cursor, 3, (item) => item.image.url === last);
  const rows = await service.database.dataSource.query<{ line: string }[]>(BLOCKED_NAMES, ['example']);
  const table = rows.map(({ line }) => line).sort();
  const fold = (items: readonly FeedItem[]): string[] => {
    const folded = new FoldedFeed();
    for (const item of [...lines.map((line) => JSON.parse(line) as FeedItem), ...items]) folded.take(item);
    return folded.blocked;
  };
  expect(fold(told)).toEqual(table);
  // Twice, and out of order: version decides.
  expect(fold([...told, ...told].reverse())).toEqual(table);
  // From a process that has just started, and from Postgres alone.
  const beside = await service.beside();
  const anew = await beside.ask<Changes>(
    'GET',
    `/v1/changes?${new URLSearchParams({ cursor, limit: '1000' }).toString()}`,
    site.secretKey,
  );
  expect(fold(anew.body.changes)).toEqual(table);
  await beside.close();
});
