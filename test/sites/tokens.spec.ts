import { SCOPES } from '../../src/access/scopes.js';
import { accountOf } from '../../src/accounts/account-of.js';
import { lockStaff } from '../../src/database/statements/accounts/lock-staff.js';
import { revokeAllTokens } from '../../src/database/statements/accounts/save-account.js';
import { changeLegal } from '../../src/sites/change-legal.js';
import { LOCK_WAITS } from '../setup/lock-waits.js';
import { until } from '../setup/until.js';
import { pointers } from './pointers.js';
import { startSettings, type Settings } from './start-settings.js';

let settings: Settings;
let site: string;
beforeAll(async () => {
  settings = await startSettings();
  site = await settings.site('revue');
});
afterAll(() => settings.stop());

const issue = (token: string, body: unknown) => settings.ask(token, 'POST', '/v1/tokens', body);

describe('a personal access token', () => {
  it('is shown once, works, is listed and ends in 90 days', async () => {
    const moderator = await settings.tokenOf('a@revue.ma', 'moderator', site);
    const { status, body } = await issue(moderator, { name: 'night shift' });
    expect(status).toBe(201);
    const { token, ...shown } = body;
    expect(shown).toMatchObject({ name: 'night shift', scopes: ['review', 'images', 'settings:read'] });
    expect((await settings.ask(String(token), 'GET', '/v1/sites/revue')).status).toBe(200);
    const days = (Date.parse(String(body['expiresAt'])) - Date.parse(String(body['createdAt']))) / 86_400_000;
    expect(days).toBeCloseTo(90, 1);
    const { body: listed } = await settings.ask(moderator, 'GET', '/v1/tokens');
    expect(listed['items']).toContainEqual(shown);
    expect(JSON.stringify(listed)).not.toContain('vg_stf_');
  });

  it('ends no later than the token that made it, so that a leaked one can not renew itself', async () => {
    const short = await settings.tokenOf('short@revue.ma', 'moderator', site, ['review', 'tokens']);
    const { body } = await issue(short, { scopes: ['review', 'tokens'], days: 1 });
    const again = await issue(String(body['token']), { scopes: ['review'], days: 90 });
    expect(again.status).toBe(201);
    expect(Date.parse(String(again.body['expiresAt']))).toBeLessThanOrEqual(
      Date.parse(String(body['expiresAt'])) + 1_000,
    );
  });

  it('is not made by a token that is revoked at that moment: whoever stole one would keep the other', async () => {
    const stolen = await settings.tokenOf('reset@revue.ma', 'moderator', site);
    expect((await settings.ask(stolen, 'GET', '/v1/tokens')).status).toBe(200);
    const sql = (text: string): Promise<unknown[]> =>
      settings.database.query({ name: text.slice(0, 60), text });
    const waits = (): Promise<unknown[]> => sql(LOCK_WAITS);
    const tokens = (): Promise<unknown[]> =>
      sql(`select k.id from api_key k join staff s on s.id = k.staff_id
           where s.email = 'reset@revue.ma' and k.revoked_at is null`);

    // All of them, as by a link for a new password.
    let made: ReturnType<typeof issue> | undefined;
    await settings.database.inTransaction(async (tx) => {
      const { id } = await accountOf(tx, 'reset@revue.ma');
      await lockStaff(tx, id);
      made = issue(stolen, { scopes: ['review', 'tokens'] });
      await until(async () => (await waits()).length > 0);
      await revokeAllTokens(tx, id);
    });
    expect(await made).toMatchObject({ status: 401, body: { type: '/problems/unauthenticated' } });
    expect(await tokens()).toEqual([]);
  });

  it('has at most the scopes of the token that asks, and of the role', async () => {
    const narrow = await settings.tokenOf('b@revue.ma', 'moderator', site, ['review', 'tokens']);
    expect((await issue(narrow, {})).body['scopes']).toEqual(['review']);
    expect((await issue(narrow, { scopes: ['review', 'tokens'] })).status).toBe(201);
    const more = await issue(narrow, { scopes: ['review', 'images'] });
    expect({ status: more.status, pointers: pointers(more.body) }).toEqual({
      status: 422,
      pointers: ['/scopes/1'],
    });
    // Else as many mistakes would be answered as a body has room for.
    expect(pointers((await issue(narrow, { scopes: Array(10_000).fill('x') })).body)).toEqual(['/scopes']);
    // A token made with all scopes, whose owner is a moderator.
    const wide = await settings.tokenOf('c@revue.ma', 'moderator', site, SCOPES);
    expect(pointers((await issue(wide, { scopes: ['rules', 'keys'] })).body)).toEqual([
      '/scopes/0',
      '/scopes/1',
    ]);
    const without = await settings.tokenOf('d@revue.ma', 'moderator', site, ['review']);
    expect((await issue(without, {})).status).toBe(403);
  });

  it('opens what is sealed only where the operator let its owner, and the token that asks may', async () => {
    const email = 'counsel@revue.ma';
    const admin = await settings.tokenOf(email, 'admin', undefined, SCOPES);
    const narrow = await settings.tokenOf(email, 'admin', undefined, ['review', 'tokens']);
    const statuses = async (): Promise<number[]> => [
      (await issue(admin, { scopes: ['legal'] })).status,
      (await issue(narrow, { scopes: ['legal'] })).status,
    ];
    expect(await statuses()).toEqual([422, 422]);
    await settings.database.inTransaction((tx) => changeLegal(tx, email, true));
    await until(async () => (await statuses())[0] === 201);
    expect(await statuses()).toEqual([201, 422]);
    expect((await issue(admin, {})).body['scopes']).not.toContain('legal');
  });

  it.each([
    [{ days: 0 }, '/days'],
    [{ days: 91 }, '/days'],
    [{ days: '30' }, '/days'],
    [{ days: null }, '/days'],
    [{ scopes: [] }, '/scopes'],
    [{ scopes: null }, '/scopes'],
    [{ scopes: 'review' }, '/scopes'],
    [{ scopes: ['review', 'all'] }, '/scopes/1'],
    [{ scopes: [7] }, '/scopes/0'],
    [{ name: 'a'.repeat(101) }, '/name'],
    [{ staff: 'stf_x' }, '/staff'],
  ])('is refused with a pointer: %j', async (body, pointer) => {
    const token = await settings.tokenOf('e@revue.ma', 'moderator', site);
    const answer = await issue(token, body);
    expect({ status: answer.status, pointers: pointers(answer.body) }).toEqual({
      status: 422,
      pointers: [pointer],
    });
  });

  it('is revoked by its owner alone, at once', async () => {
    const mine = await settings.tokenOf('f@revue.ma', 'moderator', site);
    const other = await settings.tokenOf('g@revue.ma', 'lead', site);
    const { body } = await issue(mine, {});
    const url = `/v1/tokens/${String(body['id'])}`;
    expect((await settings.ask(other, 'DELETE', url)).status).toBe(404);
    expect((await settings.ask(String(body['token']), 'GET', '/v1/sites/revue')).status).toBe(200);
    expect((await settings.ask(mine, 'DELETE', url)).status).toBe(204);
    expect((await settings.ask(String(body['token']), 'GET', '/v1/sites/revue')).status).toBe(401);
    expect((await settings.ask(mine, 'DELETE', '/v1/tokens/key_x')).status).toBe(404);
  });

  it("can not revoke a site's key", async () => {
    const admin = await settings.tokenOf('admin@example.ma', 'admin');
    const { body } = await settings.ask(admin, 'POST', '/v1/sites/revue/keys', { kind: 'secret' });
    expect((await settings.ask(admin, 'DELETE', `/v1/tokens/${String(body['id'])}`)).status).toBe(404);
  });
});
