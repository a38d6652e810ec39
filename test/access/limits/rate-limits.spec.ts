import { makeKey } from '../../../src/access/keys/api-keys.js';
import { DeviceTokens } from '../../../src/access/readers/device-token.js';
import { loadConfig, type LimitSettings } from '../../../src/config/load-config.js';
import type { Database } from '../../../src/database/database.js';
import { type Answer, Service, type TestSite } from '../../setup/service.js';
import { until } from '../../setup/until.js';

const defaults = loadConfig({}).limits;
const a = (points: number, seconds = 60) => [{ points, seconds }];

/** Small, each test with a site and networks of its own. */
const SMALL: LimitSettings = {
  reports: {
    device: a(3),
    account: a(2),
    network: a(5),
    wideNetwork: a(6),
    publishable: a(7),
    secret: a(1_000),
  },
  devices: { network: a(2), wideNetwork: a(3), publishable: a(4) },
  states: { network: a(2), wideNetwork: a(3), publishable: a(4), secret: a(4) },
  backEnd: a(2),
  staff: a(2),
  unknownKeys: { network: a(2), wideNetwork: a(3) },
  signIn: a(2),
};

/** What has a question mark in its address goes the framework's way. */
const WAYS = ['/v1/reports', '/v1/reports?'];

/** Within 60 seconds, of which no more have passed than since the test began. */
const left = (name: string, points: number): unknown => {
  const passed = Math.ceil((performance.now() - began) / 1_000);
  const seconds = Array.from({ length: passed + 1 }, (_, second) => 60 - second);
  return expect.stringMatching(new RegExp(`^"${name}";r=${points};t=(${seconds.join('|')})$`));
};

let service: Service;
let site: TestSite;
let n = 0;
/** Milliseconds of the monotonic clock. */
let began = 0;

/** Behind one proxy, which says from where a request comes. */
const behindProxy = { RATE_LIMITS: 'on', TRUST_PROXY: '1' };

beforeAll(async () => {
  service = await Service.open(behindProxy, { limits: SMALL });
});
beforeEach(async () => {
  began = performance.now();
  site = await service.site(`site-${(n += 1)}`);
});
afterAll(() => service.close());

const image = (): { url: string } => ({ url: `https://cdn.${site.slug}.ma/${(n += 1)}.jpg` });
/** In a wide network of its own. */
const network = (): string => `${10 + ((n += 1) >> 8)}.${n & 255}.7`;
const from = (address: string) => ({ 'x-forwarded-for': address, origin: site.origin });
const told = ({ status, headers }: Answer) => ({
  status,
  policy: headers['ratelimit-policy'],
  left: headers['ratelimit'],
});

function device(): { device: string } {
  return { device: service.app.get(DeviceTokens).mintDevice(site.id, Buffer.alloc(8)) };
}

function report(
  reporter: object,
  address: string,
  {
    way = '/v1/reports',
    key = site.publishableKey,
    at = service,
    headers = {},
  }: { way?: string | undefined; key?: string; at?: Service; headers?: object | undefined } = {},
): Promise<Answer> {
  const body = { image: image(), reason: 'violence', reporter };
  return at.ask('POST', way, key, body, { ...from(address), ...headers });
}

const votes = async (): Promise<number> => {
  const text = `select count(*)::int as count from vote v join site s on s.id = v.site_id where s.slug = $1`;
  const [row] = await service.database.inTransaction((tx) =>
    tx.manager.query<{ count: number }[]>(text, [site.slug]),
  );
  return row?.count ?? 0;
};

const statuses = (answers: readonly Answer[]): number[] => answers.map(({ status }) => status);

async function inTurn<T>(count: number, step: (turn: number) => Promise<T>): Promise<T[]> {
  const all: T[] = [];
  for (let turn = 0; turn < count; turn += 1) all.push(await step(turn));
  return all;
}

