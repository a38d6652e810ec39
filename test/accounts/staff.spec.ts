import { scopesOf } from '../../src/access/scopes.js';
import { changeAccount } from '../../src/accounts/change-account.js';
import { changeLegal } from '../../src/sites/change-legal.js';
import { issueToken } from '../../src/sites/issue-token.js';
import { verifyPassword } from '../../src/access/staff/passwords.js';
import { loadConfig } from '../../src/config/load-config.js';
import { Service, type TestSite } from '../setup/service.js';
import { until } from '../setup/until.js';
import { LOCK_WAITS } from '../setup/lock-waits.js';

let service: Service;
let admin: string;
let site: TestSite;
beforeAll(async () => {
  service = await Service.open({ ROLE: 'api', PUBLIC_URL: 'https://vigie.example.ma/' });
  site = await service.site();
  admin = await service.staffToken('admin@example.ma', 'admin');
});
afterAll(() => service.close());

interface Account {
  readonly id: string;
  readonly email: string;
  readonly [field: string]: unknown;
}
interface Link {
  readonly url: string;
  readonly expiresAt: string;
  readonly mailed: boolean;
}

const sql = <Row = Record<string, unknown>>(text: string, values: unknown[] = []): Promise<Row[]> =>
  service.database.dataSource.query<Row[]>(text, values);
const list = async (): Promise<Account[]> =>
  (await service.ask<{ items: Account[] }>('GET', '/v1/staff?limit=100', admin)).body.items;
const find = async (email: string): Promise<Account> => {
  const found = (await list()).find((account) => account.email === email);
  if (found === undefined) throw new Error(`no account ${email}`);
  return found;
};
const invite = (email: string, more: object = {}) =>
  service.ask<Account & { invitation: Link | null }>('POST', '/v1/staff', admin, { email, ...more });
const change = (id: string, body: object, token = admin) =>
  service.ask('PATCH', `/v1/staff/${id}`, token, body);
const makeLink = (id: string, purpose: string, token = admin) =>
  service.ask<Record<string, unknown> & Link>('POST', `/v1/staff/${id}/links`, token, { purpose });
const tokenOf = ({ url }: Link): string => url.split('#')[1] ?? '';
const look = (token: string) => service.ask('POST', '/v1/links/look', undefined, { token });
const redeem = (token: string, password = 'three storks over the bay') =>
  service.ask('POST', '/v1/links/redeem', undefined, { token, password });
/** What the log tells of somebody, the oldest first. */
const logOf = async (id: string): Promise<string[]> => {
  const { body } = await service.ask<{ items: { type: string }[] }>(
    'GET',
    `/v1/account-events?staff=${id}&limit=100`,
    admin,
  );
  return body.items.map(({ type }) => type).reverse();
};
/** An account with a password, a session, a token and a second factor. */
async function working(email: string): Promise<{ id: string; token: string }> {
  const token = await service.staffToken(email, 'moderator', site);
  await sql(
    `with s as (select id from staff where email = $1),
          f as (insert into second_factor (staff_id, secret, confirmed_at)
                select id, 'x', clock_timestamp() from s returning staff_id)
     insert into session (staff_id, hash, stage, expires_at)
     select id, sha256(convert_to($1, 'utf8')), 'full', clock_timestamp() + interval '1 hour' from s`,
    [email],
  );
  await sql(
    `insert into recovery_code (staff_id, hash)
     select id, sha256('code') from staff where email = $1`,
    [email],
  );
  return { id: (await find(email)).id, token };
}
const openSessions = async (email: string): Promise<number> =>
  (
    await sql<{ n: number }>(
      `select count(*)::int as n from session join staff on staff.id = staff_id where email = $1 and ended_at is null`,
      [email],
    )
  )[0]?.n ?? -1;

