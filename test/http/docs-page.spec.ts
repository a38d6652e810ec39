import type { Server } from 'node:http';
import { readdirSync, readlinkSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { Controller, Get } from '@nestjs/common';
import { appOf, type TestApp } from './app-of.js';
import { until } from '../setup/until.js';

/** Swagger's files: the largest that are served to whoever asks. */

@Controller()
class TestController {
  @Get('short')
  short(): { ok: true } {
    return { ok: true };
  }
}

const BUNDLE = '/docs/swagger-ui-bundle.js';
const READERS = 60;
/** More, at once, than the system's buffers hold of one connection. */
const TIMES = 3;

let test: TestApp;
let server: Server;
const accepted: Socket[] = [];
const readers: Socket[] = [];

beforeAll(async () => {
  test = await appOf([TestController]);
  server = test.app.getHttpServer();
  server.on('connection', (socket: Socket) => accepted.push(socket));
  await test.app.listen(0, '127.0.0.1');
});
afterAll(async () => {
  for (const socket of readers) socket.destroy();
  await until(() => accepted.slice(0, READERS).every(({ destroyed }) => destroyed));
  await test.app.close();
});

const linkOf = (descriptor: string): string => {
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`);
  } catch {
    // Closed meanwhile.
    return '';
  }
};

it('are packed as browsers take them, and not sent again while they are the same', async () => {
  const plain = await test.app.inject({ url: BUNDLE });
  expect([plain.headers['content-type'], plain.headers['content-encoding']]).toEqual([
    'text/javascript; charset=utf-8',
    undefined,
  ]);
  const packed = await test.app.inject({ url: BUNDLE, headers: { 'accept-encoding': 'gzip, br' } });
  expect(packed.headers['content-encoding']).toBe('br');
  expect(brotliDecompressSync(packed.rawPayload).equals(plain.rawPayload)).toBe(true);
  expect(packed.rawPayload.length).toBeLessThan(plain.rawPayload.length / 3);
  const gzip = await test.app.inject({ url: BUNDLE, headers: { 'accept-encoding': 'gzip' } });
  expect(gunzipSync(gzip.rawPayload).equals(plain.rawPayload)).toBe(true);
  const again = await test.app.inject({
    url: BUNDLE,
    headers: { 'accept-encoding': 'br', 'if-none-match': String(packed.headers.etag) },
  });
  expect([again.statusCode, again.body]).toEqual([304, '']);
});

it('cost nothing for each who takes them slowly: no copy, no open file, and others are answered', async () => {
  const { port } = server.address() as { port: number };
  const { length } = (await test.app.inject({ url: BUNDLE })).rawPayload;
  const before = process.memoryUsage().arrayBuffers;
  const request = `GET ${BUNDLE} HTTP/1.1\r\nHost: x\r\n\r\n`;
  for (let n = 0; n < READERS; n += 1) {
    const socket = connect(port, '127.0.0.1', () => socket.write(request.repeat(TIMES)));
    socket.on('error', () => undefined).pause();
    readers.push(socket);
  }
  // The system takes no more of any of them.
  await until(
    () => accepted.length === READERS && accepted.every(({ writableLength }) => writableLength > 0),
  );
  const open = readdirSync('/proc/self/fd').map(linkOf);
  expect(open.filter((file) => file.includes('swagger-ui'))).toEqual([]);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan((READERS * length) / 3);
  const answer = await fetch(`http://127.0.0.1:${port}/short`);
  expect(await answer.json()).toEqual({ ok: true });
  const head = await fetch(`http://127.0.0.1:${port}${BUNDLE}`, { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);
});