describe('reports of one device', () => {
  it.each(WAYS)('are refused beyond the limit, with nothing written: %s', async (way) => {
    const reporter = device();
    // From a network each: a device is the same wherever it is.
    const answers = await inTurn(5, () => report(reporter, `${network()}.1`, { way }));

    expect(statuses(answers)).toEqual([201, 201, 201, 429, 429]);
    expect(await votes()).toBe(3);
    const policy = '"reports-device";q=3;w=60';
    expect(answers.slice(0, 4).map(told)).toEqual([
      { status: 201, policy, left: left('reports-device', 2) },
      { status: 201, policy, left: left('reports-device', 1) },
      { status: 201, policy, left: left('reports-device', 0) },
      { status: 429, policy, left: left('reports-device', 0) },
    ]);
    const { headers, body } = answers[3] as Answer;
    const seconds = Number(/t=(\d+)/.exec(String(headers['ratelimit']))?.[1]);
    expect(headers).toMatchObject({
      'content-type': 'application/problem+json',
      'retry-after': String(seconds),
      'cache-control': 'no-store',
    });
    expect(body).toEqual({
      type: '/problems/rate-limited',
      title: 'Too many requests',
      status: 429,
      detail: `This device has sent too many reports. Try again in ${seconds} seconds.`,
      instance: headers['x-request-id'],
      retryAfter: seconds,
    });
  });

  it('that are refused take nothing from others in the network', async () => {
    const [zealot, other] = [device(), device()];
    const address = `${network()}.1`;
    expect(statuses(await inTurn(9, () => report(zealot, address)))).toContain(429);
    // Of five three are taken: one more is left.
    expect(statuses(await inTurn(3, () => report(other, address)))).toEqual([201, 201, 429]);
  });

  it('are limited as well when the site’s back end hands them on, and its accounts are not', async () => {
    const reporter = device();
    const { secretKey: key } = site;
    expect(statuses(await inTurn(4, () => report(reporter, '192.0.2.1', { key })))).toEqual([
      201, 201, 201, 429,
    ]);
    const accounts = await inTurn(4, () => report({ account: 'amina' }, '192.0.2.1', { key }));
    expect(statuses(accounts)).toEqual([201, 201, 201, 201]);
  });

  it('whose token is made up are wrong, not limited, and count for their network', async () => {
    const address = `${network()}.1`;
    const answers = await inTurn(6, () => report({ device: 'dev_made_up' }, address));
    expect(statuses(answers)).toEqual([422, 422, 422, 422, 422, 429]);
  });
});

describe('reports of one account in tokens that its site signed', () => {
  const policy = '"reports-account";q=2;w=60';

  it.each(WAYS)('are refused beyond the limit, wherever it is, with nothing written: %s', async (way) => {
    const token = await service.readerToken(site, 'amina');
    const answers = await inTurn(3, () => report({ token }, `${network()}.1`, { way }));
    expect(answers.map(told)).toEqual([
      { status: 201, policy, left: left('reports-account', 1) },
      { status: 201, policy, left: left('reports-account', 0) },
      { status: 429, policy, left: left('reports-account', 0) },
    ]);
    expect(answers[2]?.body['detail']).toMatch(
      /^This account has sent too many reports\. Try again in \d+ seconds\.$/,
    );
    expect(await votes()).toBe(2);
    expect(
      (await report({ token: await service.readerToken(site, 'said') }, `${network()}.1`, { way })).status,
    ).toBe(201);
  });

  it('are refused beyond the limit on ever new devices, too, and both are told', async () => {
    const token = await service.readerToken(site, 'amina');
    const answers = await inTurn(3, () => report({ token, ...device() }, `${network()}.1`));
    expect(statuses(answers)).toEqual([201, 201, 429]);
    expect(told(answers[0] as Answer)).toEqual({
      status: 201,
      policy: `"reports-device";q=3;w=60, ${policy}`,
      left: expect.stringMatching(/^"reports-device";r=2;t=\d+, "reports-account";r=1;t=\d+$/) as unknown,
    });
  });

  it('are refused beyond the limit also when the site’s back end hands them on', async () => {
    const { secretKey: key } = site;
    const token = await service.readerToken(site, 'amina');
    expect(statuses(await inTurn(3, () => report({ token }, '192.0.2.1', { key })))).toEqual([201, 201, 429]);
    // The same person, as the site names them.
    const named = await inTurn(3, () => report({ account: 'amina' }, '192.0.2.1', { key }));
    expect(statuses(named)).toEqual([201, 201, 201]);
  });
});

