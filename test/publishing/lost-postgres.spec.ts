/** What a process says and does while Postgres is out of reach: it answers what it knows, says how old that is, and recovers. */
import { loadConfig } from '../../src/config/load-config.js';
import { ChangeStreams } from '../../src/publishing/change-streams.js';
import { Proxy } from '../setup/proxy.js';
import { Service, type TestSite } from '../setup/service.js';
import { until } from '../setup/until.js';
import { StreamReader } from './read-stream.js';

interface Changes {
  readonly changes: { readonly image: { readonly url: string } }[];
  readonly cursor: string;
  readonly asOf: string;
}

let database: Service;
let cutOff: Service;
let proxy: Proxy;
let site: TestSite;
let reader: StreamReader;

beforeAll(async () => {
  database = await Service.open();
  site = await database.site();
  proxy = await Proxy.before(database.databaseUrl);
  const { visibility } = loadConfig({});
  cutOff = await database.beside(
    {},
    { databaseUrl: proxy.url, visibility: { ...visibility, staleAfterSeconds: 2 } },
  );
  await cutOff.app.listen(0, '127.0.0.1');
});
afterAll(async () => {
  reader.close();
  await cutOff.close();
  await proxy.close();
  await database.close();
});

const block = (url: string) =>
  database.ask('PUT', '/v1/images/block', site.secretKey, { image: { url }, reason: 'privacy' });
const changes = (query: Record<string, string> = {}) =>
  cutOff.ask<Changes & { detail: string }>(
    'GET',
    `/v1/changes?${new URLSearchParams(query).toString()}`,
    site.secretKey,
  );
const ready = async (): Promise<number> => (await cutOff.ask('GET', '/health/ready')).status;
const freshness = (): string[] => reader.comments.filter((comment) => comment.startsWith('asOf'));

it('answers from memory and says as of when, claims nothing new, is not ready after a while, and recovers by itself', async () => {
  const [known, missed] = ['https://cdn.example.ma/known.jpg', 'https://cdn.example.ma/missed.jpg'];
  const begin = (await changes()).body.cursor;
  await block(known);
  await until(async () => (await cutOff.state(site, { url: known })).body['blocked'] === true);
  const { port } = cutOff.app.getHttpServer().address() as { port: number };
  reader = await new StreamReader(port, site.secretKey, { 'last-event-id': begin }).open();
  await reader.has(1);
  expect(await ready()).toBe(200);
  const streams = cutOff.app.get(ChangeStreams, { strict: false });

  proxy.cut();
  await block(missed);
  const cut = Date.now();
  await until(async () => (await ready()) === 503);
  // States and changes that are known go on being answered; asOf does not move.
  expect((await cutOff.state(site, { url: known })).body['blocked']).toBe(true);
  expect((await cutOff.state(site, { url: missed })).body['blocked']).toBe(false);
  const told = (await changes({ cursor: begin })).body;
  expect(told.changes.map(({ image }) => image.url)).toEqual([known]);
  expect(Date.parse(told.asOf)).toBeLessThanOrEqual(cut);
  expect((await changes({ cursor: told.cursor, wait: '1' })).body).toMatchObject({
    changes: [],
    asOf: told.asOf,
  });
  await streams.beat();
  const claimed = freshness().length;
  await streams.beat();
  expect(freshness()).toHaveLength(claimed);
  for (const line of freshness()) expect(Date.parse(line.slice(5))).toBeLessThanOrEqual(cut);
  // What needs Postgres says so.
  const list = await cutOff.ask('GET', '/v1/blocklist', site.secretKey);
  expect([list.status, list.headers['retry-after']]).toEqual([503, '1']);
  const ahead = (await database.ask<Changes>('GET', '/v1/changes', site.secretKey)).body.cursor;
  const future = await changes({ cursor: ahead });
  expect([future.status, future.body.detail]).toEqual([503, expect.stringContaining('out of reach')]);
  const newer = await cutOff.ask(
    'GET',
    `/v1/images/state?${new URLSearchParams({ url: missed }).toString()}`,
    site.secretKey,
    undefined,
    { 'vigie-at-least': '1' },
  );
  expect(newer.status).toBe(503);
  await until(async () => (await cutOff.state(site, { url: known })).headers['vigie-as-of'] !== undefined);

  proxy.heal();
  await until(async () => (await ready()) === 200);
  await reader.has(2);
  expect(reader.events.map(({ data }) => (data['image'] as { url: string }).url)).toEqual([known, missed]);
  await streams.beat();
  await until(() => freshness().length > claimed);
  expect((await changes({ cursor: ahead })).status).toBe(200);
  expect((await cutOff.state(site, { url: missed })).headers['vigie-as-of']).toBeUndefined();
}, 90_000);
