import { type Answer, Service, type TestSite } from '../setup/service.js';
import { SignedIn } from '../setup/signed-in.js';

/**
 * Every field of every request that writes, wrong in every way: the right problem with a pointer, never a 500, nothing
 * written. The fields come from the API's own description, so a new one is tried without being named here.
 */

interface Schema {
  readonly $ref?: string;
  readonly type?: string | string[];
  readonly properties?: Record<string, Schema>;
  readonly required?: string[];
  readonly items?: Schema;
  readonly enum?: unknown[];
  readonly maxLength?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
  readonly allOf?: Schema[];
  readonly oneOf?: Schema[];
  readonly anyOf?: Schema[];
}
interface Description {
  readonly paths: Record<
    string,
    Record<string, { requestBody?: { required?: boolean; content: Record<string, { schema: Schema }> } }>
  >;
  readonly components: { readonly schemas: Record<string, Schema> };
}
type Json = Record<string, unknown>;
type Method = 'POST' | 'PUT' | 'PATCH' | 'DELETE';

let service: Service;
let site: TestSite;
let admin: string;
let described: Description;
let caseId: string;
let endpointId: string;
let signedIn: SignedIn;
let waiting: SignedIn;

beforeAll(async () => {
  // Nothing is posted to the made-up address of its webhook.
  service = await Service.open({ ROLE: 'api' });
  site = await service.site();
  admin = await service.staffToken('admin@vigie.ma', 'admin');
  described = (await service.ask<Description>('GET', '/v1/openapi.json')).body;
  await service.reports(site, 'https://cdn.example.ma/1.jpg', 5);
  const { body } = await service.ask<{ items: { id: string }[] }>('GET', '/v1/cases', admin);
  caseId = body.items[0]?.id ?? '';
  const hook = { url: 'https://hooks.example.ma/vigie', events: ['*'] };
  const endpoint = await service.ask('POST', '/v1/webhook-endpoints', site.secretKey, hook);
  endpointId = String(endpoint.body['id']);
  signedIn = await SignedIn.as(service, 'signed-in@example.ma', 'moderator', site);
  waiting = await SignedIn.as(service, 'waiting@example.ma', 'moderator', site);
  await waiting.beginStage('totp');
});
afterAll(async () => {
  await service.close();
});

interface Right {
  readonly url: string;
  readonly key?: string;
  /** In the place of those of a page of the site. */
  readonly headers?: Record<string, string>;
  readonly body: Json;
}