describe('a limit', () => {
  it.each(WAYS)('begins anew after its time: %s', async (way) => {
    const at = await service.beside(behindProxy, {
      limits: { ...SMALL, reports: { ...SMALL.reports, device: a(1, 1) } },
    });
    try {
      const reporter = device();
      const again = () => report(reporter, `${network()}.1`, { way, at });
      expect((await again()).status).toBe(201);
      const refused = await again();
      expect(told(refused)).toMatchObject({ status: 429, left: '"reports-device";r=0;t=1' });
      expect(refused.headers['retry-after']).toBe('1');
      await until(async () => (await again()).status === 201);
      expect(await votes()).toBe(2);
    } finally {
      await at.close();
    }
  });

  it('of several is named by its time, and the longest that is used up says when to come back', async () => {
    const several = [...a(1, 1), ...a(2, 3_600)];
    const at = await service.beside(behindProxy, {
      limits: { ...SMALL, reports: { ...SMALL.reports, device: several } },
    });
    try {
      const reporter = device();
      const again = () => report(reporter, `${network()}.1`, { at });
      expect((await again()).status).toBe(201);
      expect((await again()).headers['retry-after']).toBe('1');
      await until(async () => (await again()).status === 201);
      const refused = await again();
      expect(told(refused)).toEqual({
        status: 429,
        policy: '"reports-device-1s";q=1;w=1, "reports-device-3600s";q=2;w=3600',
        left: expect.stringMatching(/^"reports-device-3600s";r=0;t=35\d\d|3600$/) as unknown,
      });
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(3_500);
    } finally {
      await at.close();
    }
  });

  it('that is not there limits nothing and is not told', async () => {
    const at = await service.beside(behindProxy, {
      limits: { ...SMALL, staff: [], unknownKeys: { network: [], wideNetwork: [] } },
    });
    try {
      const token = await service.staffToken(`amina-${n}@example.ma`, 'moderator', site);
      for (const key of [token, token, token, undefined, undefined, undefined]) {
        const answer = await at.ask('GET', '/v1/cases', key);
        expect(told(answer)).toEqual({
          status: key === undefined ? 401 : 200,
          policy: undefined,
          left: undefined,
        });
      }
    } finally {
      await at.close();
    }
  });
});

