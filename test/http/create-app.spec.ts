import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import {
  Body,
  Controller,
  Delete,
  ForbiddenException,
  Get,
  type OnModuleInit,
  Param,
  Post,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import { IsString } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MayBeLeftOut } from '../../src/contract/may-be-left-out.js';
import { rateLimited, VigieError, type ErrorCode } from '../../src/core/errors.js';
import { BodyLimit } from '../../src/http/body-limit.js';
import { sendWithEtag } from '../../src/http/etag.js';
import { PROBLEMS } from '../../src/http/problems.js';
import { appOf, type TestApp } from './app-of.js';

class Note {
  @IsString()
  text!: string;
}

class Place {
  @IsString()
  @MayBeLeftOut()
  place?: string;
}

const KEY = 'vg_sec_' + 'a'.repeat(36);
const PICTURE = 'https://cdn.example.ma/photos/1.jpg';

@Controller('v1')
class TestController {
  @Post('notes')
  note(@Body() note: Note): Note {
    return note;
  }

  @BodyLimit(1024 * 1024)
  @Post('long-notes')
  longNote(@Body() note: Note): { length: number } {
    return { length: note.text.length };
  }

  @Post('places')
  place(@Body() { place }: Place): unknown {
    return { place: place ?? null };
  }

  @Post('anything')
  anything(@Body() body: unknown): unknown {
    return { got: body ?? null };
  }

  @Get('things/:id')
  thing(@Param('id') id: string, @Query('site') site?: string): unknown {
    return { id, site: site ?? null };
  }

  @Delete('things/:id')
  remove(@Param('id') id: string): unknown {
    return { removed: id };
  }

  @Get('address')
  address(@Req() request: FastifyRequest): unknown {
    return { ip: request.ip };
  }

  @Get('error')
  error(): never {
    throw new Error(`relation "image" of ${PICTURE} with ${KEY} does not exist at /srv/vigie/dist/index.js`);
  }

  @Get('text')
  text(): never {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- libraries do this
    throw 'a text';
  }

  @Get('lost')
  lost(): never {
    throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  }

  @Get('of-another-service')
  ofAnotherService(): never {
    throw Object.assign(new Error('Payment Required'), { statusCode: 402 });
  }

  @Get('code/:code')
  code(@Param('code') code: ErrorCode): never {
    throw new VigieError(code, 'Said by the rule.', [{ pointer: '/a', detail: 'Is wrong.' }], {
      yours: { note: 'typed' },
      status: 200,
    });
  }

  @Get('often')
  often(): never {
    throw rateLimited('You asked often.', 29.5);
  }

  @Get('forbidden')
  forbidden(): never {
    throw new ForbiddenException('names of internal things');
  }

  @Get('state')
  state(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    sendWithEtag(request, reply, '{"blocked":false}');
  }
}

let test: TestApp;

beforeAll(async () => {
  test = await appOf([TestController]);
});

afterAll(async () => {
  await test.app.close();
});

type Injected = Parameters<TestApp['app']['inject']>[0];

/** Sends, and checks what holds for every problem. */
async function problemFrom(request: Injected): Promise<Record<string, unknown>> {
  const response = await test.app.inject(request);
  expect(response.headers['content-type']).toBe('application/problem+json');
  const problem = response.json<Record<string, unknown>>();
  expect(problem['status']).toBe(response.statusCode);
  expect(problem['type']).toMatch(/^\/problems\/[a-z-]+$/);
  expect(problem['instance']).toBe(response.headers['x-request-id']);
  expect(problem['title']).toEqual(expect.any(String));
  expect(problem['detail']).toEqual(expect.any(String));
  expect(response.body).not.toMatch(/FST_|node_modules|\bat \S+:\d+/);
  return problem;
}

const post = (url: string, payload: string | Buffer, type = 'application/json'): Injected => ({
  method: 'POST',
  url,
  payload,
  headers: { 'content-type': type },
});

const inLatin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

const packed = (coding: string, payload: string | Buffer): Injected => ({
  method: 'POST',
  url: '/v1/notes',
  payload,
  headers: { 'content-type': 'application/json', 'content-encoding': coding },
});

