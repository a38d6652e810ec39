import { Sealed } from '../../src/access/sealing/sealed.js';
import { deleteEndpoint } from '../../src/database/statements/webhooks/save-endpoints.js';
import { Service, type TestSite } from '../setup/service.js';
import { until } from '../setup/until.js';
import { LOCK_WAITS } from '../setup/lock-waits.js';

let service: Service;
let site: TestSite;

beforeAll(async () => {
  // No worker: nothing is posted to the addresses that are made up here.
  service = await Service.open({ ROLE: 'api' });
});
afterAll(async () => {
  await service.close();
});

let count = 0;
beforeEach(async () => {
  site = await service.site(`site-${(count += 1)}`);
});

const PATH = '/v1/webhook-endpoints';
const hook = (name: string): object => ({ url: `https://www.example.ma/${name}`, events: ['image.blocked'] });
const create = (body: object, key = site.secretKey) => service.ask('POST', PATH, key, body);

describe('making an endpoint', () => {
  it('shows its secret once, and the same address again gives the endpoint without it', async () => {
    const made = await create({ ...hook('a'), description: '  the page cache ' });
    expect(made.status).toBe(201);
    expect(made.body).toEqual({
      id: expect.stringMatching(/^whe_[\w-]{32}$/) as string,
      url: 'https://www.example.ma/a',
      events: ['image.blocked'],
      description: 'the page cache',
      enabled: true,
      disabledReason: null,
      disabledAt: null,
      failingSince: null,
      oldSecretUntil: null,
      createdAt: expect.any(String) as string,
      secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/) as string,
    });
    const { secret, ...shown } = made.body;
    const again = await create({ url: 'https://www.EXAMPLE.ma:443/a#x', events: ['*'] });
    expect([again.status, again.body]).toEqual([200, shown]);
    expect((await service.ask('GET', `${PATH}/${String(shown['id'])}`, site.secretKey)).body).toEqual(shown);
    expect((await service.ask('GET', PATH, site.secretKey)).body).toEqual({
      items: [shown],
      nextCursor: null,
    });
    expect(secret).toBeDefined();
  });

  it('keeps no secret that could be read in the database', async () => {
    const { body } = await create(hook('a'));
    const bytes = Buffer.from(String(body['secret']).slice('whsec_'.length), 'base64');
    const rows = await service.database.dataSource.query<{ secret: string }[]>(
      'select secret from webhook_endpoint where site_id = $1',
      [site.id],
    );
    expect(rows).toHaveLength(1);
    const kept = Buffer.from(rows[0]?.secret ?? '', 'base64url');
    expect(kept.includes(bytes)).toBe(false);
    expect(rows[0]?.secret).not.toContain(String(body['secret']).slice('whsec_'.length));
  });

  it('gives fifty who ask at once one endpoint and one secret', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => create(hook('same'))));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(new Set(answers.map(({ body }) => body['id'])).size).toBe(1);
    expect(answers.filter(({ body }) => 'secret' in body)).toHaveLength(1);
  });

  it('makes no more of them than a site may have, and says what to do', async () => {
    const made = await Promise.all(Array.from({ length: 21 }, (_, n) => create(hook(String(n)))));
    const refused = made.filter(({ status }) => status !== 201);
    expect(refused).toMatchObject([
      {
        status: 409,
        body: {
          detail: 'The site has 20 endpoints: remove one first.',
          why: 'too-many-endpoints',
          most: 20,
        },
      },
    ]);
  });

  it.each([
    ['no address', { events: ['*'] }, '/url'],
    ['an address that is none', { url: 'nonsense', events: ['*'] }, '/url'],
    ['another protocol', { url: 'ftp://www.example.ma/', events: ['*'] }, '/url'],
    ['plain http', { url: 'http://www.example.ma/', events: ['*'] }, '/url'],
    ['credentials', { url: 'https://user:pass@www.example.ma/', events: ['*'] }, '/url'],
    ['a private address', { url: 'https://10.0.0.1/', events: ['*'] }, '/url'],
    ['a local name', { url: 'https://localhost/', events: ['*'] }, '/url'],
    ['what gets too long', { url: `https://www.example.ma/${'é'.repeat(1000)}`, events: ['*'] }, '/url'],
    ['no events', { url: 'https://www.example.ma/' }, '/events'],
    ['an empty list', { url: 'https://www.example.ma/', events: [] }, '/events'],
    ['an unknown event', { url: 'https://www.example.ma/', events: ['*', 'image.seen'] }, '/events/1'],
    [
      'a long description',
      { url: 'https://www.example.ma/', events: ['*'], description: 'x'.repeat(501) },
      '/description',
    ],
    [
      'a secret of its own',
      { url: 'https://www.example.ma/', events: ['*'], secret: 'whsec_mine' },
      '/secret',
    ],
  ])('refuses %s', async (_, body, pointer) => {
    const { status, body: problem } = await create(body);
    expect([status, (problem['errors'] as { pointer: string }[]).map((error) => error.pointer)]).toEqual([
      422,
      [pointer],
    ]);
  });

  it('is for the secret key and for leads who name their site', async () => {
    const lead = await service.staffToken(`lead@${site.slug}.ma`, 'lead', site);
    const moderator = await service.staffToken(`moderator@${site.slug}.ma`, 'moderator', site);
    expect((await service.ask('POST', `${PATH}?site=${site.slug}`, lead, hook('a'))).status).toBe(201);
    expect((await service.ask('POST', PATH, lead, hook('b'))).status).toBe(422);
    expect((await service.ask('POST', `${PATH}?site=${site.slug}`, moderator, hook('c'))).status).toBe(403);
    expect((await create(hook('d'), site.publishableKey)).status).toBe(403);
    expect((await service.ask('GET', PATH, site.secretKey)).body['items']).toHaveLength(1);
  });
});

