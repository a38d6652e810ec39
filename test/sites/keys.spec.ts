import { startSettings, type Settings } from './start-settings.js';

let settings: Settings;
let admin: string;
beforeAll(async () => {
  settings = await startSettings();
  admin = await settings.tokenOf('admin@example.ma', 'admin');
});
afterAll(() => settings.stop());

const create = (site: string, kind: string) =>
  settings.ask(admin, 'POST', `/v1/sites/${site}/keys`, { kind });

describe("a site's key", () => {
  it('is shown once, and listed by its last characters', async () => {
    await settings.site('shown');
    const { status, body } = await create('shown', 'secret');
    expect(status).toBe(201);
    expect(body).toMatchObject({
      key: expect.stringMatching(/^vg_sec_[0-9A-Za-z]{36}$/) as string,
      readerSigningSecret: expect.stringMatching(/^[\w-]{43}$/) as string,
      createdBy: 'admin@example.ma',
      revokedAt: null,
    });
    const { key, ...rest } = body;
    const shown = Object.fromEntries(
      Object.entries(rest).filter(([field]) => field !== 'readerSigningSecret'),
    );
    const list = await settings.ask(admin, 'GET', '/v1/sites/shown/keys');
    expect(list).toEqual({ status: 200, body: { items: [shown], nextCursor: null } });
    expect(String(key).endsWith(String(body['hint']))).toBe(true);
  });

  it('is one of two live ones of its kind at most, until one is revoked', async () => {
    await settings.site('rotating');
    const first = await create('rotating', 'publishable');
    const second = await create('rotating', 'publishable');
    const third = await create('rotating', 'publishable');
    expect([first, second, third].map(({ status }) => status)).toEqual([201, 201, 409]);
    expect(third.body['detail']).toContain('revoke');
    expect(third.body['why']).toBe('too-many-keys');
    expect((await create('rotating', 'secret')).status).toBe(201);

    const url = `/v1/sites/rotating/keys/${String(first.body['id'])}`;
    expect((await settings.ask(admin, 'DELETE', url)).status).toBe(204);
    expect((await settings.ask(admin, 'DELETE', url)).status).toBe(204);
    expect((await create('rotating', 'publishable')).status).toBe(201);
  });

  it('is one of two even when many are asked for at once', async () => {
    await settings.site('racing');
    const answers = await Promise.all(Array.from({ length: 8 }, () => create('racing', 'secret')));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(2);
  });

  it('stops working with the answer that revokes it', async () => {
    await settings.site('revoking');
    const { body } = await create('revoking', 'secret');
    const key = String(body['key']);
    // A site's key may not do this: 403 says that it is known, 401 that it is not.
    expect((await settings.ask(key, 'GET', '/v1/sites')).status).toBe(403);
    await settings.ask(admin, 'DELETE', `/v1/sites/revoking/keys/${String(body['id'])}`);
    expect((await settings.ask(key, 'GET', '/v1/sites')).status).toBe(401);
  });

  it('is refused with a pointer when its kind is none', async () => {
    await settings.site('kinds');
    for (const body of [{}, { kind: 'staff' }, { kind: null }, { kind: 'secret', name: 7 }]) {
      expect((await settings.ask(admin, 'POST', '/v1/sites/kinds/keys', body)).status).toBe(422);
    }
    expect((await settings.ask(admin, 'GET', '/v1/sites/kinds/keys')).body['items']).toEqual([]);
  });

  it("behaviour 49: another site's key can not be revoked, nor seen by a lead", async () => {
    const own = await settings.site('own');
    await settings.site('foreign');
    const { body } = await create('foreign', 'secret');
    const lead = await settings.tokenOf('lead@own.ma', 'lead', own);
    const urls = [`/v1/sites/own/keys/${String(body['id'])}`, '/v1/sites/own/keys/key_made-up'];
    for (const url of urls) expect((await settings.ask(admin, 'DELETE', url)).status).toBe(404);
    expect((await settings.ask(lead, 'GET', '/v1/sites/own/keys')).status).toBe(403);
    expect((await settings.ask(lead, 'POST', '/v1/sites/own/keys', { kind: 'secret' })).status).toBe(403);
    expect((await settings.ask(String(body['key']), 'GET', '/v1/sites')).status).toBe(403);
  });
});