describe('an invitation', () => {
  it('makes an account without a password, and a link for one; by it the owner sets one', async () => {
    const made = await invite('Amina@Example.ma');
    expect(made).toMatchObject({
      status: 201,
      body: {
        email: 'amina@example.ma',
        admin: false,
        closed: false,
        hasPassword: false,
        secondFactor: false,
        lastSignInAt: null,
        sites: [],
        invitation: { mailed: false },
      },
    });
    const link = made.body.invitation as Link;
    expect(link.url).toMatch(/^https:\/\/vigie\.example\.ma\/console\/welcome#vg_lnk_[\w-]{43}$/);
    const hour = Date.parse(link.expiresAt) - Date.now();
    expect(hour).toBeGreaterThan(3_500_000);
    expect(hour).toBeLessThan(3_610_000);
    expect(await invite('amina@example.ma')).toMatchObject({ status: 200, body: { invitation: null } });

    const stored = await sql<{ row: string }>(`select to_jsonb(l)::text as row from account_link l`);
    expect(JSON.stringify(stored)).not.toContain(tokenOf(link));
    expect((await look(tokenOf(link))).body).toEqual({
      email: 'amina@example.ma',
      purpose: 'invitation',
      expiresAt: link.expiresAt,
    });
    // Looking spends nothing.
    expect((await look(tokenOf(link))).status).toBe(200);
    expect((await redeem(tokenOf(link))).status).toBe(204);
    const [row] = await sql<{ password_hash: string }>(
      `select password_hash from staff where email = 'amina@example.ma'`,
    );
    expect(await verifyPassword(row?.password_hash ?? '', 'three storks over the bay')).toBe(true);
    expect(await find('amina@example.ma')).toMatchObject({ hasPassword: true });
    expect(await logOf(made.body.id)).toEqual(['account-made', 'link-made', 'link-used', 'password-changed']);
  });

  it('is refused for a password that is too short, too long, or the e-mail address, and can be used again', async () => {
    const { body } = await invite('picky@example.ma');
    const token = tokenOf(body.invitation as Link);
    for (const password of ['eleven char', 'x'.repeat(201), 'Picky@Example.ma', 7]) {
      const refused = await redeem(token, password as string);
      expect(refused).toMatchObject({ status: 422, body: { errors: [{ pointer: '/password' }] } });
    }
    expect((await redeem(token, '👩‍💻 twelve and'.padEnd(12, '.'))).status).toBe(204);
  });

  it('may make an admin; an account that there is becomes none by it', async () => {
    expect((await invite('boss@example.ma', { admin: true })).body).toMatchObject({ admin: true });
    await invite('clerk@example.ma');
    expect(await invite('clerk@example.ma', { admin: true })).toMatchObject({
      status: 409,
      body: { why: 'has-account' },
    });
    expect(await find('clerk@example.ma')).toMatchObject({ admin: false });
    for (const body of [
      {},
      { email: 'x' },
      { email: 'a@b.ma', admin: 'yes' },
      { email: 'a@b.ma', legal: true },
    ])
      expect((await service.ask('POST', '/v1/staff', admin, body)).status).toBe(422);
  });
});

describe('a one-time link', () => {
  it('is good once: of many at once one wins', async () => {
    const { body } = await invite('once@example.ma');
    const token = tokenOf(body.invitation as Link);
    const answers = await Promise.all([1, 2, 3, 4].map((n) => redeem(token, `a password of number ${n}`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 410, 410, 410]);
    const winner = answers.findIndex(({ status }) => status === 204) + 1;
    const [row] = await sql<{ password_hash: string }>(
      `select password_hash from staff where email = 'once@example.ma'`,
    );
    expect(await verifyPassword(row?.password_hash ?? '', `a password of number ${winner}`)).toBe(true);
  });

  it('is not good any more when it is unknown, used, replaced or over: always the same answer', async () => {
    const { body } = await invite('gone@example.ma');
    const first = tokenOf(body.invitation as Link);
    const second = tokenOf((await makeLink(body.id, 'invitation')).body);
    const over = tokenOf((await invite('over@example.ma')).body.invitation as Link);
    await sql(
      `update account_link set expires_at = clock_timestamp() where staff_id =
         (select id from staff where email = 'over@example.ma')`,
    );
    const used = tokenOf((await invite('used@example.ma')).body.invitation as Link);
    await redeem(used);
    const unknown = `vg_lnk_${'a'.repeat(43)}`;
    for (const token of [first, over, used, unknown, 'garbage', `${second}x`, second.toLowerCase()]) {
      for (const answer of [await look(token), await redeem(token)]) {
        expect(answer).toMatchObject({
          status: 410,
          body: { type: '/problems/gone', detail: expect.stringContaining('Ask for a new one') as string },
        });
      }
    }
    expect((await redeem(second)).status).toBe(204);
  });

  it('for a new password ends all sessions, and never clears the second factor', async () => {
    const { id, token } = await working('reset@example.ma');
    expect(await makeLink(id, 'invitation')).toMatchObject({ status: 409, body: { why: 'has-password' } });
    const link = await makeLink(id, 'reset');
    expect(link.status).toBe(201);
    expect((await redeem(tokenOf(link.body))).status).toBe(204);
    expect(await openSessions('reset@example.ma')).toBe(0);
    expect(await find('reset@example.ma')).toMatchObject({ secondFactor: true });
    // Whoever had the password may have made it.
    expect((await service.ask('GET', '/v1/tokens', token)).status).toBe(401);
    const { body } = await invite('none-yet@example.ma');
    expect(await makeLink(body.id, 'reset')).toMatchObject({ status: 409, body: { why: 'no-password' } });
  });

  it('lets its owner in at once, however often they guessed wrong before', async () => {
    const { body } = await invite('guesser@example.ma');
    await redeem(tokenOf(body.invitation as Link));
    const signIn = (password: string) =>
      service.ask('POST', '/v1/session', undefined, { email: 'guesser@example.ma', password });
    for (let n = 0; n < 6; n += 1) await signIn(`wrong ${n}`);
    expect((await signIn('three storks over the bay')).status).toBe(429);
    const { body: link } = await makeLink(body.id, 'reset');
    expect((await redeem(tokenOf(link), 'four storks over the bay')).status).toBe(204);
    expect((await signIn('four storks over the bay')).status).toBe(201);
    expect(await find('guesser@example.ma')).toMatchObject({
      lastSignInAt: expect.stringMatching(/Z$/) as string,
    });
  });

  it('of a lead is spent when its account is given what no lead can give; those of who may stay', async () => {
    const lead = await service.staffToken('keeps@example.ma', 'lead', site);
    const elsewhere = await service.site('elsewhere');
    const kept = async (email: string) => {
      const body = { email, role: 'moderator' };
      const added = await service.ask<{ id: string; invitation: Link }>(
        'POST',
        '/v1/sites/example/members',
        lead,
        body,
      );
      return { id: added.body.id, token: tokenOf(added.body.invitation) };
    };
    const [chief, other] = [await kept('chief@example.ma'), await kept('two@example.ma')];
    await change(chief.id, { admin: true });
    const member = { email: 'two@example.ma', role: 'moderator' };
    await service.ask('POST', `/v1/sites/${elsewhere.slug}/members`, admin, member);
    for (const { token } of [chief, other]) expect((await redeem(token)).status).toBe(410);

    // Given by the lead themselves, on their site: no more than they have.
    const own = await kept('own@example.ma');
    const url = `/v1/sites/example/members/${own.id}`;
    expect((await service.ask('PATCH', url, lead, { role: 'lead' })).status).toBe(200);
    expect((await look(own.token)).status).toBe(200);
    const byAdmin = tokenOf((await invite('by-admin@example.ma')).body.invitation as Link);
    await change((await find('by-admin@example.ma')).id, { admin: true });
    expect((await look(byAdmin)).status).toBe(200);
    // What is sealed the operator alone gives.
    await service.database.inTransaction((tx) => changeLegal(tx, 'by-admin@example.ma', true));
    expect((await look(byAdmin)).status).toBe(410);
  });

  it('is made by nobody for themselves, and by the operator alone for who may open what is sealed', async () => {
    const own = await find('admin@example.ma');
    expect(await makeLink(own.id, 'reset')).toMatchObject({ status: 409, body: { why: 'own-link' } });
    const { id } = await working('counsel@example.ma');
    await service.database.inTransaction((tx) => changeLegal(tx, 'counsel@example.ma', true));
    expect(await makeLink(id, 'reset')).toMatchObject({ status: 403, body: { why: 'operator-only' } });
    expect((await service.ask('DELETE', `/v1/staff/${id}/second-factor`, admin)).status).toBe(403);
    expect(await find('counsel@example.ma')).toMatchObject({ secondFactor: true });
  });

  it('is made with the scope "accounts", which "members" does not include', async () => {
    const scopes = scopesOf('admin').filter((scope) => scope !== 'accounts');
    const staffId = (await sql<{ id: string }>(`select id from staff where email = 'admin@example.ma'`))[0];
    const { token } = await service.database.inTransaction((tx) =>
      issueToken(tx, { staffId: staffId?.id ?? '', name: '', scopes, days: 1 }, { scopes, staffId: null }),
    );
    const { id } = await find('admin@example.ma');
    expect((await makeLink(id, 'reset', token)).body).toMatchObject({ scope: 'accounts' });
    expect((await change(id, { admin: true }, token)).status).toBe(403);
    expect((await service.ask('GET', '/v1/staff', token)).status).toBe(403);
  });

  it('is counted with those who want to sign in; one that is good is not', async () => {
    const limits = { ...loadConfig({}).limits, signIn: [{ points: 5, seconds: 60 }] };
    const limited = await service.beside({ ROLE: 'api', RATE_LIMITS: 'on' }, { limits });
    try {
      const { body } = await invite('counted@example.ma');
      const good = { token: tokenOf(body.invitation as Link) };
      const ask = (payload: object) =>
        limited.ask('POST', '/v1/links/look', undefined, payload, {}, '192.0.2.7');
      const statuses = new Set<number>();
      expect((await ask(good)).status).toBe(200);
      for (let n = 0; n < 7; n += 1) statuses.add((await ask({ token: 'vg_lnk_guess' })).status);
      expect([...statuses]).toEqual([410, 429]);
      expect((await ask(good)).status).toBe(429);
    } finally {
      await limited.close();
    }
  });
});

describe('an account', () => {
  it('behaviour 41: once closed, it has no session, no token, no link, and holds no case, on any site', async () => {
    const { id, token } = await working('leaver@example.ma');
    const link = tokenOf((await makeLink(id, 'reset')).body);
    const second = await service.site('second');
    await service.staffToken('leaver@example.ma', 'moderator', second);
    for (const [where, n] of [
      [site, 1],
      [second, 2],
    ] as const)
      await service.report(where, { id: `held-${n}` }, 'reader');
    for (const where of [site, second])
      expect((await service.ask('POST', '/v1/cases/claim', token, { site: where.slug })).status).toBe(200);

    expect((await change(id, { closed: true })).body).toMatchObject({ closed: true });
    expect((await service.ask('GET', '/v1/tokens', token)).status).toBe(401);
    expect(await openSessions('leaver@example.ma')).toBe(0);
    expect((await redeem(link)).status).toBe(410);
    expect(await sql('select id from moderation_case where lease_holder is not null')).toEqual([]);
    for (const refused of [await makeLink(id, 'reset'), await invite('leaver@example.ma')])
      expect(refused).toMatchObject({ status: 409, body: { why: 'account-closed' } });
    // Again: nothing more.
    expect((await change(id, { closed: true })).status).toBe(200);
    expect((await logOf(id)).filter((type) => type === 'account-closed')).toHaveLength(1);

    expect((await change(id, { closed: false })).body).toMatchObject({
      closed: false,
      hasPassword: true,
      sites: [{ slug: 'example', role: 'moderator' }, { slug: 'second' }],
    });
    expect((await service.ask('GET', '/v1/tokens', token)).status).toBe(401);
    expect((await makeLink(id, 'reset')).status).toBe(201);
  });

  it('that is closed beside a token or a lease that is just being made keeps neither', async () => {
    const { id, token } = await working('beside@example.ma');
    const staffId =
      (await sql<{ id: string }>(`select id from staff where email = 'beside@example.ma'`))[0]?.id ?? '';
    const { key } = await service.database.inTransaction(async (tx) => {
      await changeAccount(tx, staffId, { closed: true }, 'operator', { idleMinutes: 60 });
      const late = service.database.inTransaction((other) =>
        issueToken(
          other,
          { staffId, name: '', scopes: ['review'], days: 1 },
          { scopes: scopesOf('moderator'), staffId },
        ),
      );
      return {
        key: late.then(
          () => 'made',
          () => 'refused',
        ),
      };
    });
    expect(await key).toBe('refused');
    await change(id, { closed: false });
    await service.report(site, { id: 'beside' }, 'reader');
    const fresh = await service.staffToken('beside@example.ma', 'moderator', site);
    let claim: Promise<{ status: number }> | undefined;
    await service.database.inTransaction(async (tx) => {
      await changeAccount(tx, staffId, { closed: true }, 'operator', { idleMinutes: 60 });
      claim = service.ask('POST', '/v1/cases/claim', fresh, { site: site.slug });
      // It has passed the guard, and waits for the account.
      await until(async () => (await sql(`${LOCK_WAITS} and query ~ 'for share'`)).length > 0);
    });
    expect((await claim)?.status).toBe(204);
    expect(await sql('select id from moderation_case where lease_holder is not null')).toEqual([]);
    expect((await service.ask('GET', '/v1/tokens', token)).status).toBe(401);
  });

  it('of an admin is changed by another admin, never by its owner; the last admin stays', async () => {
    const other = await service.staffToken('other@example.ma', 'admin');
    const [own, others] = [await find('admin@example.ma'), await find('other@example.ma')];
    for (const body of [{ admin: false }, { closed: true }])
      expect(await change(own.id, body)).toMatchObject({ status: 409, body: { why: 'own-account' } });
    expect((await service.ask('DELETE', `/v1/staff/${own.id}/second-factor`, admin)).status).toBe(409);
    expect((await change(own.id, { admin: true })).status).toBe(200);
    // Of two who take it from each other at once, one stays admin.
    await sql(`update staff set admin = false where email not in ('admin@example.ma', 'other@example.ma')`);
    const both = await Promise.all([
      change(others.id, { admin: false }),
      change(own.id, { admin: false }, other),
    ]);
    const won = both.filter(({ status }) => status === 200);
    expect(won).toHaveLength(1);
    // Not because they are the last: with a third one it is the same.
    await sql(
      `update staff set admin = true where email in ('admin@example.ma', 'other@example.ma', 'boss@example.ma')`,
    );
    const again = await Promise.all([
      change(others.id, { admin: false }),
      change(own.id, { admin: false }, other),
    ]);
    expect(again.filter(({ status }) => status === 200)).toHaveLength(1);
    await sql(`update staff set admin = email = $1`, [
      again[0]?.status === 200 ? 'admin@example.ma' : 'other@example.ma',
    ]);
    const left = await sql<{ email: string }>('select email from staff where admin and disabled_at is null');
    expect(left).toHaveLength(1);
    await sql(`update staff set admin = true where email in ('admin@example.ma', 'other@example.ma')`);
    expect(await logOf(others.id)).toContain('admin-given');
  });

  it('loses its second factor by an admin, who is named in the log, and its sessions', async () => {
    const { id } = await working('lost@example.ma');
    expect((await service.ask('DELETE', `/v1/staff/${id}/sessions`, admin)).status).toBe(204);
    expect(await openSessions('lost@example.ma')).toBe(0);
    expect((await service.ask('DELETE', `/v1/staff/${id}/second-factor`, admin)).status).toBe(204);
    expect((await service.ask('DELETE', `/v1/staff/${id}/second-factor`, admin)).status).toBe(204);
    expect(
      await sql(`select hash from recovery_code join staff on staff.id = staff_id
                      where email = 'lost@example.ma'`),
    ).toEqual([]);
    expect(await find('lost@example.ma')).toMatchObject({ secondFactor: false });
    const { body } = await service.ask<{ items: object[] }>(
      'GET',
      `/v1/account-events?staff=${id}&limit=2`,
      admin,
    );
    expect(body.items).toMatchObject([
      { type: 'second-factor-removed', by: { kind: 'staff', email: 'admin@example.ma' } },
      { type: 'session-ended', data: { sessions: 1 } },
    ]);
  });

  it('is listed page by page, for admins alone', async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: string = cursor === null ? '' : `&cursor=${cursor}`;
      const answer = await service.ask<{ items: Account[]; nextCursor: string | null }>(
        'GET',
        `/v1/staff?limit=3${page}`,
        admin,
      );
      expect(answer.body.items.length).toBeLessThanOrEqual(3);
      seen.push(...answer.body.items.map(({ email }) => email));
      cursor = answer.body.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual((await list()).map(({ email }) => email));
    expect(new Set(seen).size).toBe(seen.length);
    const lead = await service.staffToken('lead@example.ma', 'lead', site);
    expect((await service.ask('GET', '/v1/staff', lead)).status).toBe(403);
    for (const [method, url] of [
      ['PATCH', '/v1/staff/stf_x'],
      ['DELETE', '/v1/staff/stf_x/sessions'],
      ['DELETE', '/v1/staff/stf_x/second-factor'],
    ] as const)
      expect((await service.ask(method, url, admin, method === 'PATCH' ? {} : undefined)).status).toBe(404);
  });
});

describe("the accounts' log", () => {
  const events = (token: string, query = '') =>
    service.ask<{
      items: { id: string; type: string; site: { slug: string } | null; staff: { email: string } | null }[];
      nextCursor: string | null;
    }>('GET', `/v1/account-events${query}`, token);

  it('shows leads the changes of rights on their sites, everybody their own, admins all of it', async () => {
    const mine = await service.site('mine');
    const lead = await service.staffToken('lead@mine.ma', 'lead', mine);
    const members = '/v1/sites/mine/members';
    const added = await service.ask('POST', members, lead, { email: 'm@mine.ma', role: 'moderator' });
    const member = `${members}/${String(added.body['id'])}`;
    await service.ask('PATCH', member, lead, { role: 'lead' });
    await service.ask('PATCH', member, lead, { role: 'lead' });
    await service.ask('DELETE', member, lead);
    const { body, status } = await events(lead, '?site=mine');
    expect(status).toBe(200);
    // Before them, the site's two keys.
    const by = { kind: 'staff', email: 'lead@mine.ma' };
    expect(body.items).toMatchObject([
      { type: 'member-removed', staff: { email: 'm@mine.ma' }, by, data: { role: 'lead' } },
      { type: 'member-changed', by, data: { role: 'lead', before: 'moderator' } },
      { type: 'link-made', site: { slug: 'mine' }, data: { purpose: 'invitation' } },
      { type: 'member-added', id: expect.stringMatching(/^aev_/) as string, data: { role: 'moderator' } },
      { type: 'key-made', data: { kind: 'secret' } },
      { type: 'key-made', staff: null, by: { kind: 'operator' }, data: { kind: 'publishable' } },
    ]);
    expect((await events(lead)).body).toEqual(body);

    const own = await events(lead, '?staff=me');
    expect(own.body.items.every(({ staff }) => staff?.email === 'lead@mine.ma')).toBe(true);
    expect(own.body.items.map(({ type }) => type)).toEqual(['token-made', 'account-made']);

    // Of others a lead sees what is on their sites alone.
    const others = await events(lead, `?staff=${(await find('admin@example.ma')).id}`);
    expect(others.body.items).toEqual([]);
    expect((await events(lead, '?site=example')).status).toBe(404);
    const moderator = await service.staffToken('mod@mine.ma', 'moderator', mine);
    expect((await events(moderator)).status).toBe(403);
    expect((await events(moderator, '?site=mine')).status).toBe(403);
    expect((await events(moderator, '?staff=me')).status).toBe(200);
    expect((await events(admin, '?site=mine')).body.items.length).toBe(6);
    expect((await events(admin, '?staff=stf_x')).status).toBe(404);
  });

  it('tells of keys that are made and revoked, and of what changed of a site, with who did it', async () => {
    await service.site('logged');
    const at = '/v1/sites/logged';
    const [key] = (
      await service.ask<{ items: { id: string; kind: string; hint: string }[] }>('GET', `${at}/keys`, admin)
    ).body.items;
    await service.ask('DELETE', `${at}/keys/${key?.id ?? ''}`, admin);
    await service.ask('DELETE', `${at}/keys/${key?.id ?? ''}`, admin);
    const made = await service.ask('POST', `${at}/keys`, admin, { kind: key?.kind, name: 'new' });
    await service.ask('PATCH', at, admin, { name: 'logged', locale: 'ar', reasons: ['spam'] });
    await service.ask('PATCH', at, admin, { locale: 'ar' });
    const { body, text } = await events(admin, '?site=logged&limit=3');
    const by = { kind: 'staff', email: 'admin@example.ma' };
    expect(body.items).toMatchObject([
      {
        type: 'site-changed',
        staff: null,
        site: { slug: 'logged' },
        by,
        data: { parts: ['locale', 'reasons'] },
      },
      { type: 'key-made', by, data: { kind: key?.kind, hint: made.body['hint'], name: 'new' } },
      { type: 'key-revoked', by, data: { kind: key?.kind, hint: key?.hint } },
    ]);
    expect(text).not.toMatch(/vg_(pub|sec)_/);
  });

  it('is walked by cursor, each line once, and a cursor fits no other question', async () => {
    const all: string[] = [];
    let query = '?limit=7';
    for (;;) {
      const { body } = await events(admin, query);
      all.push(...body.items.map(({ id }) => id));
      if (body.nextCursor === null) break;
      query = `?limit=7&cursor=${body.nextCursor}`;
    }
    expect(new Set(all).size).toBe(all.length);
    const [row] = await sql<{ n: number }>('select count(*)::int as n from account_event');
    expect(all).toHaveLength(row?.n ?? -1);
    const { nextCursor } = (await events(admin, '?limit=1')).body;
    expect((await events(admin, `?staff=me&cursor=${nextCursor ?? ''}`)).status).toBe(422);
  });

  it('tells of tokens that are made and revoked, with their names and scopes and nothing of the token', async () => {
    const maker = await service.staffToken('maker@example.ma', 'moderator', site);
    const made = await service.ask('POST', '/v1/tokens', maker, {
      name: '<b>x',
      scopes: ['review'],
      days: 1,
    });
    // The test's token has every scope of the role, tokens too.
    expect(made.status).toBe(201);
    const url = `/v1/tokens/${String(made.body['id'])}`;
    await service.ask('DELETE', url, maker);
    await service.ask('DELETE', url, maker);
    const { body, text } = await events(maker, '?staff=me');
    expect(body.items.slice(0, 2)).toMatchObject([
      { type: 'token-revoked', data: { name: '<b>x' } },
      { type: 'token-made', data: { name: '<b>x', scopes: ['review'] } },
    ]);
    expect(text).not.toContain('vg_stf');
  });
});