const remove = (payload?: string): Injected => ({
  method: 'DELETE',
  url: '/v1/things/1',
  headers: { 'content-type': 'application/json' },
  ...(payload === undefined ? {} : { payload }),
});

describe('what the protocol refuses', () => {
  it.each([
    ['malformed JSON', post('/v1/notes', '{"text": '), 400, 'malformed'],
    ['an empty body said to be JSON', post('/v1/notes', ''), 400, 'malformed'],
    ['JSON in another encoding than UTF-8', post('/v1/notes', inLatin1('{"text":"é"}')), 400, 'malformed'],
    [
      'JSON in another encoding that it names',
      post('/v1/notes', inLatin1('{"text":"é"}'), 'application/json; charset=iso-8859-1'),
      400,
      'malformed',
    ],
    ['a packed body', packed('gzip', gzipSync('{"text":"a"}')), 415, 'unsupported-media-type'],
    ['a body said to be packed', packed('br', '{"text":"a"}'), 415, 'unsupported-media-type'],
    ['a text as body', post('/v1/notes', 'text=a', 'text/plain'), 415, 'unsupported-media-type'],
    [
      'a form',
      post('/v1/notes', 'text=a', 'application/x-www-form-urlencoded'),
      415,
      'unsupported-media-type',
    ],
    ['a body of 2 MB', post('/v1/notes', JSON.stringify({ text: 'a'.repeat(2e6) })), 413, 'too-large'],
    ['an unknown route', { method: 'GET', url: '/v1/nothing' }, 404, 'not-found'],
    ['an unknown route, posted to', post('/v1/nothing', '{}'), 404, 'not-found'],
    ['an address that can not be decoded', { method: 'GET', url: '/v1/things/%E0%A4%A' }, 400, 'bad-request'],
    [
      'a parameter without end',
      { method: 'GET', url: `/v1/things/${'a'.repeat(600)}` },
      414,
      'address-too-long',
    ],
  ] as [string, Injected, number, string][])('%s', async (_name, request, status, type) => {
    expect(await problemFrom(request)).toMatchObject({ status, type: `/problems/${type}` });
  });

  it('says 405 and the right methods where only the method is wrong', async () => {
    const response = await test.app.inject({ method: 'PUT', url: '/v1/things/7?site=x' });
    expect(response.statusCode).toBe(405);
    expect(response.headers['allow']).toBe('DELETE, GET, HEAD');
    expect(response.json()).toMatchObject({ type: '/problems/method-not-allowed' });
  });

  it('lets one route take more than the others', async () => {
    const payload = JSON.stringify({ text: 'a'.repeat(600_000) });
    const response = await test.app.inject(post('/v1/long-notes', payload));
    expect(response.json()).toEqual({ length: 600_000 });
    expect(await problemFrom(post('/v1/notes', payload))).toMatchObject({ status: 413 });
  });

  it('answers what is not HTTP, and what names no host, with a problem too', async () => {
    for (const bytes of ['HELLO\r\n\r\n', 'GET /v1/things/7 HTTP/1.1\r\nConnection: close\r\n\r\n']) {
      const answer = await overSocket(bytes);
      expect(answer).toMatch(/^HTTP\/1.1 400 Bad Request\r\n/);
      expect(answer).toMatch(/^content-type: application\/problem\+json\r$/im);
      expect(answer).toMatch(/^x-request-id: \S+\r$/im);
      expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).toMatchObject({
        type: '/problems/bad-request',
      });
    }
  });

  it('answers who expects what there is not as if nothing had been expected (RFC 9110, 10.1.1)', async () => {
    const head = 'GET /v1/nothing HTTP/1.1\r\nHost: x\r\nExpect: x\r\nConnection: close\r\n\r\n';
    const answer = await overSocket(head);
    expect(answer).toMatch(/^HTTP\/1.1 404 Not Found\r\n/);
    expect(answer).toMatch(/^content-type: application\/problem\+json\r$/im);
  });
});

