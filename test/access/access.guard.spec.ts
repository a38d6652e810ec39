import { Controller, Delete, Get, Module, Post, Put, Query } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { InjectOptions } from 'fastify';
import { AccessModule } from '../../src/access/access.module.js';
import { makeKey } from '../../src/access/keys/api-keys.js';
import { Allow, CurrentCaller } from '../../src/access/allow.js';
import type { Caller } from '../../src/access/caller.js';
import { KeyDirectory } from '../../src/access/keys/key-directory.js';
import { loadConfig } from '../../src/config/load-config.js';
import { Database } from '../../src/database/database.js';
import { DatabaseModule } from '../../src/database/database.module.js';
import { BodyLimit } from '../../src/http/body-limit.js';
import { createApp } from '../../src/http/create-app.js';
import { SettingsRows } from './sites/settings-rows.js';

const answer = (caller: Caller) => ({
  kind: caller.kind,
  who: caller.kind === 'staff' ? caller.email : caller.site.slug,
});

@Controller('guarded')
class GuardedRoutes {
  @Get('public')
  open() {
    return { open: true };
  }

  @Get('browsers')
  @Allow({ keys: ['publishable', 'secret'], staff: 'moderator', scope: 'images' })
  read(@CurrentCaller() caller: Caller, @Query() query: Record<string, unknown>) {
    return { ...answer(caller), query };
  }

  @Post('browsers')
  @BodyLimit(1_000_000)
  @Allow({ keys: ['publishable', 'secret'] })
  write(@CurrentCaller() caller: Caller) {
    return answer(caller);
  }

  @Delete('browsers/:id')
  @Allow({ keys: ['publishable', 'secret'] })
  remove(@CurrentCaller() caller: Caller) {
    return answer(caller);
  }

  @Put('back-end')
  @Allow({ keys: ['secret'] })
  backEnd(@CurrentCaller() caller: Caller) {
    return answer(caller);
  }

  @Put('lead')
  @Allow({ staff: 'lead', scope: 'rules' })
  lead(@CurrentCaller() caller: Caller) {
    return answer(caller);
  }

  @Get('admin')
  @Allow({ staff: 'admin', scope: 'sites' })
  admin(@CurrentCaller() caller: Caller) {
    return answer(caller);
  }
}

const origin = 'https://news.example';
let rows: SettingsRows;
let app: NestFastifyApplication;
let publishable: string;
let secret: string;
let moderator: string;
let lead: string;
let admin: string;

beforeAll(async () => {
  rows = await SettingsRows.create();
  const config = loadConfig({
    DATABASE_URL: rows.url,
    VIGIE_SECRET: 'a secret of the tests, 32 bytes or more',
    LOG_LEVEL: 'silent',
  });

  @Module({
    imports: [
      DatabaseModule.register(rows.url, config),
      AccessModule.register({ secret: Buffer.alloc(32, 1), config: { ...config, rateLimits: false } }),
    ],
    controllers: [GuardedRoutes],
  })
  class GuardedModule {}
  app = await createApp(GuardedModule, config);

  const site = await rows.site('news', { origins: [origin, 'http://localhost:3000'] });
  publishable = await rows.siteKey('publishable', site);
  secret = await rows.siteKey('secret', site);
  const scopes = ['review', 'images', 'rules', 'sites'];
  moderator = await rows.token(await rows.staff('moderator@example.ma', { [site]: 'moderator' }), scopes);
  lead = await rows.token(await rows.staff('lead@example.ma', { [site]: 'lead' }), scopes);
  admin = await rows.token(await rows.staff('admin@example.ma', {}, true), scopes);
});
afterAll(async () => {
  await app.close();
  await rows.remove();
});

type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE' | 'OPTIONS';

const ask = (method: Method, url: string, key?: string, headers: Record<string, string> = {}) =>
  app.inject({
    method,
    url: `/guarded/${url}`,
    headers: { ...(key === undefined ? {} : { authorization: `Bearer ${key}` }), ...headers },
  } satisfies InjectOptions);