/** A right body for each route that takes one, and the key that may send it. */
const rightBodies = (): Record<string, Right> => {
  const image = { url: 'https://cdn.example.ma/never-written.jpg' };
  const secret = (url: string, body: Json) => ({ url, key: site.secretKey, body });
  const staff = (url: string, body: Json) => ({ url, key: admin, body });
  const session = (url: string, body: Json, by = signedIn) => ({ url, headers: by.headers('POST'), body });
  return {
    'POST /v1/reports': secret('/v1/reports', {
      image,
      page: { url: 'https://www.example.ma/1', title: 'x' },
      reason: 'violence',
      comment: 'x',
      reporter: { account: 'x' },
    }),
    'POST /v1/reporters/forget': secret('/v1/reporters/forget', { account: 'x' }),
    'POST /v1/devices': { url: '/v1/devices', key: site.publishableKey, body: { proof: 'x' } },
    'POST /v1/images/state': secret('/v1/images/state', { images: [image] }),
    'PUT /v1/images/block': secret('/v1/images/block', { image, reason: 'spam', note: 'x' }),
    'PUT /v1/images/protection': secret('/v1/images/protection', { image, note: 'x' }),
    'PUT /v1/images/appeal': secret('/v1/images/appeal', { image, note: 'x' }),
    'POST /v1/images/views': secret('/v1/images/views', { seconds: 600, images: [{ ...image, views: 1 }] }),
    'PUT /v1/images/content': secret('/v1/images/content', { image, sha256: 'a'.repeat(64), note: 'x' }),
    'PUT /v1/images/addresses': secret('/v1/images/addresses', { id: 'x', urls: [image.url] }),
    'POST /v1/webhook-endpoints': secret('/v1/webhook-endpoints', {
      url: 'https://hooks.example.ma/vigie',
      events: ['image.blocked'],
      description: 'x',
    }),
    'PATCH /v1/webhook-endpoints/{id}': secret(`/v1/webhook-endpoints/${endpointId}`, {
      url: 'https://hooks.example.ma/vigie',
      events: ['image.blocked'],
      description: 'x',
      enabled: true,
    }),
    'POST /v1/cases/claim': staff('/v1/cases/claim', { site: 'example', reason: 'spam' }),
    'PUT /v1/cases/{id}/lease': staff(`/v1/cases/${caseId}/lease`, { token: 'lea_x' }),
    'POST /v1/cases/{id}/decision': staff(`/v1/cases/${caseId}/decision`, {
      action: 'block',
      policy: 'spam',
      note: 'x',
      reports: 'valid',
      version: 1,
    }),
    'POST /v1/decisions': staff('/v1/decisions', {
      decisions: [{ case: caseId, action: 'keep', version: 1 }],
    }),
    'POST /v1/mutes': staff('/v1/mutes', { reader: 'rdr_x', note: 'x', days: 1 }),
    'POST /v1/images/canonical': secret('/v1/images/canonical', {
      url: image.url,
      rules: { presets: ['wordpress'], ignoreParameters: ['w'], removePaths: ['/x/'], ignoreWww: true },
    }),
    'POST /v1/sites': staff('/v1/sites', { slug: 'new', name: 'new', origins: ['https://new.ma'] }),
    'PATCH /v1/sites/{id}': staff('/v1/sites/example', { name: 'x' }),
    'POST /v1/sites/{id}/keys': staff('/v1/sites/example/keys', { kind: 'secret', name: 'x' }),
    'PUT /v1/sites/{id}/threshold-rule': staff('/v1/sites/example/threshold-rule', { reporters: 7 }),
    'POST /v1/sites/{id}/threshold-rule/replay': staff('/v1/sites/example/threshold-rule/replay', {
      rule: { reporters: 7 },
      from: '2026-11-01T00:00:00Z',
      to: '2026-11-02T00:00:00Z',
    }),
    'POST /v1/sites/{id}/threshold-rule/apply': staff('/v1/sites/example/threshold-rule/apply', {
      rule: { reporters: 7 },
      ifVersion: 1,
      block: [],
    }),
    'POST /v1/sites/{id}/members': staff('/v1/sites/example/members', {
      email: 'x@example.ma',
      role: 'lead',
    }),
    'PATCH /v1/sites/{id}/members/{memberId}': staff('/v1/sites/example/members/stf_x', { role: 'lead' }),
    'POST /v1/staff': staff('/v1/staff', { email: 'y@example.ma', admin: false }),
    'PATCH /v1/staff/{id}': staff('/v1/staff/stf_x', { admin: true, closed: false }),
    'POST /v1/staff/{id}/links': staff('/v1/staff/stf_x/links', { purpose: 'reset' }),
    'POST /v1/links/look': staff('/v1/links/look', { token: 'vg_lnk_x' }),
    'POST /v1/links/redeem': staff('/v1/links/redeem', {
      token: 'vg_lnk_x',
      password: 'three storks over the bay',
    }),
    'POST /v1/session/forgot': staff('/v1/session/forgot', { email: 'y@example.ma' }),
    'POST /v1/session': session('/v1/session', { email: 'x@example.ma', password: 'x' }),
    'POST /v1/session/totp': session('/v1/session/totp', { code: '492039' }, waiting),
    'PUT /v1/session/password': session('/v1/session/password', { current: 'x', password: 'x'.repeat(12) }),
    'POST /v1/session/second-factor': session('/v1/session/second-factor', { password: 'x' }),
    'PUT /v1/session/second-factor': session('/v1/session/second-factor', { code: '492039' }),
    'DELETE /v1/session/second-factor': session('/v1/session/second-factor', { password: 'x', code: '1' }),
    'POST /v1/session/recovery-codes': session('/v1/session/recovery-codes', { code: '492039' }),
    'POST /v1/tokens': staff('/v1/tokens', { name: 'x', scopes: ['review'], days: 1 }),
  };
};