/** What comes back on a connection of its own until it is closed. */
async function overSocket(bytes: string): Promise<string> {
  const server = test.app.getHttpServer();
  if (!server.listening) await test.app.listen(0, '127.0.0.1');
  const { port } = server.address() as { port: number };
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (part) => (text += part.toString()));
    socket.on('close', () => resolve(text));
  });
}

describe('what a handler throws', () => {
  it('tells nothing of an error that nobody expected, and logs it once with its stack', async () => {
    const problem = await problemFrom({
      method: 'GET',
      url: `/v1/error?key=${KEY}`,
      headers: { 'x-request-id': 'r-1' },
    });
    expect(problem).toEqual({
      type: '/problems/internal',
      title: PROBLEMS.INTERNAL.title,
      status: 500,
      detail: PROBLEMS.INTERNAL.detail,
      instance: 'r-1',
    });
    const lines = test.lines().filter((line) => line['requestId'] === 'r-1');
    expect(lines.filter((line) => line['level'] === 'error')).toEqual([
      expect.objectContaining({
        route: '/v1/error',
        method: 'GET',
        err: expect.objectContaining({
          stack: expect.stringContaining('TestController') as string,
        }) as object,
      }),
    ]);
  });

  it.each([
    ['a text', '/v1/text', 500, 'internal'],
    ["another service's error", '/v1/of-another-service', 500, 'internal'],
    ['a lost connection to Postgres', '/v1/lost', 503, 'unavailable'],
    ["the framework's own refusal", '/v1/forbidden', 403, 'forbidden'],
  ])('%s', async (_name, url, status, type) => {
    const problem = await problemFrom({ method: 'GET', url });
    expect(problem).toMatchObject({ status, type: `/problems/${type}` });
    expect(JSON.stringify(problem)).not.toContain('internal things');
  });

  it.each([
    ['INVALID', 422, 'invalid'],
    ['UNAUTHENTICATED', 401, 'unauthenticated'],
    ['FORBIDDEN', 403, 'forbidden'],
    ['NOT_FOUND', 404, 'not-found'],
    ['CONFLICT', 409, 'conflict'],
    ['CASE_CONFLICT', 409, 'case-conflict'],
    ['SECRET_IN_ADDRESS', 400, 'secret-in-address'],
    ['RATE_LIMITED', 429, 'rate-limited'],
    ['UNAVAILABLE', 503, 'unavailable'],
  ])('the code %s is %i', async (code, status, type) => {
    expect(await problemFrom({ method: 'GET', url: `/v1/code/${code}` })).toMatchObject({
      status,
      type: `/problems/${type}`,
      detail: 'Said by the rule.',
      errors: [{ pointer: '/a', detail: 'Is wrong.' }],
      yours: { note: 'typed' },
    });
  });

  it('says how to authenticate, and when to come back', async () => {
    const refused = await test.app.inject('/v1/code/UNAUTHENTICATED');
    expect(refused.headers['www-authenticate']).toBe('Bearer');
    const unavailable = await test.app.inject('/v1/lost');
    expect(unavailable.headers['retry-after']).toBe('1');
    expect(unavailable.headers['cache-control']).toBe('no-store');
    const limited = await test.app.inject('/v1/often');
    expect(limited.headers['retry-after']).toBe('30');
    expect(limited.json()).toMatchObject({ status: 429, detail: 'You asked often.', retryAfter: 30 });
  });
});

