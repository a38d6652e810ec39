import sharp from 'sharp';
import { createDemonstration } from '../../src/demo/create-demonstration.js';
import { demonstrationKey } from '../../src/demo/demonstration-key.js';
import { ONE_PHOTO, SWAPPABLE } from '../../src/demo/one-photo.js';
import { PhotoFiles } from '../../src/demo/photo-files.js';
import { Neck } from '../../src/moderation/neck.js';
import type { PhotoNow } from '../../src/web/demo/shown-photo.js';
import { SECRET, Service } from '../setup/service.js';

const PUBLIC_URL = 'http://127.0.0.1:4597';
const HOST = { host: '127.0.0.1:4597' };
const ORIGIN = { ...HOST, origin: PUBLIC_URL };
const GALLERY = '/demo/galerie/souk-du-samedi.jpg';

let service: Service;
let demo: Awaited<ReturnType<typeof createDemonstration>>;

beforeAll(async () => {
  // Nothing is fetched: jobs are only staged.
  service = await Service.open({ ROLE: 'api', PUBLIC_URL });
  demo = await createDemonstration(service.app.get(Neck), PUBLIC_URL, demonstrationKey(SECRET));
});
afterAll(() => service.close());

const get = async (path: string, headers: Record<string, string> = {}) => {
  const {
    statusCode,
    rawPayload,
    headers: sent,
  } = await service.app.inject({
    method: 'GET',
    url: path,
    headers: { ...HOST, ...headers },
  });
  return { status: statusCode, bytes: rawPayload, headers: sent };
};
const put = (swapped: unknown, announced: unknown = false, headers: Record<string, string> = ORIGIN) =>
  service.ask<PhotoNow & { type: string }>('POST', '/demo/photo', undefined, { swapped, announced }, headers);
const now = async (): Promise<PhotoNow> =>
  (await service.ask<PhotoNow>('GET', '/demo/photo', undefined, undefined, HOST)).body;
const report = (path: string, account: string) =>
  service.ask('POST', '/v1/reports', demo.secretKey, {
    image: { url: `${PUBLIC_URL}${path}` },
    reason: 'violence',
    reporter: { account },
  });

it('shows one photo at six addresses on three articles, and nearly the same at a seventh', async () => {
  expect(ONE_PHOTO.addresses).toHaveLength(7);
  expect(new Set(ONE_PHOTO.addresses.map(({ article }) => article)).size).toBe(3);
  for (const { path, article } of ONE_PHOTO.addresses) {
    const { text } = await service.ask('GET', article, undefined, undefined, HOST);
    expect(text).toMatch(
      new RegExp(`src="${path.replace(/[?.]/g, '\\$&').replace('&', '&amp;')}"[^>]* data-vigie`),
    );
    expect(text).toContain('data-photo="');
    const { status, bytes, headers } = await get(path);
    expect([path, status, headers['content-type']]).toEqual([path, 200, 'image/jpeg']);
    expect((await sharp(bytes).metadata()).format).toBe('jpeg');
  }
  const { text } = await service.ask('GET', '/articles/moisson', undefined, undefined, HOST);
  expect(text).not.toContain('data-photo');
});

it('has the very same bytes where it is copied, and others where software made a size of it', async () => {
  const bytesAt = async (path: string): Promise<Buffer> => (await get(path)).bytes;
  const original = await bytesAt('/demo/uploads/2026/11/souk.jpg');
  for (const { path, kin } of ONE_PHOTO.addresses) {
    const isSame = (await bytesAt(path)).equals(original);
    expect({ path, isSame }).toEqual({ path, isSame: ['original', 'parameters', 'copy'].includes(kin) });
  }
  const { width, height } = await sharp(await bytesAt('/demo/uploads/2026/11/souk-600x400.jpg')).metadata();
  expect([width, height]).toEqual([600, 400]);
});

it('draws each file once, the same bytes each time', async () => {
  const files = new PhotoFiles();
  expect(await files.get('original')).toBe(await files.get('original'));
  expect(await new PhotoFiles().get('original')).toEqual(await files.get('original'));
});

it('is asked for anew before every use, and answers 304 to who has it', async () => {
  const { headers } = await get(GALLERY);
  expect(headers['cache-control']).toBe('no-cache');
  const again = await get(GALLERY, { 'if-none-match': String(headers.etag) });
  expect([again.status, again.bytes.length]).toEqual([304, 0]);
});

it.each([
  '/demo/uploads/2026/11/other.jpg',
  '/demo/agence/',
  '/demo/galerie/souk.jpg',
  '/demo/uploads/2026/12/souk.jpg',
])('has nothing at %s', async (path) => {
  expect((await get(path)).status).toBe(404);
});

it('swaps the photo at one address and puts it back, for whoever asks from then on', async () => {
  const before = await get(SWAPPABLE);
  expect((await put(true)).body.swapped).toBe(true);
  const swapped = await get(SWAPPABLE, { 'if-none-match': String(before.headers.etag) });
  expect(swapped.status).toBe(200);
  expect(swapped.bytes.equals(before.bytes)).toBe(false);
  expect((await get(GALLERY)).bytes.equals(before.bytes)).toBe(true);
  expect((await put(false)).body.swapped).toBe(false);
  expect((await get(SWAPPABLE)).bytes.equals(before.bytes)).toBe(true);
});

it('tells which addresses are one image by the site’s rules, and which nobody has reported', async () => {
  expect((await now()).addresses.every(({ image }) => image === null)).toBe(true);
  await report('/demo/uploads/2026/11/souk-600x400.jpg', 'reader-1');
  await report(GALLERY, 'reader-2');
  const images = Object.fromEntries((await now()).addresses.map(({ path, image }) => [path, image]));
  expect(images).toEqual({
    '/demo/uploads/2026/11/souk.jpg': 1,
    '/demo/uploads/2026/11/souk-scaled.jpg': 1,
    '/demo/uploads/2026/11/souk-600x400.jpg': 1,
    '/demo/uploads/2026/11/souk.jpg?w=720&utm_source=lettre': 1,
    [GALLERY]: 2,
    [SWAPPABLE]: null,
    '/demo/partenaires/souk-allege.jpg': null,
  });
  expect((await now()).addresses.filter(({ awaits }) => awaits)).toHaveLength(5);
});

it('has Vigie look at the address at once, and says whether it was announced', async () => {
  const jobs = (): Promise<unknown> =>
    service.database.inTransaction((tx) =>
      tx.manager.query(
        `select lane, payload->>'url' as url, w.announced_until > clock_timestamp() is true as announced from job
         left join watched_address w on w.url = payload->>'url'
         where kind = 'fetch-image' and payload->>'url' like '%agence%' order by id desc limit 1`,
      ),
    );
  const looked = { lane: 'fetch 127.0.0.1', url: `${PUBLIC_URL}${SWAPPABLE}` };
  await put(false, false);
  expect(await jobs()).toEqual([{ ...looked, announced: false }]);
  await put(true, true);
  expect(await jobs()).toEqual([{ ...looked, announced: true }]);
  await put(false);
});

it('is swapped by the own pages alone, by yes or no', async () => {
  for (const headers of [HOST, { ...HOST, origin: 'https://evil.example' }, { ...HOST, origin: 'null' }]) {
    const { status, body } = await put(true, false, headers);
    expect([status, body.type]).toEqual([403, '/problems/forbidden']);
  }
  expect((await now()).swapped).toBe(false);
  expect((await put('yes')).status).toBe(422);
  expect((await put(true, null)).status).toBe(422);
});
