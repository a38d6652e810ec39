import { brotliDecompressSync } from 'node:zlib';
import { Service } from '../setup/service.js';

/** What the service serves of the console: dist/web/console, as `npm run build` made it. */

let service: Service;
let page: string;
let script: string;

const get = (url: string, headers: Record<string, string> = {}, method: 'GET' | 'HEAD' | 'OPTIONS' = 'GET') =>
  service.app.inject({ method, url, headers });

beforeAll(async () => {
  service = await Service.open({ ROLE: 'api', PUBLIC_URL: 'https://vigie.example' });
  page = (await get('/console')).body;
  [, script = ''] = /<script [^>]*src="([^"]+)"/.exec(page) ?? [];
});
afterAll(() => service.close());

it('is one page at all its addresses, asked for again each time', async () => {
  for (const url of [
    '/console',
    '/console/',
    '/console/review',
    '/console/images/img_x?q=1',
    '/console/welcome',
  ]) {
    const { statusCode, headers, body } = await get(url);
    expect([url, statusCode, headers['content-type'], body === page]).toEqual([
      url,
      200,
      'text/html; charset=utf-8',
      true,
    ]);
    expect(headers['cache-control']).toBe('no-cache');
  }
});

it('lets the page do nothing but load its own files and ask its own service', async () => {
  const { headers } = await get('/console/review');
  const policy = String(headers['content-security-policy']);
  expect(policy.split('; ').sort()).toEqual([
    "base-uri 'none'",
    "connect-src 'self'",
    "default-src 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "img-src 'self'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
    "script-src 'self'",
    "style-src 'self'",
    "trusted-types 'none'",
  ]);
  expect(headers).toMatchObject({
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  });
});

it('has nothing inline, and nothing of elsewhere', () => {
  expect(page).not.toMatch(/<style|style=|\son\w+=|javascript:|https?:/);
  for (const [, attributes = '', inside] of page.matchAll(/<script([^>]*)>([^<]*)</g)) {
    expect([attributes.includes('src="/console/assets/'), inside]).toEqual([true, '']);
  }
});

it('serves the files that its page names for a year: their names hold what is in them', async () => {
  const { statusCode, headers, rawPayload } = await get(script, { 'accept-encoding': 'br' });
  expect(statusCode).toBe(200);
  expect(headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
    'content-encoding': 'br',
  });
  expect(brotliDecompressSync(rawPayload).length).toBeGreaterThan(10_000);
  expect(
    (await get(script, { 'accept-encoding': 'br', 'if-none-match': String(headers.etag) })).statusCode,
  ).toBe(304);
  const [, styles = ''] = /<link rel="stylesheet"[^>]*href="([^"]+)"/.exec(page) ?? [];
  expect((await get(styles)).headers['content-type']).toBe('text/css; charset=utf-8');
});

it('knows no other files: one of an older build is not the page', async () => {
  for (const name of [
    'index-00000000.js',
    '..%2Findex.html',
    'index.html',
    '%2e%2e%2f%2e%2e%2fwidget.js',
    '',
    '.git/config',
    'a/b.js',
  ]) {
    const { statusCode, headers } = await get(`/console/assets/${name}`);
    expect([name, statusCode]).toEqual([name, 404]);
    expect(headers['content-type']).toContain('application/problem+json');
    expect(headers['cache-control'] ?? 'no-store').not.toContain('immutable');
  }
});

it('answers HEAD without a body', async () => {
  for (const url of ['/console/review', script]) {
    const head = await get(url, {}, 'HEAD');
    expect([head.statusCode, head.body]).toEqual([200, '']);
    expect(Number(head.headers['content-length'])).toBeGreaterThan(0);
  }
});

it('is for no page of another origin', async () => {
  for (const url of ['/console', script]) {
    const { headers } = await get(url, { origin: 'https://www.example.ma' });
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
  }
});

it('is not served by a worker', async () => {
  const worker = await service.beside({ ROLE: 'worker' });
  expect((await worker.app.inject({ method: 'GET', url: '/console' })).statusCode).toBe(404);
  await worker.close();
});
