import { connect, type Socket } from 'node:net';
import { Body, Controller, Post } from '@nestjs/common';
import { BodyLimit } from '../../src/http/body-limit.js';
import { BODIES_AT_MOST } from '../../src/http/bound-bodies.js';
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
  test = await appOf([TestController]);
  await test.app.listen(0, '127.0.0.1');
  port = (test.app.getHttpServer().address() as { port: number }).port;
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});
afterAll(() => test.app.close());

const post = (route: string, text: string): Promise<Response> =>
  fetch(`http://127.0.0.1:${port}/${route}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text }),
  });

/** Somebody who sends all of a body but its last byte. */
function unfinished(route: string, length: number, head = `Content-Length: ${length}`): { got: string } {
  const sent = { got: '' };
  const socket = connect(port, '127.0.0.1', () => {
    socket.write(
      `POST /${route} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n${head}\r\n\r\n`,
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

const large = (): Promise<Response> => post('large', 'x'.repeat(LARGE - 100));

it.each([
  ['whose length is told', undefined],
  ['in chunks', 'Transfer-Encoding: chunked'],
])('holds so many bytes of bodies %s and no more, and takes small ones meanwhile', async (_, head) => {
  expect((await large()).status).toBe(201);
  const all = Array.from({ length: BODIES_AT_MOST / LARGE + 2 }, () => unfinished('large', LARGE - 1, head));
  const refused = () => all.filter(({ got }) => got.startsWith('HTTP/1.1 503')).length;
  await until(() => refused() > 0);
  expect(all.find(({ got }) => got !== '')?.got).toMatch(
    /retry-after: 1\b[^]*"type":"\/problems\/unavailable"/i,
  );
  expect((await post('small', 'x'.repeat(10_000))).status).toBe(201);
  // Whoever was there first is not refused for those who came later.
  expect(refused()).toBeLessThanOrEqual(4);

  for (const socket of sockets.splice(0)) socket.destroy();
  await until(async () => (await large()).status === 201);
});

it('gives back what was held once it is answered', async () => {
  for (let n = 0; n < BODIES_AT_MOST / LARGE + 2; n += 1) expect((await large()).status).toBe(201);
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