describe('requests of one network', () => {
  it.each(WAYS)('are refused beyond the limit, whoever in it sends them: %s', async (way) => {
    const reporters = Array.from({ length: 6 }, device);
    const [near, far] = [network(), network()];
    const answers = await inTurn(6, (turn) => report(reporters[turn] ?? {}, `${near}.${turn}`, { way }));
    expect(statuses(answers)).toEqual([201, 201, 201, 201, 201, 429]);
    expect(answers.map(told)[5]).toMatchObject({ left: left('reports-network', 0) });
    expect(answers[5]?.body['detail']).toMatch(/^Too many of these requests came from this network\./);
    expect(told(await report(reporters[5] ?? {}, `${far}.5`, { way }))).toMatchObject({ status: 201 });
  });

  it('for devices are refused beyond the limit', async () => {
    const near = network();
    const ask = (address: string) =>
      service.ask('GET', '/v1/challenges', site.publishableKey, undefined, from(address));
    const policy = '"devices-network";q=2;w=60';
    const nothing = { status: 200, policy: undefined, left: undefined };
    expect(told(await ask(`${near}.1`))).toEqual(nothing);
    expect(told(await ask(`${near}.2`))).toEqual(nothing);
    expect(told(await ask(`${near}.3`))).toEqual({ status: 429, policy, left: left('devices-network', 0) });
    expect((await ask(`${network()}.3`)).status).toBe(200);
    const made = await service.ask(
      'POST',
      '/v1/devices',
      site.publishableKey,
      { proof: '-' },
      from(`${near}.3`),
    );
    expect(made.status).toBe(429);
  });

  it('for states are refused beyond the limit, as are those that were answered before', async () => {
    const { url } = image();
    const query = `/v1/images/state?${new URLSearchParams({ url }).toString()}`;
    for (const headers of [{}, { origin: site.origin }]) {
      const near = network();
      const ask = (): Promise<Answer> =>
        service.ask('GET', query, site.publishableKey, undefined, {
          ...headers,
          'x-forwarded-for': `${near}.1`,
        });
      const answers = await inTurn(3, ask);
      expect(statuses(answers)).toEqual([200, 200, 429]);
      expect(told(answers[2] as Answer)).toMatchObject({ left: left('states-network', 0) });
    }
  });

  it('are those of a publishable key alone: a back end asks for all readers', async () => {
    const answers = await inTurn(6, () => report({ account: 'a' }, '192.0.2.1', { key: site.secretKey }));
    expect(new Set(statuses(answers))).toEqual(new Set([201]));
  });

  it.each(WAYS)('may be read by the page when they are refused: %s', async (way) => {
    const reporters = Array.from({ length: 6 }, device);
    const near = network();
    const answers = await inTurn(6, (turn) => report(reporters[turn] ?? {}, `${near}.1`, { way }));
    expect(answers[0]?.headers['access-control-allow-origin']).toBe(site.origin);
    expect(answers[5]).toMatchObject({
      status: 429,
      headers: {
        'access-control-allow-origin': '*',
        'access-control-expose-headers': expect.stringContaining(
          'RateLimit, RateLimit-Policy, Retry-After',
        ) as unknown,
        vary: 'Origin',
      },
    });
  });
});

