import type { ServerResponse } from 'node:http';
import { ChangeStreams } from '../../src/publishing/change-streams.js';
import { BlockIndex } from '../../src/visibility/block-index.js';
import { ChangeFeed } from '../../src/visibility/change-feed.js';
import { Service, type TestSite } from '../setup/service.js';
import { until } from '../setup/until.js';
import { StreamReader } from './read-stream.js';

let service: Service;
let site: TestSite;
let port: number;
const readers: StreamReader[] = [];
let n = 0;
const image = (): string => `https://cdn.example.ma/streamed/${(n += 1)}.jpg`;

beforeEach(async () => {
  service = await Service.open();
  site = await service.site();
  await listen();
});
afterEach(async () => {
  for (const reader of readers.splice(0)) reader.close();
  await service.close();
});

async function listen(): Promise<void> {
  await service.app.listen(0, '127.0.0.1');
  ({ port } = service.app.getHttpServer().address() as { port: number });
}

function read(headers: Record<string, string> = {}, query = '', key = site.secretKey): Promise<StreamReader> {
  const reader = new StreamReader(port, key, headers, query);
  readers.push(reader);
  return reader.open();
}

const block = (url: string) =>
  service.ask('PUT', '/v1/images/block', site.secretKey, { image: { url }, reason: 'privacy' });
const urls = (reader: StreamReader): unknown[] =>
  reader.events.map(({ data }) => (data['image'] as { url: string }).url);