describe('who is let in', () => {
  it('a key in any spelling, which is looked up once', async () => {
    const query = jest.spyOn(app.get(Database), 'query');
    const forget = jest.spyOn(app.get(KeyDirectory), 'forget');
    // The news of what was set up before may come in the middle: then what was known is forgotten, as it should be.
    do {
      app.get(KeyDirectory).forget();
      forget.mockClear();
      query.mockClear();
      for (const spelling of ['Bearer ', 'bearer ', 'BEARER ', 'Bearer  ', 'bearer      ']) {
        const authorization = spelling + secret;
        expect((await ask('GET', 'browsers', undefined, { authorization })).statusCode).toBe(200);
      }
    } while (forget.mock.calls.length > 0);
    expect(query.mock.calls.filter(([{ name }]) => name === 'find-key')).toHaveLength(1);
    forget.mockRestore();
    query.mockRestore();
  });

  it('everybody where no @Allow stands', async () => {
    expect((await ask('GET', 'public')).statusCode).toBe(200);
    expect((await ask('GET', 'public', 'nonsense')).statusCode).toBe(200);
  });

  it('the kinds of key that the route names, and the controller learns who', async () => {
    expect((await ask('GET', 'browsers', publishable)).json()).toMatchObject({
      kind: 'publishable',
      who: 'news',
    });
    expect((await ask('POST', 'browsers', secret)).json()).toMatchObject({ kind: 'secret', who: 'news' });
    expect((await ask('PUT', 'back-end', secret)).statusCode).toBe(200);
    expect((await ask('PUT', 'lead', lead)).json()).toEqual({ kind: 'staff', who: 'lead@example.ma' });
    expect((await ask('PUT', 'lead', admin)).statusCode).toBe(200);
    expect((await ask('GET', 'admin', admin)).statusCode).toBe(200);
  });

  it('nobody without a key: 401, which names the scheme', async () => {
    const { statusCode, headers } = await ask('GET', 'browsers');
    expect(statusCode).toBe(401);
    expect(headers['www-authenticate']).toMatch(/^Bearer/);
    expect(headers['content-type']).toMatch(/^application\/problem\+json/);
  });

  it('nobody with a key that is mistyped, unknown, of another scheme, or expired', async () => {
    const expired = await rows.token(await rows.staff('expired@example.ma', {}, true), ['images'], -1);
    for (const key of ['x', `${secret}x`, makeKey('secret').key, expired, '', `${secret} ${secret}`]) {
      expect((await ask('GET', 'browsers', key)).statusCode).toBe(401);
    }
    expect((await ask('GET', 'browsers', undefined, { authorization: `Basic ${secret}` })).statusCode).toBe(
      401,
    );
    expect((await ask('GET', 'browsers', undefined, { authorization: secret })).statusCode).toBe(401);
  });

  it.each<[string, Method, string, () => string]>([
    ['a publishable key', 'PUT', 'back-end', () => publishable],
    ['a token of staff', 'PUT', 'back-end', () => lead],
    ['a token of staff, an admin even', 'POST', 'browsers', () => admin],
    ['a secret key', 'PUT', 'lead', () => secret],
    ['a publishable key', 'GET', 'admin', () => publishable],
  ])('not %s where another kind is asked for: %s /%s is 403', async (_, method, url, key) => {
    const response = await ask(method, url, key(), { origin });
    expect(response.statusCode).toBe(403);
    expect(response.json<{ detail: string }>().detail).toMatch(/wrong kind of key/);
  });

  it('not staff whose role is too low', async () => {
    expect((await ask('PUT', 'lead', moderator)).statusCode).toBe(403);
    expect((await ask('GET', 'admin', lead)).statusCode).toBe(403);
    const nobody = await rows.token(await rows.staff('nobody@example.ma'), ['images']);
    expect((await ask('GET', 'browsers', nobody)).statusCode).toBe(403);
  });

  it('not a token without the scope, which is named', async () => {
    const narrow = await rows.token(await rows.staff('narrow@example.ma', {}, true), ['review']);
    const response = await ask('GET', 'browsers', narrow);
    expect(response.statusCode).toBe(403);
    expect(response.json()).toMatchObject({
      scope: 'images',
      detail: expect.stringContaining('"images"') as string,
    });
  });

  it('no longer, from the very next request on, when the key was revoked', async () => {
    const site = await rows.site('revoked');
    const key = await rows.siteKey('secret', site);
    expect((await ask('GET', 'browsers', key)).statusCode).toBe(200);
    await rows.revokeKeysOf(site);
    app.get(KeyDirectory).forget();
    expect((await ask('GET', 'browsers', key)).statusCode).toBe(401);
  });
});