describe('requests of one wide network', () => {
  const several: [
    group: string,
    limit: number,
    ask: (address: string, headers?: object) => Promise<Answer>,
  ][] = [
    ['reports', 6, (address, headers) => report(device(), address, { headers })],
    [
      'reports, the framework’s way',
      6,
      (address, headers) => report(device(), address, { way: WAYS[1], headers }),
    ],
    [
      'challenges',
      3,
      (address, headers) =>
        service.ask('GET', '/v1/challenges', site.publishableKey, undefined, {
          ...from(address),
          ...headers,
        }),
    ],
    [
      'states',
      3,
      (address, headers) =>
        service.ask(
          'GET',
          '/v1/images/state?url=https%3A%2F%2Fexample.ma%2F1.jpg',
          site.publishableKey,
          undefined,
          { ...from(address), ...headers },
        ),
    ],
  ];

  it.each(several)(
    'are refused beyond the limit, and shut out nobody elsewhere: %s',
    async (_group, limit, ask) => {
      const wide = `2001:${(n += 1).toString(16)}:100`;
      const answers = await inTurn(20, (turn) => ask(`${wide}:${turn.toString(16)}00::1`));
      expect(answers.filter(({ status }) => status < 300)).toHaveLength(limit);
      expect(answers.at(-1)?.status).toBe(429);
      expect(answers.at(-1)?.headers['ratelimit']).toMatch(/^"\w+-wide-network";r=0;/);
      expect((await ask(`${network()}.1`)).status).toBeLessThan(300);
    },
  );

  it.each(several)(
    'with an origin that is not the site’s use up none of the site’s limit: %s',
    async (_group, _limit, ask) => {
      const foreign = await inTurn(9, () => ask(`${network()}.1`, { origin: 'https://elsewhere.example' }));
      expect(new Set(statuses(foreign))).toEqual(new Set([403]));
      expect((await ask(`${network()}.1`)).status).toBeLessThan(300);
    },
  );

  it.each(['cross-site', 'same-site'])(
    'that a page elsewhere makes as if for a picture use up none of the site’s limit: %s',
    async (where) => {
      const state = `/v1/images/state?url=https%3A%2F%2Fexample.ma%2F1.jpg`;
      const address = (): object => ({ 'x-forwarded-for': `${network()}.1` });
      const picture = () =>
        service.ask('GET', `${state}&key=${site.publishableKey}`, undefined, undefined, {
          ...address(),
          'sec-fetch-site': where,
          'sec-fetch-mode': 'no-cors',
        });
      expect(new Set(statuses(await inTurn(9, picture)))).toEqual(new Set([403]));
      const server = () => service.ask('GET', state, site.publishableKey, undefined, { ...address() });
      expect((await server()).status).toBe(200);
      // Also where it was answered before, to a server, which says no origin.
      const again = await service.ask('GET', state, site.publishableKey, undefined, {
        ...address(),
        'sec-fetch-site': where,
      });
      expect(again.status).toBe(403);
    },
  );

  it('for reasons, and for what readers may not ask, are refused beyond that for states', async () => {
    const near = network();
    const ask = (path: string) => service.ask('GET', path, site.publishableKey, undefined, from(`${near}.1`));
    expect(statuses([await ask('/v1/reasons'), await ask('/v1/changes')])).toEqual([200, 403]);
    expect(statuses([await ask('/v1/reasons'), await ask('/v1/changes')])).toEqual([429, 429]);
  });

  it('without a known key are refused beyond the limit', async () => {
    const wide = `2001:${(n += 1).toString(16)}:100`;
    const ask = (turn: number) =>
      service.ask('GET', '/v1/changes', undefined, undefined, {
        'x-forwarded-for': `${wide}:${turn.toString(16)}00::1`,
      });
    expect(statuses(await inTurn(5, ask))).toEqual([401, 401, 401, 429, 429]);
  });
});