it('says how fresh it is and where it begins, then every change with its cursor as id', async () => {
  const reader = await read();
  expect(reader.headers).toMatchObject({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  expect(reader.headers['x-request-id']).toBeDefined();
  expect(reader.comments[0]).toMatch(/^asOf \d{4}-\d\d-\d\dT/);
  const url = image();
  await block(url);
  await reader.has(1);
  expect(reader.events[0]?.data).toEqual({
    image: { url, addresses: [] },
    blocked: true,
    reason: 'privacy',
    version: 1,
    at: expect.any(String) as string,
  });
});

it('resumes after Last-Event-ID, after ?cursor=, and by the header where both are sent', async () => {
  const first = await read();
  const begin = first.lastId;
  const all = [image(), image(), image()];
  for (const url of all) await block(url);
  await first.has(3);
  const second = await read({ 'last-event-id': first.events[0]?.id ?? '' });
  await second.has(2);
  expect(urls(second)).toEqual(all.slice(1));
  const third = await read({}, `?cursor=${begin}`);
  await third.has(3);
  expect(urls(third)).toEqual(all);
  const both = await read({ 'last-event-id': first.events[1]?.id ?? '' }, `?cursor=${begin}`);
  await both.has(1);
  expect(urls(both)).toEqual(all.slice(2));
});

it('reads what is older than its memory from Postgres, all of it, page by page', async () => {
  const { cursor } = (await service.ask<{ cursor: string }>('GET', '/v1/changes', site.secretKey)).body;
  await service.database.dataSource.query(
    `with made as (
       insert into image (site_id, key_kind, key, key_hash, blocked, shown_reason, since, version)
       select $1::bigint, 'id', 'many-' || n, decode(md5('many' || n), 'hex'), true, 'spam', now(), 1
       from generate_series(1, 6000) n
       returning id)
     insert into event (site_id, image_id, type, actor_kind, visibility)
     select $1::bigint, id, 'test', 'rule', '{"blocked": true, "version": 1, "reason": "spam", "since": 0, "reviewed": false}'
     from made order by id`,
    [site.id],
  );
  const beside = await service.beside();
  await beside.app.listen(0, '127.0.0.1');
  const address = beside.app.getHttpServer().address() as { port: number };
  const reader = new StreamReader(address.port, site.secretKey, { 'last-event-id': cursor });
  readers.push(reader);
  await reader.has(6000);
  const ids = reader.events.map(({ data }) => (data['image'] as { id: string }).id);
  expect(new Set(ids).size).toBe(6000);
  expect(ids[0]).toBe('many-1');
  expect(ids.at(-1)).toBe('many-6000');
  reader.close();
  await beside.close();
});

it('ends when the process stops, before the server closes', async () => {
  const reader = await read();
  const poll = service.ask('GET', '/v1/changes?wait=60', site.secretKey);
  await until(() => reader.lastId !== '');
  const began = performance.now();
  await service.app.close();
  expect((await poll).status).toBe(200);
  expect(performance.now() - began).toBeLessThan(5_000);
  await until(() => reader.over);
  expect(reader.comments.at(-1)).toContain('connect again');
});

it('keeps one change and no more in memory for a reader who is stuck, drops them, and goes on where they were', async () => {
  await service.close();
  service = await Service.open(
    {},
    { feed: { maxStreams: 9, maxWaiting: 9, streamPatienceSeconds: 1, listPatienceSeconds: 8 } },
  );
  site = await service.site();
  await listen();
  const streams = service.app.get(ChangeStreams, { strict: false });
  const feed = service.app.get(ChangeFeed, { strict: false });
  let answer: ServerResponse | undefined;
  service.app.getHttpServer().on('request', (_: unknown, response: ServerResponse) => (answer ??= response));
  const reader = await read();
  const begin = reader.lastId;
  reader.pause();
  // More than all the buffers of the connection take.
  const addresses = Array.from(
    { length: 100 },
    (_, at) => `https://cdn.example.ma/${'x'.repeat(1900)}/${at}.jpg`,
  );
  const { head } = feed;
  const COUNT = 150;
  for (let seq = head + 1; seq <= head + COUNT; seq += 1) {
    const visibility = { blocked: true, version: 1, reason: 'hate', since: 0, reviewed: true } as const;
    const change = {
      seq,
      siteId: site.id,
      image: { id: `long-${seq}`, addresses },
      visibility,
      at: new Date(0),
    };
    feed.append([change], seq);
  }
  let most = 0;
  await until(() => {
    most = Math.max(most, answer?.writableLength ?? 0);
    return streams.size === 0;
  });
  expect(most).toBeGreaterThan(0);
  expect(most).toBeLessThan(400_000);
  reader.resume();
  await until(() => reader.over);
  const numbers = ({ events }: StreamReader) =>
    events.map(({ data }) => Number((data['image'] as { id: string }).id.slice(5)) - head);
  expect(numbers(reader).length).toBeLessThan(COUNT);
  const again = await read({ 'last-event-id': reader.events.at(-1)?.id ?? begin });
  await until(() => again.events.length + reader.events.length >= COUNT);
  expect([...numbers(reader), ...numbers(again)]).toEqual(Array.from({ length: COUNT }, (_, at) => at + 1));
});

it('goes on beating when the clock of the process is set back', async () => {
  const streams = service.app.get(ChangeStreams, { strict: false });
  const index = service.app.get(BlockIndex, { strict: false });
  const reader = await read();
  const anHourAgo = new Date(index.asOf.getTime() - 3_600_000);
  jest.spyOn(index, 'asOf', 'get').mockReturnValue(anHourAgo);
  await streams.beat();
  await until(() => reader.comments.includes(`asOf ${anHourAgo.toISOString()}`));
});

it('beats only when the log was looked at since, and ends when its key was revoked', async () => {
  const streams = service.app.get(ChangeStreams, { strict: false });
  const index = service.app.get(BlockIndex, { strict: false });
  const reader = await read();
  const asOf = () => reader.comments.filter((comment) => comment.startsWith('asOf')).length;
  const { asOf: told } = index;
  await until(() => index.asOf > told);
  await streams.beat();
  await until(() => asOf() === 2);
  const frozen = jest.spyOn(index, 'asOf', 'get').mockReturnValue(index.asOf);
  await streams.beat();
  await streams.beat();
  frozen.mockRestore();
  const admin = await service.staffToken('admin@vigie.ma', 'admin');
  const keys = await service.ask<{ items: { id: string; kind: string }[] }>(
    'GET',
    '/v1/sites/example/keys',
    admin,
  );
  const secret = keys.body.items.find(({ kind }) => kind === 'secret')?.id ?? '';
  await service.ask('DELETE', `/v1/sites/example/keys/${secret}`, admin);
  await until(async () => {
    await streams.beat();
    return reader.over;
  });
  expect(reader.comments.at(-1)).toContain('revoked');
  expect(asOf()).toBeGreaterThanOrEqual(2);
});

it('ends when the address rules of its site have changed, which only the head of a new one can say', async () => {
  const streams = service.app.get(ChangeStreams, { strict: false });
  const other = await service.site('ruled');
  const admin = await service.staffToken('rules@vigie.ma', 'admin');
  const headers = { authorization: `Bearer ${other.secretKey}` };
  const open = async () => fetch(`http://127.0.0.1:${port}/v1/changes/stream`, { headers });
  const first = await open();
  const tag = first.headers.get('vigie-address-rules');
  await streams.beat();
  await service.ask('PATCH', '/v1/sites/ruled', admin, { addressRules: { ignoreWww: true } });
  await streams.beat();
  expect(await first.text()).toContain('The address rules of the site have changed');
  const second = await open();
  expect(second.headers.get('vigie-address-rules')).not.toBe(tag);
  await second.body?.cancel();
});

it('answers HEAD with the head alone: no stream stays open for it', async () => {
  const headers = { authorization: `Bearer ${site.secretKey}` };
  const response = await fetch(`http://127.0.0.1:${port}/v1/changes/stream`, { method: 'HEAD', headers });
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
  expect(await response.text()).toBe('');
  expect(service.app.get(ChangeStreams).size).toBe(0);
});

it('is refused with a sentence when a process has as many as it may', async () => {
  await service.close();
  service = await Service.open(
    {},
    { feed: { maxStreams: 2, maxWaiting: 1, streamPatienceSeconds: 30, listPatienceSeconds: 8 } },
  );
  site = await service.site();
  await listen();
  await read();
  await read();
  const third = await read();
  expect(third.status).toBe(503);
  expect(third.headers['retry-after']).toBeDefined();
  readers[0]?.close();
  await until(async () => {
    const reader = await read();
    return reader.status === 200;
  });
});

it('leaves places to other sites, in streams and in long polls, whatever one of them opens', async () => {
  await service.close();
  service = await Service.open(
    {},
    { feed: { maxStreams: 10, maxWaiting: 10, streamPatienceSeconds: 30, listPatienceSeconds: 8 } },
  );
  site = await service.site();
  const other = await service.site('other');
  await listen();
  const many = await Promise.all(Array.from({ length: 9 }, () => read()));
  expect(many.map(({ status }) => status)).toEqual(Array(9).fill(200));
  expect((await read()).status).toBe(503);
  const theirs = await read({}, '', other.secretKey);
  expect(theirs.status).toBe(200);
  // All are taken now. Where one is given back, it is anybody's.
  expect((await read({}, '', other.secretKey)).status).toBe(503);
  theirs.close();
  await until(async () => (await read({}, '', other.secretKey)).status === 200);

  const gone = new AbortController();
  const wait = (key: string) =>
    fetch(`http://127.0.0.1:${port}/v1/changes?wait=20`, {
      headers: { authorization: `Bearer ${key}` },
      signal: gone.signal,
    });
  const statuses: number[] = [];
  const waiting = Array.from({ length: 10 }, () =>
    wait(site.secretKey).then(
      ({ status }) => statuses.push(status),
      () => undefined,
    ),
  );
  await until(() => statuses.length === 1);
  expect(statuses).toEqual([503]);
  let told: number | undefined;
  void wait(other.secretKey).then(({ status }) => (told = status));
  const url = 'https://cdn.other.ma/told.jpg';
  await until(async () => {
    await service.ask('PUT', '/v1/images/block', other.secretKey, { image: { url }, reason: 'privacy' });
    await service.ask('DELETE', `/v1/images/block?url=${url}`, other.secretKey);
    return told !== undefined;
  });
  expect(told).toBe(200);
  gone.abort();
  await Promise.all(waiting);
});