describe('a query where none is asked for', () => {
  it.each<[string, number, Method, string, () => string | undefined]>([
    ['without a key', 401, 'POST', 'browsers', () => undefined],
    ['with an unknown key', 401, 'PUT', 'back-end', () => makeKey('secret').key],
    ['with the wrong kind of key', 403, 'GET', 'admin', () => secret],
    ['who may ask', 422, 'PUT', 'back-end', () => secret],
  ])('is refused after the key: %s, %d', async (_, status, method, url, key) => {
    expect((await ask(method, `${url}?x=1`, key(), { origin })).statusCode).toBe(status);
  });

  it('is refused after a foreign origin, and no page from there may read why', async () => {
    const response = await ask('POST', 'browsers?x=1', publishable, { origin: 'https://evil.example' });
    expect([response.statusCode, response.headers['access-control-allow-origin']]).toEqual([403, undefined]);
  });
});

describe('a key in the address', () => {
  it('is taken when it is publishable and the request reads, and nobody behind sees it', async () => {
    const response = await ask('GET', `browsers?key=${publishable}&url=x`);
    expect(response.json()).toEqual({ kind: 'publishable', who: 'news', query: { url: 'x' } });
    expect((await ask('HEAD', `browsers?key=${publishable}`)).statusCode).toBe(200);
  });

  it('is refused when it must stay secret, whatever else the request says', async () => {
    for (const key of [secret, lead, 'vg_sec_mistyped', `%20${secret}`, `++${lead}`, `%09${secret}`]) {
      for (const [method, url] of [
        ['GET', 'browsers'],
        ['POST', 'browsers'],
        ['PUT', 'lead'],
      ] as const) {
        const response = await ask(method, `${url}?key=${key}`, publishable, { origin });
        expect(response.statusCode).toBe(400);
        expect(response.json()).toMatchObject({ type: '/problems/secret-in-address' });
        expect(response.body).not.toContain(key);
      }
    }
    expect((await ask('GET', `browsers?key=${publishable}&key=${secret}`)).statusCode).toBe(400);
  });

  it('is given once', async () => {
    const response = await ask('GET', `browsers?key=${publishable}&key=${publishable}`);
    expect(response.statusCode).toBe(422);
    expect(response.json()).toMatchObject({ errors: [{ pointer: '/key' }] });
  });

  it('does not count when the request writes, or is no key', async () => {
    expect((await ask('POST', `browsers?key=${publishable}`, undefined, { origin })).statusCode).toBe(401);
    expect((await ask('GET', 'browsers?key=x')).statusCode).toBe(401);
    expect((await ask('GET', 'browsers?key=')).statusCode).toBe(401);
  });
});

describe('behaviour 13: the origin of a request with a publishable key', () => {
  it.each<Method>(['POST', 'DELETE'])('must be one of the site when it writes: %s', async (method) => {
    const url = method === 'DELETE' ? 'browsers/1' : 'browsers';
    for (const good of [origin, 'http://localhost:3000']) {
      expect((await ask(method, url, publishable, { origin: good })).statusCode).toBeLessThan(300);
    }
    const foreign = [
      'https://evil.example',
      'null',
      'http://news.example',
      'https://news.example:8443',
      'https://news.example/',
      'https://NEWS.example',
      'https://www.news.example',
      'https://news.example.evil.example',
      `${origin}, https://evil.example`,
      '',
    ];
    for (const bad of foreign) {
      expect((await ask(method, url, publishable, { origin: bad })).statusCode).toBe(403);
    }
    expect((await ask(method, url, publishable)).statusCode).toBe(403);
  });

  it('may be missing when it reads, but not foreign', async () => {
    expect((await ask('GET', 'browsers', publishable)).statusCode).toBe(200);
    expect((await ask('GET', 'browsers', publishable, { origin })).statusCode).toBe(200);
    for (const bad of ['https://evil.example', 'null']) {
      expect((await ask('GET', 'browsers', publishable, { origin: bad })).statusCode).toBe(403);
      expect((await ask('GET', `browsers?key=${publishable}`, undefined, { origin: bad })).statusCode).toBe(
        403,
      );
    }
  });

  it('is not asked of a secret key', async () => {
    expect((await ask('POST', 'browsers', secret)).statusCode).toBe(201);
  });

  it('is what the answer is for: its pages may read it, caches keep it apart, cookies stay out', async () => {
    const allowed = await ask('POST', 'browsers', publishable, { origin });
    expect(allowed.headers).toMatchObject({ vary: 'Origin', 'access-control-allow-origin': origin });
    expect(allowed.headers).not.toHaveProperty('access-control-allow-credentials');
    const refused = await ask('POST', 'browsers', publishable, { origin: 'https://evil.example' });
    expect(refused.headers).toMatchObject({ vary: 'Origin' });
    expect(refused.headers).not.toHaveProperty('access-control-allow-origin');
    const secretly = await ask('POST', 'browsers', secret, { origin });
    expect(secretly.headers).not.toHaveProperty('access-control-allow-origin');
  });
});