describe('requests', () => {
  it('keep a sane request id, and get a new one in place of any other', async () => {
    const idOf = async (given?: string) => {
      const headers = given === undefined ? {} : { 'x-request-id': given };
      const response = await test.app.inject({ method: 'GET', url: '/v1/things/1', headers });
      return response.headers['x-request-id'];
    };
    expect(await idOf('proxy-7.a:b')).toBe('proxy-7.a:b');
    const made = await idOf();
    expect(made).toMatch(/^[0-9a-f-]{36}$/);
    expect(await idOf()).not.toBe(made);
    expect(await idOf('two words')).toMatch(/^[0-9a-f-]{36}$/);
    expect(await idOf('a'.repeat(129))).toMatch(/^[0-9a-f-]{36}$/);
    for (const given of ['a\r\nSet-Cookie: x=1', 'a\n{"level":"fatal"}', 'a"b', 'a\u2028b', 'é', ''])
      expect([given, await idOf(given)]).toEqual([given, expect.stringMatching(/^[0-9a-f-]{36}$/)]);
    const lines = test.log().split('\n').filter(Boolean);
    expect(lines.filter((line) => line.includes('"level":"fatal"'))).toEqual([]);
    for (const line of lines) expect(() => JSON.parse(line) as unknown).not.toThrow();
  });

  it('behaviour 8: a forged X-Forwarded-For is ignored without a trusted proxy', async () => {
    const ask = {
      method: 'GET',
      url: '/v1/address',
      headers: { 'x-forwarded-for': '203.0.113.9, 198.51.100.7' },
    } as const;
    expect((await test.app.inject(ask)).json()).toEqual({ ip: '127.0.0.1' });

    const behindOne = await appOf([TestController], { trustProxy: 1 });
    const behindTheirs = await appOf([TestController], { trustProxy: ['127.0.0.0/8', '198.51.100.0/24'] });
    expect((await behindOne.app.inject(ask)).json()).toEqual({ ip: '198.51.100.7' });
    expect((await behindTheirs.app.inject(ask)).json()).toEqual({ ip: '203.0.113.9' });
    await behindOne.app.close();
    await behindTheirs.app.close();
  });

  it('behaviour 9: text that can not be stored is refused in the path and the query, with a pointer', async () => {
    expect(await problemFrom({ method: 'GET', url: '/v1/things/a%00b' })).toMatchObject({
      status: 422,
      errors: [{ pointer: '/id', detail: 'Must not contain the character NUL.' }],
    });
    expect(await problemFrom({ method: 'GET', url: '/v1/things/1?site=%00' })).toMatchObject({
      errors: [{ pointer: '/site' }],
    });
    expect(await problemFrom({ method: 'GET', url: '/v1/things/1?site=a&site=b' })).toMatchObject({
      errors: [{ pointer: '/site', detail: 'Give this once.' }],
    });
    expect(await problemFrom(post('/v1/anything', '{"a":[{"b":"\\ud800"}]}'))).toMatchObject({
      errors: [{ pointer: '/a/0/b' }],
    });
  });

  it('survive any depth of nesting', async () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    expect(await problemFrom(post('/v1/notes', `{"text":${deep}}`))).toMatchObject({ status: 422 });
    expect(await problemFrom(post('/v1/anything', `{"a":${deep}}`))).toMatchObject({ status: 422 });
  });

  it('may come without a body where none is needed', async () => {
    expect((await test.app.inject({ method: 'POST', url: '/v1/anything' })).json()).toEqual({ got: null });
  });

  it('may say that they are as they are', async () => {
    expect((await test.app.inject(packed('Identity', '{"text":"é"}'))).statusCode).toBe(201);
  });

  it.each([
    ['a body that may be anything', post('/v1/anything', ''), { got: null }],
    ['a body of which nothing is required', post('/v1/places', ''), { place: null }],
    ['no body', remove(''), { removed: '1' }],
    ['no body, and no length', remove(), { removed: '1' }],
  ] as [string, Injected, unknown][])(
    'may come with an empty one, said to be JSON, where what is asked for is %s',
    async (_name, request, answer) => {
      expect((await test.app.inject(request)).json()).toEqual(answer);
    },
  );
});