const resolve = (schema: Schema): Schema => {
  const named = schema.$ref ?? schema.allOf?.[0]?.$ref ?? schema.oneOf?.[0]?.$ref ?? schema.anyOf?.[0]?.$ref;
  return named === undefined
    ? schema
    : resolve(described.components.schemas[named.split('/').pop() ?? ''] ?? {});
};

interface Wrong {
  readonly why: string;
  readonly pointer: string;
  readonly body: unknown;
}

/** The body with one field replaced. */
function withField(body: Json, path: readonly string[], value: unknown): Json {
  const [first = '', ...rest] = path;
  if (rest.length === 0) {
    if (value !== undefined) return { ...body, [first]: value };
    return Object.fromEntries(Object.entries(body).filter(([name]) => name !== first));
  }
  return { ...body, [first]: withField((body[first] ?? {}) as Json, rest, value) };
}

/** Values that a field of this schema must refuse. */
function wrongValues(schema: Schema): { why: string; value: unknown }[] {
  const types = [schema.type].flat();
  const wrong: { why: string; value: unknown }[] = [
    { why: 'of the wrong type', value: types.includes('object') ? 7 : { a: 1 } },
  ];
  if (types.includes('string') && schema.enum === undefined) {
    wrong.push({ why: 'with a NUL', value: 'a\0b' }, { why: 'with a lone surrogate', value: 'a\ud800' });
    wrong.push({ why: 'too long', value: 'x'.repeat((schema.maxLength ?? 5000) + 1) });
  }
  if (schema.enum !== undefined) wrong.push({ why: 'not one of its values', value: 'no-such-thing' });
  if (types.includes('integer'))
    wrong.push({ why: 'no whole number', value: 1.5 }, { why: 'too large', value: 1e15 });
  if (types.includes('array')) {
    wrong.push({ why: 'too many', value: Array.from({ length: (schema.maxItems ?? 1000) + 1 }, () => ({})) });
    wrong.push({ why: 'with a null', value: [null] });
  }
  return wrong;
}

/** Null is a value of its own: only a field whose description names it takes it, and none takes it for "left out". */
const takesNull = ({ type, oneOf = [], anyOf = [] }: Schema): boolean =>
  [type, ...[...oneOf, ...anyOf].map((one) => one.type)].flat().includes('null');

function wrongBodies(schema: Schema, right: Json, path: readonly string[] = []): Wrong[] {
  const { properties = {}, required = [] } = resolve(schema);
  const pointerTo = (names: readonly string[]): string => names.map((name) => `/${name}`).join('');
  const fields = Object.entries(properties).flatMap(([name, property]): Wrong[] => {
    const at = [...path, name];
    const inner = resolve(property);
    const wrong = takesNull(property)
      ? wrongValues(inner)
      : [...wrongValues(inner), { why: 'null', value: null }];
    const values = wrong.map(({ why, value }) => ({
      why: `${pointerTo(at)} ${why}`,
      pointer: pointerTo(at),
      body: withField(right, at, value),
    }));
    const missing = required.includes(name)
      ? [{ why: `${pointerTo(at)} missing`, pointer: pointerTo(at), body: withField(right, at, undefined) }]
      : [];
    const below = inner.properties === undefined ? [] : wrongBodies(inner, right, at);
    return [...values, ...missing, ...below];
  });
  const unknown = [...path, 'noSuchField'];
  return [
    ...fields,
    { why: `unknown ${pointerTo(unknown)}`, pointer: pointerTo(unknown), body: withField(right, unknown, 1) },
  ];
}

const pointersOf = ({ body }: Answer): string[] =>
  ((body['errors'] ?? []) as { pointer: string }[]).map(({ pointer }) => pointer);

const everything = {
  name: 'count-everything',
  text: `select (select count(*) from image) + (select count(*) from vote) + (select count(*) from event)
              + (select count(*) from decision) + (select count(*) from site) + (select count(*) from api_key)
              + (select count(*) from staff) + (select count(*) from membership) + (select count(*) from threshold_rule)
              + (select count(*) from block) + (select count(*) from address) + (select count(*) from report_note)
              + (select count(*) from muted_reporter) as n`,
};