describe('an error before it is known whose key it is', () => {
  const readable = { vary: 'Origin', 'access-control-allow-origin': '*' };
  const send = (url: string, headers: Record<string, string>, payload?: string) =>
    app.inject({
      method: 'POST',
      url: `/guarded/${url}`,
      headers: { origin, ...headers },
      ...(payload === undefined ? {} : { payload }),
    });
  const json = { 'content-type': 'application/json' };

  it.each<[number, string, () => Promise<{ statusCode: number; headers: object }>]>([
    [401, 'no key', () => ask('POST', 'browsers', undefined, { origin })],
    [401, 'an unknown key', () => ask('GET', 'browsers', makeKey('publishable').key, { origin })],
    [401, 'a mistyped key', () => ask('POST', 'browsers', 'x', { origin })],
    [400, 'JSON that is none', () => send('browsers', json, '{')],
    [413, 'too much', () => send('browsers', json, JSON.stringify('x'.repeat(1_000_000)))],
    [415, 'a form', () => send('browsers', { 'content-type': 'application/x-www-form-urlencoded' }, 'a=b')],
  ])('%d for %s can be read by the page that gets it', async (status, _, asked) => {
    const { statusCode, headers } = await asked();
    expect(statusCode).toBe(status);
    expect(headers).toMatchObject(readable);
    expect(headers).not.toHaveProperty('access-control-allow-credentials');
    expect((headers as Record<string, string>)['access-control-expose-headers']).toContain('X-Request-Id');
  });

  it('can not be read where browsers have nothing to ask, nor with a key that is known', async () => {
    for (const { headers } of [
      await ask('PUT', 'back-end', undefined, { origin }),
      await ask('GET', 'admin', 'x', { origin }),
      await ask('GET', 'nowhere', undefined, { origin }),
      await ask('POST', 'browsers', admin, { origin }),
      await ask('POST', 'browsers', publishable, { origin: 'https://evil.example' }),
    ]) {
      expect(headers).not.toHaveProperty('access-control-allow-origin');
    }
  });
});

describe("the browser's question before a request", () => {
  const preflight = (url: string) =>
    ask('OPTIONS', url, undefined, { origin, 'access-control-request-method': 'POST' });

  it('is answered for routes that publishable keys may call', async () => {
    const { statusCode, headers } = await preflight('browsers');
    expect(statusCode).toBe(204);
    expect(headers['access-control-allow-origin']).toBe('*');
    expect(String(headers['access-control-allow-methods']).split(', ').toSorted()).toEqual([
      'GET',
      'HEAD',
      'POST',
    ]);
    expect(headers['access-control-allow-headers']).toMatch(/Authorization, Content-Type/);
    expect(headers).not.toHaveProperty('access-control-allow-credentials');
    expect((await preflight('browsers/rcp_1')).headers['access-control-allow-methods']).toBe('DELETE');
  });

  it('is not answered for any other', async () => {
    for (const url of ['back-end', 'lead', 'admin', 'public', 'nowhere']) {
      const { statusCode, headers } = await preflight(url);
      expect(statusCode).toBeGreaterThanOrEqual(400);
      expect(headers).not.toHaveProperty('access-control-allow-origin');
    }
  });
});
