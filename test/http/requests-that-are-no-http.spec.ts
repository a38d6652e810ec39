import { connect } from 'node:net';
import { Body, Controller, Get, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { problems } from '../../src/telemetry/measures.js';
import { appOf, type TestApp } from './app-of.js';

/** What a proxy in front may read in another way than we do, and what is no HTTP: byte by byte, and how it is answered. */

@Controller()
class TestController {
  @Get('short')
  short(@Req() { headers, query }: FastifyRequest): unknown {
    return { host: headers.host, named: headers['x-a'], query };
  }

  @Post('body')
  body(@Body() body: unknown): unknown {
    return { got: body ?? null };
  }
}

let test: TestApp;
let port: number;
beforeAll(async () => {
  test = await appOf([TestController]);
  await test.app.listen(0, '127.0.0.1');
  port = (test.app.getHttpServer().address() as { port: number }).port;
});
afterAll(() => test.app.close());

interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Record<string, unknown>;
}

/** The answers in what came over a connection. */
function answersIn(got: string): Answered[] {
  const answers: Answered[] = [];
  for (let rest = got; rest !== '';) {
    const end = rest.indexOf('\r\n\r\n');
    const [first = '', ...lines] = rest.slice(0, end).split('\r\n');
    const headers = Object.fromEntries(
      lines.map((line) => [line.split(':', 1)[0]?.toLowerCase() ?? '', line.replace(/^[^:]*: */, '')]),
    );
    const length = Number(headers['content-length']);
    const text = rest.slice(end + 4, end + 4 + length);
    answers.push({
      status: Number(/^HTTP\/1\.1 (\d{3}) /.exec(first)?.[1]),
      headers,
      body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
    });
    rest = rest.slice(end + 4 + length);
  }
  return answers;
}

/**
 * Sends bytes and what they are followed by, at once, over a connection of their own; all that came back until it was closed.
 *
 * @param bytes in Latin-1
 */
function send(bytes: string): Promise<string> {
  return new Promise((resolve) => {
    let got = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(Buffer.from(bytes, 'latin1')));
    socket.on('data', (part: Buffer) => (got += part.toString('latin1')));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(got));
  });
}

const sent = async (bytes: string): Promise<Answered[]> => answersIn(await send(bytes));
const statuses = async (bytes: string): Promise<number[]> => (await sent(bytes)).map(({ status }) => status);

/** The end of what a connection is asked: it is closed behind its answer. */
const LAST = 'GET /short HTTP/1.1\r\nHost: last\r\nConnection: close\r\n\r\n';
const HIDDEN = 'GET /short HTTP/1.1\r\nHost: hidden\r\n\r\n';
const get = (lines: string, target = '/short'): string => `GET ${target} HTTP/1.1\r\n${lines}\r\n`;
const post = (lines: string, body: string): string =>
  `POST /body HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${lines}\r\n${body}`;
const CHUNKED = 'Transfer-Encoding: chunked\r\n';
const CHUNKS = '2\r\n{}\r\n0\r\n\r\n';