describe('an ETag', () => {
  it('depends on the body alone, and saves sending it again', async () => {
    const first = await test.app.inject('/v1/state');
    const { etag } = first.headers;
    expect(first.json()).toEqual({ blocked: false });
    expect(first.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-cache',
      etag: expect.stringMatching(/^"[\w-]{27}"$/) as string,
    });
    for (const known of [String(etag), `W/${String(etag)}`, `"other", ${String(etag)}`, '*']) {
      const again = await test.app.inject({
        method: 'GET',
        url: '/v1/state',
        headers: { 'if-none-match': known },
      });
      expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, '', etag]);
    }
    const other = await test.app.inject({
      method: 'GET',
      url: '/v1/state',
      headers: { 'if-none-match': '"other"' },
    });
    expect(other.statusCode).toBe(200);
  });

  it('is told to HEAD, without the body', async () => {
    const response = await test.app.inject({ method: 'HEAD', url: '/v1/state' });
    expect([response.statusCode, response.body, response.headers['content-length']]).toEqual([200, '', '17']);
    expect(response.headers.etag).toEqual(expect.any(String));
  });
});

describe('the log', () => {
  it('has one line per request, with the pattern of the route and nothing of the address', async () => {
    await test.app.inject({
      method: 'GET',
      url: `/v1/things/rcp_secret?url=${encodeURIComponent(PICTURE)}&key=${KEY}`,
      headers: { 'x-request-id': 'line-1', authorization: `Bearer ${KEY}` },
      remoteAddress: '203.0.113.77',
    });
    await test.app.inject({
      method: 'GET',
      url: '/v1/unknown/rcp_secret',
      headers: { 'x-request-id': 'line-2' },
    });
    const about = (id: string) => test.lines().filter((line) => line['requestId'] === id);
    expect(about('line-1')).toEqual([
      {
        level: 'debug',
        time: expect.stringMatching(/^\d{4}-.*Z$/) as string,
        method: 'GET',
        route: '/v1/things/:id',
        status: 200,
        ms: expect.any(Number) as number,
        requestId: 'line-1',
        message: 'request',
      },
    ]);
    expect(about('line-2')).toMatchObject([{ route: null, status: 404 }]);
  });

  it('holds no key, receipt, reader address or picture address, not even in errors', () => {
    const secrets = [KEY, 'rcp_secret', '203.0.113', 'cdn.example.ma'];
    expect(secrets.filter((secret) => test.log().includes(secret))).toEqual([]);
  });

  it('says once that a proxy stands in front which TRUST_PROXY does not name', async () => {
    const warnings = async (trustProxy: false | number, remoteAddress: string, headers: object) => {
      const { app, ...its } = await appOf([TestController], { trustProxy, logLevel: 'warn' });
      for (let n = 0; n < 3; n += 1) {
        await app.inject({ method: 'GET', url: '/v1/things/1', remoteAddress, headers: { ...headers } });
      }
      await app.close();
      return its.lines().map(({ message }) => message);
    };
    const forwarded = { 'x-forwarded-for': '203.0.113.9' };
    for (const proxy of ['127.0.0.1', '10.1.2.3', '::ffff:172.17.0.1', 'fd00::1']) {
      expect(await warnings(false, proxy, forwarded)).toEqual([
        expect.stringMatching(/Set TRUST_PROXY to the number of proxies/),
      ]);
    }
    // Anybody may send the header; and here somebody is trusted, or nobody forwards.
    expect(await warnings(false, '198.51.100.7', forwarded)).toEqual([]);
    expect(await warnings(1, '10.1.2.3', forwarded)).toEqual([]);
    expect(await warnings(false, '10.1.2.3', {})).toEqual([]);
  });

  it('has no line for requests that succeed, at info', async () => {
    const quiet = await appOf([TestController], { logLevel: 'info' });
    const before = quiet.lines().length;
    await quiet.app.inject('/v1/things/1');
    await quiet.app.inject('/v1/unknown');
    expect(quiet.lines()).toHaveLength(before);
    await quiet.app.inject('/v1/lost');
    expect(quiet.lines().slice(before)).toMatchObject([{ level: 'info', status: 503, route: '/v1/lost' }]);
    await quiet.app.close();
  });
});

describe('a module that can not start', () => {
  it('makes createApp fail with its own error', async () => {
    @Controller()
    class Broken implements OnModuleInit {
      onModuleInit(): void {
        throw new Error('No database.');
      }
    }
    await expect(appOf([Broken], { logLevel: 'silent' })).rejects.toThrow('No database.');
  });
});