it('knows a right body for every route that takes one', () => {
  const routes = Object.entries(described.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, { requestBody }]) => requestBody !== undefined)
      .map(([method]) => `${method.toUpperCase()} ${path}`),
  );
  expect(routes.filter((route) => !(route in rightBodies()))).toEqual([]);
});

it('refuses every wrong field of every request with its pointer, and writes nothing', async () => {
  const before = await service.database.query(everything);
  const failures: string[] = [];
  let tried = 0;
  for (const [route, { url, key, headers = { origin: site.origin }, body }] of Object.entries(
    rightBodies(),
  )) {
    const [method = '', path = ''] = route.split(' ');
    const schema =
      described.paths[path]?.[method.toLowerCase()]?.requestBody?.content['application/json']?.schema;
    for (const { why, pointer, body: wrong } of wrongBodies(schema ?? {}, body)) {
      const answer = await service.ask(method as Method, url, key, wrong, headers);
      tried += 1;
      // Below an array or a refused parent, the pointer may go deeper.
      const named = pointersOf(answer).some((found) => found === pointer || found.startsWith(`${pointer}/`));
      const problem = String(answer.headers['content-type']).startsWith('application/problem+json');
      if (answer.status !== 422 || !named || !problem) {
        failures.push(`${route}: ${why} -> ${answer.status} ${answer.text.slice(0, 200)}`);
      }
    }
  }
  expect(failures).toEqual([]);
  expect(tried).toBeGreaterThan(200);
  expect(await service.database.query(everything)).toEqual(before);
}, 120_000);

it('refuses what is no JSON object at all, on every route, with the right status', async () => {
  const before = await service.database.query(everything);
  for (const [route, { url, key, headers: own = { origin: site.origin } }] of Object.entries(rightBodies())) {
    const [method, path = ''] = route.split(' ') as [Method, string?];
    if (described.paths[path]?.[method.toLowerCase()]?.requestBody?.required !== false) {
      const absent = await service.ask(method, url, key, undefined, own);
      expect([route, absent.status, pointersOf(absent)]).toEqual([route, 422, ['']]);
    }
    const send = async (payload: string, type = 'application/json'): Promise<number> => {
      const { statusCode, headers } = await service.app.inject({
        method,
        url,
        payload,
        headers: {
          ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
          'content-type': type,
          ...own,
        },
      });
      expect(String(headers['content-type'])).toMatch(/^application\/problem\+json/);
      return statusCode;
    };
    expect([route, await send('{"a":')]).toEqual([route, 400]);
    expect([route, await send('[]')]).toEqual([route, 422]);
    expect([route, await send('null')]).toEqual([route, 422]);
    expect([route, await send('<a/>', 'application/xml')]).toEqual([route, 415]);
    expect([route, await send(`{"a":"${'x'.repeat(7_000_000)}"}`)]).toEqual([route, 413]);
  }
  expect(await service.database.query(everything)).toEqual(before);
});

it('refuses wrong queries with their pointer', async () => {
  const wrong: [string, string, string][] = [
    ['/v1/images/state', site.secretKey, ''],
    ['/v1/images/state?url=nothing', site.secretKey, '/url'],
    ['/v1/images/state?url=a%00b', site.secretKey, '/url'],
    ['/v1/images/state?url=x&url=y', site.secretKey, '/url'],
    ['/v1/images/state?colour=red&id=1', site.secretKey, '/colour'],
    ['/v1/cases?limit=0', admin, '/limit'],
    ['/v1/cases?limit=101', admin, '/limit'],
    ['/v1/cases?limit=ten', admin, '/limit'],
    ['/v1/cases?status=lost', admin, '/status'],
    ['/v1/cases?order=random', admin, '/order'],
    ['/v1/cases?reason=ugly', admin, '/reason'],
    ['/v1/cases?cursor=garbage', admin, '/cursor'],
    ['/v1/events?site=example&cursor=garbage', admin, '/cursor'],
    ['/v1/images?site=example&state=lost', admin, '/state'],
    ['/v1/sites?cursor=garbage', admin, '/cursor'],
    ['/v1/staff?cursor=garbage', admin, '/cursor'],
    ['/v1/account-events?cursor=garbage', admin, '/cursor'],
    ['/v1/account-events?staff=', admin, '/staff'],
    ['/v1/sites/example/threshold-rule?version=zero', admin, '/version'],
  ];
  for (const [url, key, pointer] of wrong) {
    const answer = await service.ask('GET', url, key);
    expect([url, answer.status, pointersOf(answer)]).toEqual([url, 422, [pointer]]);
  }
});