describe('requests with all keys of one kind of a site', () => {
  it('are refused beyond the limit; readers are not told what is left of it before', async () => {
    const reporters = Array.from({ length: 8 }, device);
    const answers = await inTurn(8, (turn) => report(reporters[turn] ?? {}, `${network()}.1`));
    expect(statuses(answers)).toEqual([201, 201, 201, 201, 201, 201, 201, 429]);
    for (const { headers } of answers.slice(0, 7)) {
      expect(`${String(headers['ratelimit-policy'])} ${String(headers['ratelimit'])}`).not.toMatch(
        /-site|-network/,
      );
    }
    expect(told(answers[7] as Answer)).toEqual({
      status: 429,
      policy: '"reports-site";q=7;w=60',
      left: left('reports-site', 0),
    });
    const first = site;
    site = await service.site(`beside-${first.slug}`);
    expect((await report(device(), `${network()}.1`)).status).toBe(201);
  });

  it('for states are refused beyond the limit, as are those that were answered before', async () => {
    const { url } = image();
    const answers = await inTurn(5, () => service.state(site, { url }));
    const policy = '"states-back-end";q=4;w=60';
    // What is left is told when it is half or less.
    expect(answers.map(told)).toEqual([
      { status: 200, policy: undefined, left: undefined },
      { status: 200, policy, left: left('states-back-end', 2) },
      { status: 200, policy, left: left('states-back-end', 1) },
      { status: 200, policy, left: left('states-back-end', 0) },
      { status: 429, policy, left: left('states-back-end', 0) },
    ]);
    expect(answers[4]?.headers['etag']).toBeUndefined();
  });

  it('count a question about many images once for every hundred', async () => {
    const about = (count: number): Promise<Answer> =>
      service.ask('POST', '/v1/images/state', site.secretKey, {
        images: Array.from({ length: count }, image),
      });
    expect((await about(100)).status).toBe(200);
    expect(told(await about(101))).toMatchObject({ left: left('states-back-end', 1) });
    expect((await about(1)).status).toBe(200);
    expect((await about(1)).status).toBe(429);
  });

  it('answer a question about more images than the limit ever has, and a refused one costs nothing', async () => {
    const about = (count: number): Promise<Answer> =>
      service.ask('POST', '/v1/images/state', site.secretKey, {
        images: Array.from({ length: count }, image),
      });
    expect(told(await about(1_000))).toMatchObject({ status: 200, left: left('states-back-end', 0) });
    site = await service.site(`fewer-${site.slug}`);
    expect((await about(200)).status).toBe(200);
    expect(told(await about(300))).toMatchObject({ status: 429, left: left('states-back-end', 2) });
    expect((await about(200)).status).toBe(200);
  });

  it('share the limit, so that a second key doubles nothing, and leave other limits alone', async () => {
    const admin = await service.staffToken(`admin-${n}@example.ma`, 'admin');
    const { body } = await service.ask('GET', '/v1/sites?limit=100', admin);
    const sites = body['items'] as { id: string; slug: string }[];
    const id = sites.find(({ slug }) => slug === site.slug)?.id ?? '';
    const made = await service.ask('POST', `/v1/sites/${id}/keys`, admin, { kind: 'secret' });
    const changes = (key: string) => service.ask('GET', '/v1/changes', key);
    expect((await changes(site.secretKey)).status).toBe(200);
    expect(told(await changes(String(made.body['key'])))).toMatchObject({
      status: 200,
      left: left('back-end', 0),
    });
    expect((await changes(String(made.body['key']))).status).toBe(429);
    expect((await changes(site.secretKey)).status).toBe(429);
    expect((await service.state(site, image())).status).toBe(200);
  });

  it('count a long poll once', async () => {
    const changes = (query: string) => service.ask('GET', `/v1/changes${query}`, site.secretKey);
    expect(told(await changes('?wait=1'))).toMatchObject({ status: 200, left: left('back-end', 1) });
    expect(told(await changes(''))).toMatchObject({ status: 200, left: left('back-end', 0) });
  });
});

describe('requests of staff', () => {
  it('are refused beyond the limit of the person, for want of rights or not', async () => {
    const token = await service.staffToken(`amina-${n}@example.ma`, 'moderator', site);
    const other = await service.staffToken(`said-${n}@example.ma`, 'moderator', site);
    const cases = (key: string) => service.ask('GET', '/v1/cases', key);
    expect(told(await cases(token))).toEqual({
      status: 200,
      policy: '"staff";q=2;w=60',
      left: left('staff', 1),
    });
    expect((await service.ask('GET', '/v1/changes', token)).status).toBe(403);
    const refused = await cases(token);
    expect(refused.status).toBe(429);
    expect(refused.body['detail']).toMatch(
      /^Too many requests came with your tokens\. Try again in \d+ seconds\.$/,
    );
    expect((await cases(other)).status).toBe(200);
  });
});

describe('requests without a known key', () => {
  const ask = (key: string | undefined, address: string): Promise<Answer> =>
    service.ask('GET', '/v1/changes', key, undefined, { 'x-forwarded-for': address });

  it('are refused beyond the limit of their network', async () => {
    const near = network();
    const policy = '"unknown-keys";q=2;w=60';
    expect(told(await ask(undefined, `${near}.1`))).toEqual({
      status: 401,
      policy: undefined,
      left: undefined,
    });
    expect((await ask('vg_sec_mistyped', `${near}.2`)).status).toBe(401);
    for (const key of [undefined, 'vg_sec_mistyped', makeKey('publishable').key]) {
      expect(told(await ask(key, `${near}.3`))).toEqual({
        status: 429,
        policy,
        left: left('unknown-keys', 0),
      });
    }
    expect((await ask(undefined, `${network()}.1`)).status).toBe(401);
  });

  it('cost no query beyond it, and known keys go on working from there', async () => {
    const near = network();
    expect((await ask(site.secretKey, `${near}.1`)).status).toBe(200);
    await inTurn(2, () => ask(undefined, `${near}.1`));
    const query = jest.spyOn(service.database, 'query');
    const { key } = makeKey('secret');
    expect((await ask(key, `${near}.1`)).status).toBe(429);
    expect(query.mock.calls.filter(([{ name }]) => name === 'find-key')).toEqual([]);
    query.mockRestore();
    expect((await ask(site.secretKey, `${near}.1`)).status).toBe(200);
  });
});

