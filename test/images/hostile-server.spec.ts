import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import type { TestSite } from '../setup/service.js';
import { HOSTILE } from './hostile-server.js';
import { ImageRoom } from './image-room.js';

/**
 * A hostile image server against the job that fetches: nothing inside is reached, nothing hangs, memory stays flat, and the
 * report stands whatever comes. What the request itself does in each case is in test/outbound/get-safely.spec.ts.
 */

let room: ImageRoom;
let site: TestSite;
let names = 0;

beforeAll(async () => {
  room = await ImageRoom.open({ answerMilliseconds: 6_000, timeoutMilliseconds: 15_000 });
  site = await room.site('example');
});
afterAll(() => room.close());

type Reply = Parameters<ImageRoom['host']['on']>[1];
const away =
  (location: string): Reply =>
  (response) =>
    void response.writeHead(302, { location }).end();
const inside = (host: string): Reply => away(`http://${host}:${room.host.port}/`);
const bytes =
  (body: Buffer | string, headers: Record<string, string> = {}): Reply =>
  (response) =>
    void response.writeHead(200, { 'content-type': 'image/png', ...headers }).end(body);

const endless: Reply = (response) => {
  const part = Buffer.alloc(64 * 1024, 'x');
  const more = (): void => {
    while (!response.destroyed && response.write(part));
  };
  response.on('drain', more);
  more();
};

/** What the server does, and what moderators are told of it. */
const attacks = async (): Promise<[what: string, reply: Reply, told: RegExp][]> => {
  const background = { r: 1, g: 2, b: 3 };
  const vast = sharp({
    create: { width: 10_000, height: 10_000, channels: 3, background },
    limitInputPixels: false,
  });
  return [
    ...[
      '127.0.0.1',
      '2130706433',
      '0x7f.1',
      '0177.1',
      '[::1]',
      '[::ffff:7f00:1]',
      '0.0.0.0',
      '169.254.169.254',
    ].map((host): [string, Reply, RegExp] => [`redirect to ${host}`, inside(host), /private or reserved/]),
    ['user and password', inside(`${HOSTILE}@127.0.0.1`), /private or reserved/],
    ['a file', away('file:///etc/passwd'), /no web address/],
    ['data', away('data:image/png;base64,AAAA'), /no web address/],
    [
      'a loop',
      (response, { url }) => void response.writeHead(302, { location: url ?? '' }).end(),
      /more than 3/,
    ],
    ['never-ending body', endless, /more than 1000000 bytes/],
    ['length that lies', bytes('x', { 'content-length': '900' }), /broke off/],
    ['vast length', bytes('x', { 'content-length': '99999999999' }), /more than 1000000 bytes/],
    ['slow drip', (response) => room.host.every(50, response, () => response.write('x')), /bytes a second/],
    ['silence', () => undefined, /No answer within/],
    ['closing', (response) => void response.socket?.destroy(), /closed/],
    ['huge headers', bytes('x', { x: 'y'.repeat(100_000) }), /headers of the answer are too large/],
    ['gzip bomb', bytes(gzipSync(Buffer.alloc(20_000_000)), { 'content-encoding': 'gzip' }), /compressed/],
    ['packed picture', bytes(gzipSync(await room.picture(1))), /not a picture/],
    ['a page', bytes('<!doctype html><img src="http://127.0.0.1/">'), /not a picture/],
    [
      'SVG with a script',
      bytes('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'),
      /SVG.*not looked at/,
    ],
    [
      'SVG that loads from inside',
      bytes(
        `<svg xmlns="http://www.w3.org/2000/svg"><image href="http://127.0.0.1:${room.host.port}/a.png"/></svg>`,
      ),
      /SVG.*not looked at/,
    ],
    [
      '100 megapixels',
      bytes(await vast.png({ compressionLevel: 9 }).toBuffer()),
      /too large: more than 40000000 pixels/,
    ],
    ['nothing', bytes(''), /sent nothing/],
    ['204', (response) => void response.writeHead(204).end(), /answered 204/],
    ['304 unasked', (response) => void response.writeHead(304).end(), /answered 304/],
  ];
};

it('reaches nothing, hangs nowhere and leaves every report as it was', async () => {
  const all = await attacks();
  const began = performance.now();
  const told = await Promise.all(
    all.map(async ([, reply]) => {
      const name = `hostile-${(names += 1)}`;
      room.host.on(`/${name}.png`, reply);
      await room.report(site, name);
      const result = await room.look(site, name);
      expect(result).toHaveProperty('again');
      const [image] = await room.sql(
        `select blocked, review_state, round, tally, content from image where url = $1`,
        room.url(site, name),
      );
      expect(image).toEqual({
        ...{ blocked: false, review_state: 'open', round: 1, content: null },
        tally: { violence: 1 },
      });
      return (await room.watched(site, name))?.problem ?? '';
    }),
  );
  // The slowest has fifteen seconds; nothing waits behind another.
  expect(performance.now() - began).toBeLessThan(25_000);
  const wrong = all.flatMap(([what, , expected], n) =>
    expected.test(told[n] ?? '') ? [] : [[what, told[n]]],
  );
  expect(wrong).toEqual([]);
  expect(room.host.reached).toBe(0);
  expect(await room.count('snapshot')).toBe(0);
});

it('takes what is an image for one, whatever name and type it goes by, and keeps nothing of the file', async () => {
  const name = `hostile-${(names += 1)}`;
  const picture = await sharp(await room.picture(77))
    .jpeg()
    .withExif({ IFD0: { Artist: 'somebody' } })
    .toBuffer();
  expect(picture.includes('somebody')).toBe(true);
  room.host.on(
    `/${name}.png`,
    bytes(picture, { 'content-type': 'text/html', 'content-disposition': 'attachment' }),
  );
  await room.report(site, name);
  await room.look(site, name);
  const moderator = await room.service.staffToken('amina@example.ma', 'moderator', site);
  const { snapshot } = await room.shown(site, name, moderator);
  const answer = await room.ask(snapshot?.preview);
  expect(answer.headers['content-type']).toBe('image/webp');
  expect(answer.text).not.toContain('somebody');
});

it('stays as small as it was, however often it is sent too much', async () => {
  const [one, other] = [`hostile-${(names += 1)}`, `hostile-${(names += 1)}`];
  room.host.on(`/${one}.png`, endless);
  room.host.on(`/${other}.png`, bytes(Buffer.alloc(999_999, 'x')));
  await room.report(site, one);
  await room.report(site, other);
  const rounds = async (count: number): Promise<void> => {
    for (let n = 0; n < count; n += 1) {
      await Promise.all([
        room.look(site, one, { announced: true }),
        room.look(site, other, { announced: true }),
      ]);
    }
  };
  await rounds(10);
  const before = process.memoryUsage().rss;
  await rounds(80);
  // 160 MB came.
  expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
  expect(room.host.count(`/${one}.png`)).toBe(90);
});