it('refuses a query where none is asked for, whatever the method, but for the key of a browser', async () => {
  const before = await service.database.query(everything);
  const wrong: ['GET' | 'DELETE' | Method, string, string][] = [
    ['POST', '/v1/reports?foo=1', site.secretKey],
    ['DELETE', '/v1/reports/rcp_x?foo=1', site.secretKey],
    ['PUT', '/v1/images/addresses?foo=1', site.secretKey],
    ['PUT', '/v1/images/block?foo=1', site.secretKey],
    ['POST', '/v1/cases/claim?foo=1', admin],
    ['GET', '/v1/sites/example?foo=1', admin],
    ['PATCH', '/v1/sites/example?foo=1', admin],
  ];
  for (const [method, url, key] of wrong) {
    const body = rightBodies()[`${method} ${url.split('?')[0] ?? ''}`]?.body;
    const answer = await service.ask(method, url, key, body);
    expect([url, answer.status, pointersOf(answer)]).toEqual([url, 422, ['/foo']]);
  }
  const followed = await service.ask(
    'GET',
    `/v1/reports/rcp_x?key=${site.publishableKey}`,
    undefined,
    undefined,
    {
      origin: site.origin,
    },
  );
  expect(followed.status).toBe(404);
  expect(await service.database.query(everything)).toEqual(before);
});

it('refuses a body where none is asked for, but for an empty one', async () => {
  await service.database.query({
    name: 'legal',
    text: `update staff set legal = true where email = 'signed-in@example.ma'`,
  });
  const before = await service.database.query(everything);
  const routes = Object.entries(described.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([method, { requestBody }]) => method !== 'get' && requestBody === undefined)
      .map(([method]) => [method.toUpperCase(), path.replaceAll(/\{\w+\}/g, 'x')] as [Method, string]),
  );
  expect(routes.length).toBeGreaterThan(10);
  for (const [method, url] of routes) {
    const asked = async (body: unknown): Promise<unknown> => {
      // One of these may ask it; the others are told so first.
      for (const { key, headers } of [
        { key: admin },
        { key: site.secretKey },
        { headers: signedIn.headers(method) },
      ] as { key?: string; headers?: Record<string, string> }[]) {
        const answer = await service.ask(method, url, key, body, headers);
        if (answer.status !== 403 && answer.status !== 401)
          return [method, url, answer.status, pointersOf(answer)];
      }
      return [method, url, 'nobody'];
    };
    expect(await asked({ noSuchField: 1 })).toEqual([method, url, 422, ['/noSuchField']]);
    expect(await asked([])).toEqual([method, url, 422, ['']]);
  }
  const empty = await service.ask('DELETE', '/v1/reports/rcp_x', site.secretKey, {});
  expect(empty.status).toBe(404);
  expect(await service.database.query(everything)).toEqual(before);
});

it('answers 404 for what is not there', async () => {
  const missing: [string, string][] = [
    ['/v1/cases/case_x', admin],
    ['/v1/cases/case_x/reports', admin],
    ['/v1/sites/nowhere', admin],
    ['/v1/sites/example/threshold-rule?version=99', admin],
    ['/v1/images?site=example&url=https%3A%2F%2Fcdn.example.ma%2Fnever.jpg', admin],
    ['/v1/images?site=nowhere', admin],
    ['/v1/events?site=nowhere', admin],
    ['/v1/account-events?site=nowhere', admin],
    ['/v1/account-events?staff=stf_x', admin],
    ['/v1/reports/rcp_x', site.secretKey],
    ['/v1/nothing', admin],
  ];
  for (const [url, key] of missing) {
    expect([url, (await service.ask('GET', url, key)).status]).toEqual([url, 404]);
  }
});