describe('is refused, and nothing behind it is read', () => {
  it.each([
    // How long is the body?
    ['a length and chunks', post(`Content-Length: 4\r\n${CHUNKED}`, '0\r\n\r\n')],
    ['chunks and a length', post(`${CHUNKED}Content-Length: 4\r\n`, '0\r\n\r\n')],
    ['two lengths', post('Content-Length: 2\r\nContent-Length: 40\r\n', '{}')],
    ['the same length twice', post('Content-Length: 2\r\nContent-Length: 2\r\n', '{}')],
    ['a list of lengths', post('Content-Length: 2, 2\r\n', '{}')],
    ['a length with a sign', post('Content-Length: +2\r\n', '{}')],
    ['a length below nothing', post('Content-Length: -2\r\n', '{}')],
    ['a length in base 16', post('Content-Length: 0x2\r\n', '{}')],
    ['an empty length', post('Content-Length:\r\n', '{}')],
    ['a length beyond all numbers', post(`Content-Length: ${'9'.repeat(20)}\r\n`, '{}')],
    ['a blank behind the name of the length', post('Content-Length : 2\r\n', '{}')],
    ['a blank behind the name of the coding', post('Transfer-Encoding : chunked\r\n', CHUNKS)],
    ['chunks in chunks', post('Transfer-Encoding: chunked, chunked\r\n', CHUNKS)],
    ['chunks named twice', post(`${CHUNKED}${CHUNKED}`, CHUNKS)],
    ['the coding "identity"', post('Transfer-Encoding: identity\r\n', '{}')],
    ['chunks, and then another coding', post('Transfer-Encoding: chunked, identity\r\n', CHUNKS)],
    ['an unknown coding', post('Transfer-Encoding: xchunked\r\n', CHUNKS)],
    ['an odd blank before the coding', post('Transfer-Encoding: \x0bchunked\r\n', CHUNKS)],
    ['a coding in the next line', post('Transfer-Encoding:\r\n chunked\r\n', CHUNKS)],
    // Where does a chunk end?
    ['a chunk whose size is no number', post(CHUNKED, 'zz\r\n{}\r\n0\r\n\r\n')],
    ['a chunk with "0x"', post(CHUNKED, '0x2\r\n{}\r\n0\r\n\r\n')],
    ['a chunk below nothing', post(CHUNKED, '-2\r\n{}\r\n0\r\n\r\n')],
    ['a chunk beyond all numbers', post(CHUNKED, `${'f'.repeat(18)}\r\n{}\r\n0\r\n\r\n`)],
    ['a blank before the size of a chunk', post(CHUNKED, ' 2\r\n{}\r\n0\r\n\r\n')],
    ['chunks that end in LF alone', post(CHUNKED, '2\n{}\n0\n\n')],
    ['an extension of a chunk that ends in LF alone', post(CHUNKED, '2;a\n{}\r\n0\r\n\r\n')],
    [
      'an extension of a chunk that has no end',
      post(CHUNKED, `2;a=${'y'.repeat(20_000)}\r\n{}\r\n0\r\n\r\n`),
    ],
    ['a chunk that is longer than it says', post(CHUNKED, '2\r\n{}xx0\r\n\r\n')],
    ['a length behind the chunks', post(CHUNKED, '2\r\n{}\r\n0\r\nContent-Length: 40\r\n\r\n')],
    // Where does a header end?
    ['a header that goes on in the next line', get('Host: x\r\nX-A: a\r\n b\r\n')],
    ['a first header that begins with a blank', get(' Host: x\r\n')],
    ['lines that end in LF alone', 'GET /short HTTP/1.1\nHost: x\n\n'],
    ['a header that ends in LF alone', get('Host: x\nX-A: b\r\n')],
    ['a header with CR', get('Host: x\r\nX-A: a\rTransfer-Encoding: chunked\r\n')],
    ['a header with NUL', get('Host: x\r\nX-A: a\0b\r\n')],
    ['a header with DEL', get('Host: x\r\nX-A: a\x7fb\r\n')],
    ['a name with NUL', get('Host: x\r\nX\0A: ab\r\n')],
    ['a name with a blank', get('Host: x\r\nX A: b\r\n')],
    ['a header without a colon', get('Host: x\r\nXA\r\n')],
    ['a header without a name', get('Host: x\r\n: b\r\n')],
    // What is asked for?
    ['a target with NUL', get('Host: x\r\n', '/short\0')],
    ['a target that is a host', get('Host: x\r\n', 'evil.example:80')],
    ['a target without a slash', get('Host: x\r\n', 'short')],
    ['no target', 'GET  HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['a method in small letters', 'get /short HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['an unknown method', 'BREW /short HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['a version that there is not', 'GET /short HTTP/1.2\r\nHost: x\r\n\r\n'],
    ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['the beginning of TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
    ['no HTTP at all', 'hello\r\n\r\n'],
  ])('%s', async (_name, bytes) => {
    const answers = await sent(`${bytes}${HIDDEN}`);
    expect(answers.map(({ status, body }) => [status, body['type']])).toEqual([
      [400, '/problems/bad-request'],
    ]);
    expect(answers[0]?.headers).toMatchObject({
      'content-type': 'application/problem+json',
      connection: 'close',
      'x-content-type-options': 'nosniff',
      'x-request-id': answers[0]?.body['instance'],
    });
  });

  it.each([
    ['a header of 20 kB', get(`Host: x\r\nX-A: ${'y'.repeat(20_000)}\r\n`)],
    ['headers of 20 kB together', get(`Host: x\r\n${'X-A: yyyyy\r\n'.repeat(2_500)}`)],
    ['a target of 20 kB', get('Host: x\r\n', `/${'y'.repeat(20_000)}`)],
  ])('%s, as too long', async (_name, bytes) => {
    const [answer, ...more] = await sent(`${bytes}${HIDDEN}`);
    expect([answer?.status, answer?.body['type'], more]).toEqual([431, '/problems/headers-too-large', []]);
  });

  it('a body that says it is longer than any that is taken, before it comes', async () => {
    const answers = await sent(post('Content-Length: 1000000000000\r\n', ''));
    expect(answers.map(({ status, headers }) => [status, headers['connection']])).toEqual([[413, 'close']]);
  });

  it('a tunnel to somewhere else: the connection is closed', async () => {
    expect(await send('CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n')).toBe('');
  });
});

it.each([
  ['without Host', get(''), 'Say whom you ask, in the header Host.'],
  ['with two Hosts', get('Host: x\r\nHost: y\r\n'), 'Say whom you ask once: there are several headers Host.'],
  [
    'with the same Host twice',
    get('host: x\r\nHOST: x\r\n'),
    'Say whom you ask once: there are several headers Host.',
  ],
  ['with a path in Host', get('Host: evil.example/a\r\n'), 'The header Host names no host.'],
  ['with a user in Host', get('Host: a@evil.example\r\n'), 'The header Host names no host.'],
  ['with a blank in Host', get('Host: a b\r\n'), 'The header Host names no host.'],
  ['with a port in Host that is none', get('Host: a:80b\r\n'), 'The header Host names no host.'],
  [
    'packed in chunks',
    post('Transfer-Encoding: gzip, chunked\r\n', CHUNKS),
    'Of transfer codings only "chunked" is taken.',
  ],
])('is refused %s, and the next on the connection is answered', async (_name, bytes, detail) => {
  const [refused, next, ...more] = await sent(`${bytes}${LAST}`);
  expect([refused?.status, refused?.body['detail']]).toEqual([400, detail]);
  expect([next?.status, next?.body['host'], more]).toEqual([200, 'last', []]);
});

it.each([
  ['a name', 'www.example.ma'],
  ['a name with a port', 'localhost:3000'],
  ['an address', '127.0.0.1:3000'],
  ['an address of IPv6', '[::1]:3000'],
  ['nothing, where the address has no host', ''],
])('takes in Host %s', async (_name, host) => {
  const [answer] = await sent(`${get(`Host: ${host}\r\n`)}${LAST}`);
  expect([answer?.status, answer?.body['host']]).toEqual([200, host]);
});

it.each([
  ['chunks', post(CHUNKED, CHUNKS)],
  ['chunks in capitals', post('TRANSFER-ENCODING: CHUNKED\r\n', CHUNKS)],
  ['chunks with extensions', post(CHUNKED, '2;a=b;c="d"\r\n{}\r\n0;x\r\n\r\n')],
  ['chunks with trailers', post(CHUNKED, '2\r\n{}\r\n0\r\nX-A: b\r\n\r\n')],
  ['a length, and an empty line too many', post('Content-Length: 2\r\n', '{}\r\n')],
])('reads a body in %s, and then the next request', async (_name, bytes) => {
  const [read, next] = await sent(`${bytes}${LAST}`);
  expect([read?.status, read?.body]).toEqual([201, { got: {} }]);
  expect(next?.body['host']).toBe('last');
});

it('counts what it refuses among the problems', async () => {
  const counted = async (type: string): Promise<number> =>
    (await problems.get()).values.find(({ labels }) => labels.type === type)?.value ?? 0;
  const before = [await counted('bad-request'), await counted('headers-too-large')];
  await sent('hello\r\n\r\n');
  await sent(get(`Host: x\r\nX-A: ${'y'.repeat(20_000)}\r\n`));
  const after = [await counted('bad-request'), await counted('headers-too-large')];
  expect(after).toEqual(before.map((count) => count + 1));
});

it('goes by the path of an address that is whole, and by the header for the host', async () => {
  const [whole] = await sent(`${get('Host: x\r\n', 'http://user:word@evil.example:81/short?a=1')}${LAST}`);
  expect([whole?.status, whole?.body]).toEqual([200, { host: 'x', query: { a: '1' } }]);
});

it.each([
  ['no path', '*'],
  ['a path that begins with a host', '//evil.example/short'],
])('finds nothing at %s', async (_name, target) => {
  expect(await statuses(`${get('Host: x\r\n', target)}${LAST}`)).toEqual([404, 200]);
});

it.each([
  [
    'HTTP/2',
    'Connection: close, Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n',
  ],
  ['websockets', 'Connection: close, Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n'],
])('stays with HTTP/1.1 when %s is offered', async (_name, lines) => {
  expect(await statuses(get(`Host: x\r\n${lines}`))).toEqual([200]);
});

it('takes a body that GET has for a body, and not for the next request', async () => {
  const bytes = `${get(`Host: x\r\nContent-Length: ${HIDDEN.length}\r\n`)}${HIDDEN}${LAST}`;
  expect((await sent(bytes)).map(({ body }) => body['host'])).toEqual(['x', 'last']);
});

it('drops none of two thousand headers and more', async () => {
  const [answer] = await sent(`${get(`${'a:\r\n'.repeat(2_100)}Host: x\r\nX-A: the last\r\n`)}${LAST}`);
  expect([answer?.status, answer?.body['named']]).toEqual([200, 'the last']);
});

it('answers requests that came at once in their order', async () => {
  const many = Array.from({ length: 50 }, (_, n) => get(`Host: h${n}\r\n`)).join('');
  const answers = await sent(`${many}${post('Content-Length: 2\r\n', '{}')}${LAST}`);
  expect(answers.map(({ body }) => body['host'])).toEqual([
    ...Array.from({ length: 50 }, (_, n) => `h${n}`),
    undefined,
    'last',
  ]);
});

it('answers what came whole before it refuses what came behind it', async () => {
  const good = post('Content-Length: 2\r\n', '{}');
  expect(await statuses(`${good}${HIDDEN}BROKEN\r\n\r\n${HIDDEN}`)).toEqual([201, 200, 400]);
  expect(await statuses(`${good}${post(CHUNKED, 'zz\r\n')}`)).toEqual([201, 400]);
  expect(await statuses(`${LAST}${HIDDEN}`)).toEqual([200]);
});
