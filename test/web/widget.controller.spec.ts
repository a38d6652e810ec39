import { createHash } from 'node:crypto';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { BuiltFile, NotBuiltError } from '../../src/http/built-file.js';
import { explainStart } from '../../src/explain-start.js';
import { Service } from '../setup/service.js';

/** What the service serves to pages: dist/web, as `npm run build` made it. */

let service: Service;
let script: Buffer;
let release: { version: string; url: string; integrity: string };

const get = (url: string, headers: Record<string, string> = {}, method: 'GET' | 'HEAD' = 'GET') =>
  service.app.inject({ method, url, headers });

beforeAll(async () => {
  service = await Service.open({ ROLE: 'api', PUBLIC_URL: 'https://vigie.example' });
  script = (await get('/widget.js')).rawPayload;
  release = (await get('/widget.json')).json();
});
afterAll(() => service.close());

it('serves one script that any page may load, and asks for it again after five minutes', async () => {
  const { statusCode, headers } = await get('/widget.js');
  expect(statusCode).toBe(200);
  expect(script.length).toBeGreaterThan(0);
  expect(headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
    'x-content-type-options': 'nosniff',
    'cache-control': 'public, max-age=300, stale-while-revalidate=86400',
    vary: 'Accept-Encoding',
  });
});

it('names the version and the hash of exactly that script, which a year may not change', async () => {
  expect(release.integrity).toBe(`sha384-${createHash('sha384').update(script).digest('base64')}`);
  expect(release.url).toBe(`https://vigie.example/widget/${release.version}/widget.js`);
  const pinned = await get(new URL(release.url).pathname);
  expect(pinned.rawPayload).toEqual(script);
  expect(pinned.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  const other = new BuiltFile(Buffer.concat([script, Buffer.from(';')]));
  expect(other.version).not.toBe(release.version);
});

it('says which version there is when asked for another', async () => {
  const { statusCode, body } = await get('/widget/0123456789abcdef/widget.js');
  expect(statusCode).toBe(404);
  expect(body).toContain(release.version);
});

it('compresses for those who take it, under an ETag for each encoding', async () => {
  const br = await get('/widget.js', { 'accept-encoding': 'gzip, deflate, br' });
  expect([br.headers['content-encoding'], brotliDecompressSync(br.rawPayload)]).toEqual(['br', script]);
  const gzip = await get('/widget.js', { 'accept-encoding': 'br;q=0, gzip' });
  expect([gzip.headers['content-encoding'], gunzipSync(gzip.rawPayload)]).toEqual(['gzip', script]);
  const plain = await get('/widget.js', { 'accept-encoding': 'zstd' });
  expect([plain.headers['content-encoding'], plain.rawPayload]).toEqual([undefined, script]);
  expect(new Set([br, gzip, plain].map(({ headers }) => headers.etag)).size).toBe(3);
});

it('answers 304 to those who have it, and HEAD without a body', async () => {
  const { headers } = await get('/widget.js', { 'accept-encoding': 'br' });
  const again = await get('/widget.js', {
    'accept-encoding': 'br',
    'if-none-match': String(headers.etag),
  });
  expect([again.statusCode, again.body]).toEqual([304, '']);
  const head = await get('/widget.js', {}, 'HEAD');
  expect([head.statusCode, head.body]).toEqual([200, '']);
  expect(head.headers['content-length']).toBe(String(script.length));
});

it('is not served by a worker', async () => {
  const worker = await service.beside({ ROLE: 'worker' });
  for (const url of ['/widget.js', '/widget.json']) {
    expect((await worker.app.inject({ method: 'GET', url })).statusCode).toBe(404);
  }
  await worker.close();
});

it('says at the start what to do when nothing was built', () => {
  const missing = (): unknown => BuiltFile.read('never-built.js');
  expect(missing).toThrow(NotBuiltError);
  expect(explainStart(new NotBuiltError('dist/web/widget.js'), null)).toBe(
    'dist/web/widget.js is not there: run "npm run build", which makes it of src/web.',
  );
});
