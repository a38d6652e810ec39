import type { Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { Controller, Get, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { appOf, type TestApp } from './app-of.js';
import { until } from '../setup/until.js';

/** What whoever holds a connection and does nothing with it costs us: a bounded time, and one of a bounded number. */

@Controller()
class TestController {
  @Get('short')
  short(): { ok: true } {
    return { ok: true };
  }

  /** More than the system's buffers hold. */
  @Get('long')
  long(@Res() reply: FastifyReply): void {
    void reply.type('text/plain').send('x'.repeat(32 << 20));
  }

  @Post('body')
  body(): { ok: true } {
    return { ok: true };
  }
}

let test: TestApp;
let server: Server;
let port: number;
const sockets: Socket[] = [];

beforeAll(async () => {
  test = await appOf([TestController], { feed: { maxStreams: 1, maxWaiting: 1 } });
  server = test.app.getHttpServer();
  await test.app.listen(0, '127.0.0.1');
  port = (server.address() as { port: number }).port;
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});
afterAll(() => test.app.close());

/** A connection, with what came over it so far. */
function open(text = ''): { readonly socket: Socket; got: string; over: boolean } {
  const socket = connect(port, '127.0.0.1', () => socket.write(text));
  const opened = { socket, got: '', over: false };
  socket.on('data', (part: Buffer) => (opened.got += part.toString()));
  socket.on('close', () => (opened.over = true)).on('error', () => undefined);
  sockets.push(socket);
  return opened;
}

/** With a limit of the server's made short: connections are looked at every few seconds, however short it is. */
async function withShort(
  limit: 'headersTimeout' | 'requestTimeout' | 'timeout',
  what: () => Promise<void>,
): Promise<void> {
  const before = server[limit];
  server[limit] = 50;
  try {
    await what();
  } finally {
    server[limit] = before;
  }
}

it('gives a request seconds to say what it wants, and less than a minute to come whole', () => {
  expect(server.headersTimeout).toBeLessThanOrEqual(15_000);
  expect(server.requestTimeout).toBeLessThanOrEqual(60_000);
  expect(server.headersTimeout).toBeLessThan(server.requestTimeout);
});

it('lets a silent answer take longer than the longest poll, the longest pause of a stream and the longest replay', () => {
  expect(server.timeout).toBeGreaterThan(240_000);
});

it('ends who sends their headers drop by drop, and who sends nothing', () =>
  withShort('headersTimeout', async () => {
    const slow = open('GET /short HTTP/1.1\r\nHost: x\r\nX-A: 1');
    const silent = open();
    await until(
      () => slow.over && silent.over,
      () => 'connections that were ended',
    );
    expect(slow.got).toMatch(/^HTTP\/1\.1 408 /);
  }));

it('ends who sends their body drop by drop', () =>
  withShort('requestTimeout', async () => {
    const slow = open(
      'POST /body HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
    );
    await until(
      () => slow.over,
      () => 'a connection that was ended',
    );
    expect(slow.got).toMatch(/^HTTP\/1\.1 408 /);
  }));

it('ends who takes nothing of an answer', () =>
  withShort('timeout', async () => {
    const reader = open('GET /long HTTP/1.1\r\nHost: x\r\n\r\n');
    reader.socket.pause();
    // That the other side has gone is seen by whoever writes.
    await until(
      () => {
        reader.socket.write('GET /short HTTP/1.1\r\nHost: x\r\n\r\n');
        return reader.over || reader.socket.destroyed;
      },
      () => 'a connection that was ended',
    );
  }));

it('takes so many connections and no more, says so once, and answers again when some are gone', async () => {
  const before = server.maxConnections;
  server.maxConnections = 2;
  try {
    const [first, second] = [open('GET /short HTTP/1.1\r\nHost: x\r\n\r\n'), open()];
    await until(
      () => first.got.includes('"ok":true'),
      () => 'an answer',
    );
    const third = open('GET /short HTTP/1.1\r\nHost: x\r\n\r\n');
    const fourth = open('GET /short HTTP/1.1\r\nHost: x\r\n\r\n');
    await until(
      () => third.over && fourth.over,
      () => 'connections that were refused',
    );
    expect([third.got, fourth.got]).toEqual(['', '']);
    const told = test.lines().filter(({ message }) => String(message).includes('Connections are refused'));
    expect(told).toHaveLength(1);
    second.socket.destroy();
    await until(
      async () => {
        const again = open('GET /short HTTP/1.1\r\nHost: x\r\n\r\n');
        await until(
          () => again.over || again.got !== '',
          () => 'an answer or a refusal',
        );
        return again.got.includes('"ok":true');
      },
      () => 'an answer',
    );
  } finally {
    server.maxConnections = before;
  }
});

it('has room for all streams and waiting polls, and for those who ask beside them', () => {
  expect(server.maxConnections).toBeGreaterThanOrEqual(1 + 1 + 5_000);
});