describe('keys that come at once', () => {
  const finds = (query: jest.SpiedFunction<Database['query']>): number =>
    query.mock.calls.filter(([{ name }]) => name === 'find-key').length;
  const changes = (key: string, address: string) =>
    service.ask('GET', '/v1/reasons', key, undefined, { 'x-forwarded-for': address });

  it('and are unknown cost no more queries than those that come in turn', async () => {
    const query = jest.spyOn(service.database, 'query');
    const near = network();
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, turn) => changes(makeKey('secret').key, `${near}.${turn}`)),
    );
    expect(statuses(answers).filter((status) => status === 401)).toHaveLength(2);
    expect(statuses(answers).filter((status) => status === 429)).toHaveLength(38);
    expect(finds(query)).toBe(2);
    query.mockRestore();
  });

  it('and are good are all let in, also for the first time, and leave the limit as it was', async () => {
    const others = [
      site,
      await service.site(`first-${site.slug}`),
      await service.site(`second-${site.slug}`),
    ];
    const near = network();
    for (const { secretKey, publishableKey } of others) {
      const keys = [secretKey, secretKey, publishableKey];
      const answers = await Promise.all(keys.map((key) => changes(key, `${near}.1`)));
      expect(statuses(answers.slice(0, 2))).toEqual([200, 200]);
      expect(statuses(answers)).not.toContain(401);
    }
    expect(statuses(await inTurn(3, () => changes(makeKey('secret').key, `${near}.2`)))).toEqual([
      401, 401, 429,
    ]);
  });

  it('cost their network nothing when nobody could be asked', async () => {
    const near = network();
    const query = jest.spyOn(service.database, 'query').mockRejectedValue(new Error('no connection'));
    const answers = await inTurn(4, () => changes(makeKey('secret').key, `${near}.1`));
    query.mockRestore();
    expect(new Set(statuses(answers))).toEqual(new Set([500]));
    expect((await changes(makeKey('secret').key, `${near}.1`)).status).toBe(401);
  });
});

describe('RATE_LIMITS=off', () => {
  it('limits nothing, and tells of no limits', async () => {
    const at = await service.beside({ ...behindProxy, RATE_LIMITS: 'off' }, { limits: SMALL });
    try {
      const reporter = device();
      const answers = await inTurn(9, () => report(reporter, '203.0.113.1', { at }));
      const states = await inTurn(5, () => at.state(site, image()));
      const strangers = await inTurn(3, () => at.ask('GET', '/v1/changes'));
      const nothing = { policy: undefined, left: undefined };
      for (const answer of answers) expect(told(answer)).toEqual({ status: 201, ...nothing });
      for (const answer of states) expect(told(answer)).toEqual({ status: 200, ...nothing });
      for (const answer of strangers) expect(told(answer)).toEqual({ status: 401, ...nothing });
    } finally {
      await at.close();
    }
  });
});

describe('the limits of config/default.yaml', () => {
  it('let a reader report a gallery of pictures, and refuse a script', async () => {
    const at = await service.beside(behindProxy, { limits: defaults });
    try {
      const reporter = device();
      const answers = await inTurn(62, () => report(reporter, '203.0.113.1', { at }));
      expect(statuses(answers).filter((status) => status === 201)).toHaveLength(60);
    } finally {
      await at.close();
    }
  });
});
