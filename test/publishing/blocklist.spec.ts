import { get, type IncomingMessage, type ServerResponse } from 'node:http';
import { loadConfig } from '../../src/config/load-config.js';
import { Service, type TestSite } from '../setup/service.js';
import { until } from '../setup/until.js';

// Megabytes are made and read.
jest.setTimeout(90_000);

let service: Service;
let site: TestSite;
let port: number;

const { database, feed } = loadConfig({});
/** One block list at a time. */
const settings = { database: { ...database, poolSize: 5 } };

beforeAll(async () => {
  service = await Service.open({}, settings);
  site = await service.site();
  await service.app.listen(0, '127.0.0.1');
  ({ port } = service.app.getHttpServer().address() as { port: number });
});
afterAll(async () => {
  await service.close();
});

const list = (key = site.secretKey) => service.ask('GET', '/v1/blocklist', key);

/** Asks over a connection, and reads nothing yet. */
function open(to = port): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${site.secretKey}` };
    get({ host: '127.0.0.1', port: to, path: '/v1/blocklist', agent: false, headers }, resolve).on(
      'error',
      reject,
    );
  });
}

async function count(response: IncomingMessage): Promise<number> {
  let lines = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    for (let at = part.indexOf(10); at >= 0; at = part.indexOf(10, at + 1)) lines += 1;
  }
  return lines;
}

/** Blocks so many images with addresses of 1.5 KB, straight in the table: more than a connection's buffers take. */
async function fill(from: number, to: number): Promise<void> {
  await service.database.dataSource.query(
    `insert into image (site_id, key_kind, key, key_hash, blocked, shown_reason, since, version)
     select $1::bigint, 'url', 'https://cdn.example.ma/' || repeat('long/', 300) || n || '.jpg',
            decode(md5('many' || n), 'hex'), true, 'spam', now(), 1
     from generate_series($2::int, $3::int) n`,
    [site.id, from, to],
  );
}

it('is empty without blocks, and begins with a cursor all the same', async () => {
  const { status, text, headers } = await list();
  expect([status, text]).toEqual([200, '']);
  expect(headers).toMatchObject({ 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' });
  expect(headers['vigie-cursor']).toMatch(/^[\w-]{64}$/);
});

it('has a line for each blocked image of the site, as the contract says, and none for others', async () => {
  const other = await service.site('other');
  await service.reports(other, 'https://cdn.other.ma/1.jpg', 5);
  await service.ask('PUT', '/v1/images/addresses', site.secretKey, {
    id: 'photo-1',
    urls: ['https://cdn.example.ma/b.jpg', 'https://cdn.example.ma/a.jpg'],
  });
  await service.reports(site, { id: 'photo-1' }, 5, 'hate');
  const blocked = await service.ask('PUT', '/v1/images/block', site.secretKey, {
    image: { url: 'https://cdn.example.ma/2.jpg' },
    reason: 'privacy',
  });
  await service.reports(site, 'https://cdn.example.ma/visible.jpg', 4);
  const { text } = await list();
  expect(text.endsWith('\n')).toBe(true);
  const since = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string;
  expect(
    text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown),
  ).toEqual([
    {
      image: {
        url: 'https://cdn.example.ma/b.jpg',
        id: 'photo-1',
        addresses: ['https://cdn.example.ma/a.jpg', 'https://cdn.example.ma/b.jpg'],
      },
      blocked: true,
      reason: 'hate',
      since,
      version: 1,
    },
    {
      image: { url: 'https://cdn.example.ma/2.jpg', addresses: [] },
      blocked: true,
      reason: 'privacy',
      since: blocked.body['since'],
      version: 1,
    },
  ]);
});

it('answers HEAD with the cursor, and lists nothing', async () => {
  const headers = { authorization: `Bearer ${site.secretKey}` };
  const response = await service.app.inject({ method: 'HEAD', url: '/v1/blocklist', headers });
  expect(response.statusCode).toBe(200);
  expect(response.payload).toBe('');
  expect(response.headers['vigie-cursor']).toEqual(expect.any(String));
});

it('may be asked for again as soon as its end was heard', async () => {
  const heard: (number | undefined)[] = [];
  for (let n = 0; n < 20; n++) {
    const response = await open();
    await count(response);
    heard.push(response.statusCode);
  }
  expect(heard).toEqual(Array(20).fill(200));
});

it('is of one moment, however slowly it is read, and its cursor continues from that moment', async () => {
  await fill(1, 12_000);
  const before = await count(await open());
  expect(before).toBeGreaterThan(12_000);
  const response = await open();
  const late = 'https://cdn.example.ma/late.jpg';
  await service.ask('PUT', '/v1/images/block', site.secretKey, { image: { url: late }, reason: 'spam' });
  expect(await count(response)).toBe(before);
  const cursor = String(response.headers['vigie-cursor']);
  const query = new URLSearchParams({ cursor, wait: '20' }).toString();
  const { body } = await service.ask<{ changes: { image: { url: string } }[] }>(
    'GET',
    `/v1/changes?${query}`,
    site.secretKey,
  );
  expect(body.changes.map(({ image }) => image.url)).toEqual([late]);
});

it('keeps no more than a page in memory, sends no more lists at once than it may, and drops who reads nothing, so that no transaction stays open', async () => {
  const at = await service.beside({}, { ...settings, feed: { ...feed, listPatienceSeconds: 1 } });
  await at.app.listen(0, '127.0.0.1');
  const { port: other } = at.app.getHttpServer().address() as { port: number };
  let answer: ServerResponse | undefined;
  at.app.getHttpServer().once('request', (_: unknown, response: ServerResponse) => (answer = response));
  const stuck = await open(other);
  const refused = await at.ask('GET', '/v1/blocklist', site.secretKey);
  expect([refused.status, refused.headers['retry-after']]).toEqual([503, '1']);
  const open_ = async () =>
    service.database.dataSource.query<unknown[]>(
      `select from pg_stat_activity
       where datname = current_database() and xact_start is not null and query like '%i.blocked and i.site_id%'
         and pid <> pg_backend_pid()`,
    );
  await until(async () => (await open_()).length === 1);
  let broke = false;
  stuck.on('error', () => (broke = true)).on('aborted', () => (broke = true));
  let most = 0;
  await until(async () => {
    most = Math.max(most, answer?.writableLength ?? 0);
    return (await open_()).length === 0;
  });
  // A page, of 18 MB.
  expect(most).toBeGreaterThan(0);
  expect(most).toBeLessThan(4_000_000);
  stuck.resume();
  await until(() => broke);
  expect(await count(await open(other))).toBeGreaterThan(12_000);
  await at.close();
});