describe('an endpoint', () => {
  let id: string;
  const at = (path = ''): string => `${PATH}/${id}${path}`;
  beforeEach(async () => {
    id = String((await create(hook('mine'))).body['id']);
  });

  it('is found by its id alone for leads of its site, and for nobody else', async () => {
    const other = await service.site(`${site.slug}-other`);
    const lead = await service.staffToken(`lead2@${site.slug}.ma`, 'lead', site);
    const moderator = await service.staffToken(`moderator2@${site.slug}.ma`, 'moderator', site);
    const stranger = await service.staffToken(`lead3@${site.slug}.ma`, 'lead', other);
    const ask = async (method: 'GET' | 'PATCH' | 'POST' | 'DELETE', path: string, who: string) =>
      (await service.ask(method, path, who, method === 'PATCH' ? { enabled: false } : undefined)).status;
    const asks = [
      ['GET', at()],
      ['PATCH', at()],
      ['GET', at('/messages')],
      ['POST', at('/rotate-secret')],
      ['DELETE', at()],
    ] as const;
    for (const [method, path] of asks) {
      const refused = [await ask(method, path, stranger), await ask(method, path, moderator)];
      expect({ method, path, refused }).toEqual({ method, path, refused: [404, 403] });
      expect(await ask(method, path, lead)).toBe(method === 'DELETE' ? 204 : 200);
    }
    expect([await ask('DELETE', at(), lead), await ask('GET', at(), lead)]).toEqual([204, 404]);
    expect(await ask('DELETE', `${PATH}/whe_none`, lead)).toBe(404);
  });

  it('changes in what is named, and in nothing else', async () => {
    const before = (await service.ask('GET', at(), site.secretKey)).body;
    const changed = await service.ask('PATCH', at(), site.secretKey, { events: ['*'], description: 'all' });
    expect([changed.status, changed.body]).toEqual([200, { ...before, events: ['*'], description: 'all' }]);
    const moved = await service.ask('PATCH', at(), site.secretKey, { url: 'https://www.example.ma/new' });
    expect(moved.body).toEqual({ ...changed.body, url: 'https://www.example.ma/new' });
    expect((await service.ask('PATCH', at(), site.secretKey, {})).body).toEqual(moved.body);
  });

  it('is disabled and enabled by its site', async () => {
    const disabled = await service.ask('PATCH', at(), site.secretKey, { enabled: false });
    expect(disabled.body).toMatchObject({ enabled: false, disabledReason: 'by_site' });
    expect(typeof disabled.body['disabledAt']).toBe('string');
    expect((await service.ask('PATCH', at(), site.secretKey, { enabled: false })).body).toEqual(
      disabled.body,
    );
    expect((await service.ask('POST', at('/test'), site.secretKey)).status).toBe(409);
    const enabled = await service.ask('PATCH', at(), site.secretKey, { enabled: true });
    expect(enabled.body).toMatchObject({ enabled: true, disabledReason: null, disabledAt: null });
    expect((await service.ask('POST', at('/test'), site.secretKey)).status).toBe(201);
  });

  it('does not take the address of another one', async () => {
    await create(hook('other'));
    const { status, body } = await service.ask('PATCH', at(), site.secretKey, hook('other'));
    expect([status, body['errors']]).toMatchObject([409, [{ pointer: '/url' }]]);
    expect((await service.ask('PATCH', at(), site.secretKey, hook('mine'))).status).toBe(200);
  });

  it('gets a new secret, and says until when the old one signs, too', async () => {
    const rotated = await service.ask('POST', at('/rotate-secret'), site.secretKey);
    expect(rotated.status).toBe(200);
    expect(rotated.body['secret']).toMatch(/^whsec_/);
    const hours = (Date.parse(String(rotated.body['oldSecretUntil'])) - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(23.9);
    expect(hours).toBeLessThan(24.1);
    const read = await service.ask('GET', at(), site.secretKey);
    expect(read.body).toMatchObject({ oldSecretUntil: rotated.body['oldSecretUntil'] });
    expect(read.body).not.toHaveProperty('secret');
  });

  it('goes, and its address is free again', async () => {
    for (let n = 0; n < 2; n += 1)
      expect((await service.ask('DELETE', at(), site.secretKey)).status).toBe(204);
    expect((await service.ask('GET', at(), site.secretKey)).status).toBe(404);
    const none = await service.ask('DELETE', '/v1/webhook-endpoints/whe_x', site.secretKey);
    expect(none.status).toBe(404);
    expect((await create(hook('mine'))).status).toBe(201);
  });

  it('shows of long messages a few at a time, and none twice', async () => {
    const id = String(service.app.get(Sealed).databaseId('whe', at().split('/').at(-1) ?? ''));
    await service.database.dataSource.query(
      `insert into webhook_message (site_id, endpoint_id, type, body)
       select $1, $2, 'webhook.test', jsonb_build_object('n', n, 'text', repeat('x', bytes))::text
       from unnest($3::int[]) with ordinality b (bytes, n)
       order by n`,
      [site.id, id, [10, 700_000, 700_000, 700_000, 10, 5_000_000, 10, 10]],
    );
    const pages: number[][] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const query: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const { body } = await service.ask<{
        items: { payload: { n: number } }[];
        nextCursor: string | null;
      }>('GET', at(`/messages?limit=4${query}`), site.secretKey);
      pages.push(body.items.map(({ payload }) => payload.n));
      cursor = body.nextCursor;
    }
    expect(pages).toEqual([[8, 7, 6], [5, 4, 3, 2], [1]]);
  });

  it('goes with its messages, be they more than a transaction should hold', async () => {
    const id = String(service.app.get(Sealed).databaseId('whe', at().split('/').at(-1) ?? ''));
    const { dataSource } = service.database;
    await dataSource.query(
      `with made as (
         insert into webhook_message (site_id, endpoint_id, type, body)
         select $1, $2, 'webhook.test', '{}' from generate_series(1, 4001)
         returning site_id, id
       )
       insert into webhook_attempt (site_id, message_id, number, milliseconds)
       select site_id, id, 1, 1 from made`,
      [site.id, id],
    );
    expect((await service.ask('DELETE', at(), site.secretKey)).status).toBe(204);
    for (const table of ['endpoint', 'message', 'attempt'])
      expect(await dataSource.query(`select from webhook_${table} where site_id = $1`, [site.id])).toEqual(
        [],
      );
  });

  it('does not exist for whoever sends it a test while it goes', async () => {
    const id = String(service.app.get(Sealed).databaseId('whe', at().split('/').at(-1) ?? ''));
    const { asking } = await service.database.inTransaction(async (tx) => {
      await deleteEndpoint(tx, site.id, id);
      const asked = service.ask('POST', at('/test'), site.secretKey);
      await until(async () => (await service.database.dataSource.query<unknown[]>(LOCK_WAITS)).length > 0);
      return { asking: asked };
    });
    expect((await asking).status).toBe(404);
  });

  it('of another site does not exist', async () => {
    const other = await service.site(`other-${count}`);
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['PATCH', '', { enabled: false }],
      ['DELETE', '', undefined],
      ['POST', '/test', undefined],
      ['POST', '/rotate-secret', undefined],
      ['GET', '/messages', undefined],
    ] as const) {
      expect([path, (await service.ask(method, at(path), other.secretKey, body)).status]).toEqual([
        path,
        404,
      ]);
    }
    expect((await service.ask('GET', at(), site.secretKey)).body['enabled']).toBe(true);
  });
});

