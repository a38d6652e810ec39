import { connect, type Socket } from 'node:net';
import { Body, Controller, Post } from '@nestjs/common';
import { BodyLimit } from '../../src/http/body-limit.js';
import type { Adapter } from '../../src/http/adapter.js';
import { BODIES_AT_MOST, BODIES_OF_A_NETWORK } from '../../src/http/bound-bodies.js';
import { until } from '../setup/until.js';
import { appOf, type TestApp } from './app-of.js';

/** What bodies take of memory while they come: nobody has shown a key by then. */

const LARGE = 4 << 20;

@Controller()
class TestController {
  @Post('small')
  small(@Body() body: object): { fields: number } {
    return { fields: Object.keys(body).length };
  }

  @BodyLimit(LARGE)
  @Post('large')
  large(@Body() { text }: { text: string }): { length: number } {
    return { length: text.length };
  }
}

let test: TestApp;
let port: number;
const sockets: Socket[] = [];

beforeAll(async () => {
  test = await appOf([TestController], { trustProxy: ['127.0.0.1'] });
  await test.app.listen(0, '127.0.0.1');
  port = (test.app.getHttpServer().address() as { port: number }).port;
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});
afterAll(() => test.app.close());

const post = (route: string, text: string, from = '198.51.100.1'): Promise<Response> =>
  fetch(`http://127.0.0.1:${port}/${route}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': from },
    body: JSON.stringify({ text }),
  });

/** Somebody who sends all of a body but its last byte. */
function unfinished(
  route: string,
  length: number,
  head = `Content-Length: ${length}`,
  from = '198.51.100.1',
): { got: string } {
  const sent = { got: '' };
  const socket = connect(port, '127.0.0.1', () => {
    socket.write(
      `POST /${route} HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: ${from}\r\n` +
        `Content-Type: application/json\r\n${head}\r\n\r\n`,
    );
    socket.write(
      head.startsWith('Content')
        ? 'x'.repeat(length - 1)
        : `${length.toString(16)}\r\n${'x'.repeat(length)}\r\n`,
    );
  });
  socket.on('data', (part: Buffer) => (sent.got += part.toString())).on('error', () => undefined);
  sockets.push(socket);
  return sent;
}

const large = (from?: string): Promise<Response> => post('large', 'x'.repeat(LARGE - 100), from);

/** So many that hold all that one network may have, and one more. */
const TOO_MANY_OF_ONE = BODIES_OF_A_NETWORK / LARGE + 1;
/** Addresses whose networks can have as much together as all may, and of one more. */
const SENDERS = Array.from(
  { length: BODIES_AT_MOST / BODIES_OF_A_NETWORK + 1 },
  (_, n) => `203.0.113.${n + 1}`,
);

const isRefused = ({ got }: { readonly got: string }): boolean => got.startsWith('HTTP/1.1 503');

it.each([
  ['whose length is told', undefined],
  ['in chunks', 'Transfer-Encoding: chunked'],
])('holds so many bytes of bodies %s and no more, and takes small ones meanwhile', async (_, head) => {
  expect((await large()).status).toBe(201);
  const all = Array.from({ length: BODIES_AT_MOST / LARGE + 2 }, (_one, n) =>
    unfinished('large', LARGE - 1, head, SENDERS[n % SENDERS.length]),
  );
  const refused = () => all.filter(isRefused).length;
  await until(() => refused() > 0);
  expect(all.find(({ got }) => got !== '')?.got).toMatch(
    /retry-after: 1\b[^]*"type":"\/problems\/unavailable"[^]*"Too many large bodies are being read at once\./i,
  );
  expect((await post('small', 'x'.repeat(10_000))).status).toBe(201);
  // Whoever was there first is not refused for those who came later.
  expect(refused()).toBeLessThanOrEqual(4);

  for (const socket of sockets.splice(0)) socket.destroy();
  await until(async () => (await large()).status === 201);
});

it.each([
  ['whose length is told', undefined],
  ['in chunks', 'Transfer-Encoding: chunked'],
])('holds a share of bodies %s for each network, and those of others as before', async (_, head) => {
  const all = Array.from({ length: TOO_MANY_OF_ONE }, () => unfinished('large', LARGE - 1, head));
  await until(() => all.some(isRefused));
  expect(all.find(isRefused)?.got).toMatch(
    /retry-after: 1\b[^]*"type":"\/problems\/unavailable"[^]*"Too many large bodies from your network are being read/i,
  );
  expect((await post('small', 'x'.repeat(10_000))).status).toBe(201);
  for (const from of SENDERS) expect((await large(from)).status).toBe(201);

  for (const socket of sockets.splice(0)) socket.destroy();
  await until(async () => (await large()).status === 201);
});

it('gives back what was held once it is answered', async () => {
  for (let n = 0; n < BODIES_AT_MOST / LARGE + 2; n += 1) expect((await large()).status).toBe(201);
  for (const from of [...SENDERS, ...SENDERS]) expect((await large(from)).status).toBe(201);
});

it('takes those of one network together whom the room that knows networks says to be in it', async () => {
  const adapter = test.app.getHttpAdapter() as unknown as Adapter;
  const { networkOf } = adapter;
  adapter.networkOf = (address = '') => address.slice(0, address.lastIndexOf('.'));
  const all = Array.from({ length: TOO_MANY_OF_ONE }, (_, n) =>
    unfinished('large', LARGE - 1, undefined, SENDERS[n % SENDERS.length]),
  );
  await until(() => all.some(isRefused));
  expect(all.find(isRefused)?.got).toContain('from your network');
  expect((await large()).status).toBe(201);
  adapter.networkOf = networkOf;
});

it('reads the next request behind a large one that was answered unread', async () => {
  let got = '';
  const body = 'x'.repeat(200_000);
  const head = 'POST /small HTTP/1.1\r\nHost: localhost\r\nContent-Type:';
  const socket = connect(port, '127.0.0.1', () => {
    socket.write(`${head} text/plain\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
    socket.write(`${head} application/json\r\nContent-Length: 2\r\n\r\n{}`);
  });
  socket.on('data', (part: Buffer) => (got += part.toString()));
  sockets.push(socket);
  await until(
    () => got.includes('{"fields":0}'),
    () => got,
  );
  expect(got).toMatch(/^HTTP\/1.1 415/);
});