it('keeps no key in memory for every list that is paged through', async () => {
  const { keys } = service.app.get<Sealed, { keys: Map<string, unknown> }>(Sealed);
  const key = async (name: string): Promise<void> => {
    const { body } = await create(hook(name));
    const path = `${PATH}/${String(body['id'])}/messages?cursor=${'A'.repeat(32)}`;
    expect((await service.ask('GET', path, site.secretKey)).status).toBe(422);
    expect((await service.ask('GET', `${path}&status=failed`, site.secretKey)).status).toBe(422);
  };
  await key('a');
  const before = keys.size;
  await key('b');
  expect(keys.size).toBe(before);
});

it('lists endpoints page by page', async () => {
  for (const name of ['a', 'b', 'c']) await create(hook(name));
  const first = await service.ask<{ items: { url: string }[]; nextCursor: string }>(
    'GET',
    `${PATH}?limit=2`,
    site.secretKey,
  );
  const rest = `${PATH}?limit=2&cursor=${first.body.nextCursor}`;
  const second = await service.ask<typeof first.body>('GET', rest, site.secretKey);
  const urls = [...first.body.items, ...second.body.items].map(({ url }) => url.split('/').pop());
  expect([urls, second.body.nextCursor]).toEqual([['a', 'b', 'c'], null]);
  const other = await service.site(`third-${count}`);
  expect((await service.ask('GET', rest, other.secretKey)).status).toBe(422);
});
