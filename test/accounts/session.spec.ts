import { loadConfig } from '../../src/config/load-config.js';
import { Service, type TestSite } from '../setup/service.js';
import { cookieOf, OWN_ORIGIN, PASSWORD, SignedIn } from '../setup/signed-in.js';

/** Signing in with a password, by the doors: the cookie, what it opens, what it needs beside it, and how it ends. */

const IDLE = {
  type: '/problems/unauthenticated',
  detail: 'Your session is over, or was ended: sign in again.',
};

let service: Service;
let site: TestSite;
let amina: SignedIn;
beforeAll(async () => {
  service = await Service.open({ ROLE: 'api' });
  site = await service.site();
  amina = await SignedIn.as(service, 'amina@example.ma', 'lead', site);
});
afterAll(() => service.close());

const run = (text: string, values: readonly unknown[] = []) =>
  service.database.dataSource.query<Record<string, unknown>[]>(text, [...values]);

/** What the operator did, who makes the accounts here, is left out. */
const log = (email: string) =>
  run(
    `select type, actor_kind as by, data from account_event where staff_id = (select id from staff where email = $1)
       and actor_kind <> 'operator'
     order by seq`,
    [email],
  );

describe('signing in', () => {
  it('gives a cookie that no script reads, and opens what the role allows', async () => {
    expect(amina.answer.status).toBe(201);
    expect(amina.answer.headers['cache-control']).toBe('no-store');
    expect(String(amina.answer.headers['set-cookie'])).toMatch(
      /^vigie_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    expect(amina.answer.body).toEqual({
      staff: { id: expect.stringMatching(/^stf_/) as string, email: 'amina@example.ma' },
      admin: false,
      legal: false,
      sites: [expect.objectContaining({ slug: 'example', role: 'lead', locale: 'fr', timeZone: 'UTC' })],
      secondFactor: false,
      csrfToken: expect.any(String) as string,
      expiresAt: expect.any(String) as string,
      idleSeconds: 3600,
      leaseSeconds: 300,
    });
    expect((await amina.ask('GET', '/v1/session')).body).toEqual(amina.answer.body);
    const statuses = [
      await amina.ask('GET', '/v1/cases'),
      await amina.ask('GET', '/v1/sites/example/members'),
      await amina.ask('POST', '/v1/cases/claim', {}),
      await amina.ask('GET', '/v1/sites/example/keys'),
      await amina.ask('GET', '/v1/blocklist'),
    ].map(({ status }) => status);
    // Neither what an admin may, nor what is for keys alone.
    expect(statuses).toEqual([200, 200, 204, 403, 401]);
  });

  it('shows an admin all sites, and does not mind how the address is written', async () => {
    await service.site('another');
    await SignedIn.account(service, 'admin@vigie.ma', 'admin');
    const admin = await SignedIn.in(service, ' Admin@Vigie.ma ');
    const { sites } = admin.answer.body as { sites: { slug: string; role: string }[] };
    expect(sites.map(({ slug, role }) => [slug, role])).toEqual([
      ['another', 'admin'],
      ['example', 'admin'],
    ]);
    expect((await admin.ask('GET', '/v1/sites/another/keys')).status).toBe(200);
  });

  it('answers an unknown address, a closed account and one without a password as a wrong password', async () => {
    const invited = await SignedIn.account(service, 'invited@example.ma', 'moderator', site);
    await run('update staff set password_hash = null where id = $1', [invited]);
    const closed = await SignedIn.account(service, 'closed@example.ma', 'moderator', site);
    await run('update staff set disabled_at = now() where id = $1', [closed]);
    const answers = [];
    for (const [email, password] of [
      ['amina@example.ma', 'wrong'],
      ['nobody@example.ma', PASSWORD],
      ['invited@example.ma', PASSWORD],
      ['closed@example.ma', PASSWORD],
    ]) {
      const { status, body, headers } = await service.ask('POST', '/v1/session', undefined, {
        email,
        password,
      });
      const names = Object.keys(headers).filter((name) => name !== 'x-request-id');
      answers.push({ status, names, body: { ...body, instance: '' } });
    }
    expect(answers[0]?.status).toBe(401);
    expect(answers[0]?.body).toMatchObject({ detail: 'The e-mail address or the password is not right.' });
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });

  it('is called __Host-vigie and Secure where people come by https', async () => {
    const https = await service.beside({ PUBLIC_URL: 'https://vigie.example.ma', ROLE: 'api' });
    const session = await SignedIn.in(https, 'amina@example.ma');
    expect(String(session.answer.headers['set-cookie'])).toMatch(
      /^__Host-vigie=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
    const plain = { cookie: session.cookie.replace('__Host-vigie', 'vigie_session') };
    expect((await https.ask('GET', '/v1/session', undefined, undefined, plain)).status).toBe(401);
    const origin = { origin: 'https://vigie.example.ma' };
    expect((await session.ask('DELETE', '/v1/session', undefined, origin)).status).toBe(204);
    await https.close();
  });

  it('tells sessions apart by browser, and ends one, or all others', async () => {
    const firefox = {
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    };
    await SignedIn.account(service, 'brahim@example.ma', 'moderator', site);
    const [desk, phone, third] = [
      await SignedIn.in(service, 'brahim@example.ma', firefox),
      await SignedIn.in(service, 'brahim@example.ma'),
      await SignedIn.in(service, 'brahim@example.ma'),
    ];
    type Item = { browserName: string | null; system: string | null };
    type List = { items: (Item & { id: string; browser: string; current: boolean })[] };
    const { items } = (await desk.ask<List>('GET', '/v1/sessions')).body;
    expect(items.map(({ browser, current }) => [browser, current])).toEqual([
      ['A program', false],
      ['A program', false],
      ['Firefox on Linux', true],
    ]);
    expect(items.map(({ browserName, system }) => [browserName, system])).toEqual([
      [null, null],
      [null, null],
      ['Firefox', 'Linux'],
    ]);
    const [ofThird] = items;
    expect((await amina.ask('DELETE', `/v1/sessions/${ofThird?.id}`)).status).toBe(404);
    for (const again of [1, 2])
      expect([again, (await desk.ask('DELETE', `/v1/sessions/${ofThird?.id}`)).status]).toEqual([again, 204]);
    expect([await third.ask('GET', '/v1/session'), await phone.ask('GET', '/v1/session')]).toMatchObject([
      { status: 401 },
      { status: 200 },
    ]);
    expect((await desk.ask('DELETE', '/v1/sessions')).status).toBe(204);
    expect((await phone.ask('GET', '/v1/session')).status).toBe(401);
    expect((await desk.ask('GET', '/v1/session')).status).toBe(200);
    expect((await log('brahim@example.ma')).map(({ type }) => type)).toEqual([
      'signed-in',
      'signed-in',
      'signed-in',
      'session-ended',
      'session-ended',
    ]);
  });

  it('says nothing in the log of the end of a session that was over by itself', async () => {
    const desk = await SignedIn.as(service, 'driss@example.ma', 'moderator', site);
    await SignedIn.in(service, 'driss@example.ma');
    const { items } = (await desk.ask<{ items: { id: string; current: boolean }[] }>('GET', '/v1/sessions'))
      .body;
    const other = items.find(({ current }) => !current);
    await run(
      `update session set seen_at = clock_timestamp() - interval '2 hours'
       where id = (select max(o.id) from session o join staff s on s.id = o.staff_id where s.email = 'driss@example.ma')`,
    );
    expect((await desk.ask('DELETE', `/v1/sessions/${other?.id}`)).status).toBe(204);
    expect((await desk.ask('DELETE', '/v1/sessions')).status).toBe(204);
    expect((await log('driss@example.ma')).map(({ type }) => type)).toEqual(['signed-in', 'signed-in']);
  });
});

describe('a session is over', () => {
  it('when its browser signs in again, whoever does', async () => {
    const first = await SignedIn.as(service, 'elias@example.ma', 'moderator', site);
    await SignedIn.account(service, 'fatima@example.ma', 'moderator', site);
    const again = await SignedIn.in(service, 'elias@example.ma', { cookie: first.cookie });
    expect((await first.ask('GET', '/v1/session')).status).toBe(401);
    await SignedIn.in(service, 'fatima@example.ma', { cookie: again.cookie });
    expect((await again.ask('GET', '/v1/session')).status).toBe(401);
    expect((await log('elias@example.ma')).map(({ type }) => type)).toEqual([
      'signed-in',
      'session-ended',
      'signed-in',
      'session-ended',
    ]);
    // A wrong password ends nothing.
    const wrong = { email: 'elias@example.ma', password: 'wrong' };
    await service.ask('POST', '/v1/session', undefined, wrong, { cookie: amina.cookie });
    expect((await amina.ask('GET', '/v1/session')).status).toBe(200);
  });

  it('of an attacker’s choice never begins: who signs in gets a cookie of their own, and theirs opens nothing', async () => {
    const chosen = `${amina.cookie.split('=')[0] ?? ''}=${'A'.repeat(43)}`;
    const victim = await SignedIn.in(service, 'amina@example.ma', { cookie: chosen });
    expect(victim.cookie).not.toBe(chosen);
    const asked = (cookie: string) => service.ask('GET', '/v1/session', undefined, undefined, { cookie });
    expect([(await asked(chosen)).status, (await asked(victim.cookie)).status]).toEqual([401, 200]);
  });

  it('when it was not used for longest of fifty, and another begins', async () => {
    const oldest = await SignedIn.as(service, 'ghita@example.ma', 'moderator', site);
    await run(
      `insert into session (staff_id, hash, stage, expires_at)
       select s.staff_id, sha256(s.hash || n::text::bytea), 'full', s.expires_at
       from session s, generate_series(1, 49) n where s.id = (select max(id) from session)`,
    );
    expect((await oldest.ask('GET', '/v1/session')).status).toBe(200);
    const newest = await SignedIn.in(service, 'ghita@example.ma');
    expect((await oldest.ask('GET', '/v1/session')).status).toBe(401);
    expect((await newest.ask<{ items: unknown[] }>('GET', '/v1/sessions')).body.items).toHaveLength(50);
    const ended = (await log('ghita@example.ma')).filter(({ type }) => type === 'session-ended');
    expect(ended).toEqual([{ type: 'session-ended', by: 'staff', data: { sessions: 1 } }]);
  });

  it('when its owner signs out: the cookie is taken away, and opens nothing any more', async () => {
    const session = await SignedIn.in(service, 'amina@example.ma');
    const out = await session.ask('DELETE', '/v1/session');
    expect([out.status, cookieOf(out)]).toEqual([204, null]);
    expect(String(out.headers['set-cookie'])).toMatch(/^vigie_session=; Max-Age=0; Path=\//);
    expect(await session.ask('GET', '/v1/session')).toMatchObject({ status: 401, body: IDLE });
  });

  it('at once in every process when it is ended in one', async () => {
    const other = await service.beside({ ROLE: 'api' });
    const session = await SignedIn.in(service, 'amina@example.ma');
    expect((await session.ask('GET', '/v1/cases', undefined, {}, other)).status).toBe(200);
    await session.ask('DELETE', '/v1/session');
    expect((await session.ask('GET', '/v1/cases', undefined, {}, other)).status).toBe(401);
    await other.close();
  });

  it('after an hour without a request, and after twelve hours whatever happens', async () => {
    const idle = await SignedIn.in(service, 'amina@example.ma');
    const long = await SignedIn.in(service, 'amina@example.ma');
    const newest = (column: string, text: string, offset: number) =>
      run(`update session set ${column} = clock_timestamp() ${text}
         where id = (select id from session order by id desc offset ${offset} limit 1)`);
    const isFresh = () =>
      run(
        `select seen_at > now() - interval '1 minute' as fresh from session order by id desc offset 1 limit 1`,
      );
    await newest('seen_at', `- interval '59 minutes 50 seconds'`, 1);
    expect((await idle.ask('GET', '/v1/session')).status).toBe(200);
    // That was a request: the hour begins anew.
    expect(await isFresh()).toEqual([{ fresh: true }]);
    // What a page asks by itself puts off nothing.
    await newest('seen_at', `- interval '30 minutes'`, 1);
    await idle.ask('GET', '/v1/session', undefined, { 'vigie-background': '1' });
    expect(await isFresh()).toEqual([{ fresh: false }]);
    await newest('seen_at', `- interval '60 minutes'`, 1);
    expect(await idle.ask('GET', '/v1/session')).toMatchObject({ status: 401, body: IDLE });
    expect((await long.ask('GET', '/v1/session')).status).toBe(200);
    await newest('expires_at', '', 0);
    expect(await long.ask('GET', '/v1/session')).toMatchObject({ status: 401, body: IDLE });
    const [left] = await run(
      `select round(extract(epoch from expires_at - created_at) / 3600)::int as hours from session order by id limit 1`,
    );
    expect(left).toEqual({ hours: 12 });
  });

  it('when the account is closed; and opens no site from which its owner was removed, from the next request on', async () => {
    const session = await SignedIn.as(service, 'chaima@example.ma', 'moderator', site);
    const { body } = await session.ask<{ staff: { id: string } }>('GET', '/v1/session');
    expect((await session.ask('GET', '/v1/cases?site=example')).status).toBe(200);
    expect((await amina.ask('DELETE', `/v1/sites/example/members/${body.staff.id}`)).status).toBe(204);
    expect((await session.ask('GET', '/v1/cases?site=example')).status).toBe(403);
    expect((await session.ask('GET', '/v1/session')).body).toMatchObject({ sites: [] });
    // What is about themselves is theirs without a site, too.
    for (const url of ['/v1/account-events?staff=me', '/v1/tokens'])
      expect((await session.ask('GET', url)).status).toBe(200);
    expect((await session.ask('GET', '/v1/account-events')).status).toBe(403);
    await run('update staff set disabled_at = now() where email = $1', ['chaima@example.ma']);
    expect(await session.ask('GET', '/v1/session')).toMatchObject({ status: 401, body: IDLE });
  });

  it('everywhere else when the password is changed; here another cookie goes on', async () => {
    const session = await SignedIn.as(service, 'dounia@example.ma', 'moderator', site);
    const elsewhere = await SignedIn.in(service, 'dounia@example.ma');
    const before = session.cookie;
    const change = (current: string, password: string) =>
      session.ask('PUT', '/v1/session/password', { current, password });
    const pointers = [];
    for (const [current, password] of [
      [PASSWORD, 'too short'],
      [PASSWORD, 'dounia@Example.ma'],
      [PASSWORD, PASSWORD],
      ['not my password', 'a much better password'],
    ] as const) {
      const { status, body } = await change(current, password);
      pointers.push([status, (body['errors'] as { pointer: string }[])[0]?.pointer]);
    }
    expect(pointers).toEqual([
      [422, '/password'],
      [422, '/password'],
      [422, '/password'],
      [422, '/current'],
    ]);
    expect((await change(PASSWORD, 'a much better password')).status).toBe(200);
    expect(session.cookie).not.toBe(before);
    expect((await session.ask('GET', '/v1/session')).status).toBe(200);
    expect((await elsewhere.ask('GET', '/v1/session')).status).toBe(401);
    const old = { cookie: before };
    expect((await service.ask('GET', '/v1/session', undefined, undefined, old)).status).toBe(401);
    const signIn = (password: string) =>
      service.ask('POST', '/v1/session', undefined, { email: 'dounia@example.ma', password });
    expect([(await signIn(PASSWORD)).status, (await signIn('a much better password')).status]).toEqual([
      401, 201,
    ]);
    const [changed] = (await log('dounia@example.ma')).filter(({ type }) => type === 'password-changed');
    expect(changed).toEqual({
      type: 'password-changed',
      by: 'staff',
      data: { browser: 'A program', sessionsEnded: 1 },
    });
  });
});

describe('what a session changes', () => {
  it('needs our own origin and its token, and no page elsewhere reads an answer', async () => {
    const right = { cookie: amina.cookie, origin: OWN_ORIGIN, 'x-vigie-csrf': amina.csrfToken };
    const claim = (headers: Record<string, string | undefined>) => {
      const given = Object.entries({ ...right, ...headers }).filter(([, value]) => value !== undefined);
      return service.ask('POST', '/v1/cases/claim', undefined, {}, Object.fromEntries(given));
    };
    const published = { origin: 'http://127.0.0.1:3000' };
    const other = (await SignedIn.in(service, 'amina@example.ma')).csrfToken;
    const tried: [string, Record<string, string | undefined>, number, RegExp?][] = [
      ['all that is needed', {}, 204],
      ['the origin of PUBLIC_URL', published, 204],
      ['from the same origin', { 'sec-fetch-site': 'same-origin' }, 204],
      [
        'a browser without origin',
        { origin: undefined, 'sec-fetch-site': 'same-origin' },
        403,
        /header Origin/,
      ],
      ['a page without origin', { origin: undefined, referer: 'http://localhost/' }, 403, /header Origin/],
      ['no browser', { origin: undefined, 'x-vigie-csrf': undefined }, 204],
      ['the origin null', { origin: 'null' }, 403, /PUBLIC_URL/],
      ['a neighbouring host', { origin: 'http://evil.localhost' }, 403, /PUBLIC_URL/],
      ['our host by https', { origin: 'https://localhost' }, 403, /PUBLIC_URL/],
      ['another port', { origin: 'http://localhost:81' }, 403, /PUBLIC_URL/],
      ["the site's origin", { origin: site.origin }, 403, /PUBLIC_URL/],
      ['a page elsewhere', { 'sec-fetch-site': 'cross-site' }, 403, /another site/],
      ['no token', { 'x-vigie-csrf': undefined }, 403, /needs the header X-Vigie-CSRF/],
      ['a wrong token', { 'x-vigie-csrf': 'x' }, 403, /load the page again/],
      ["another session's token", { 'x-vigie-csrf': other }, 403, /load the page again/],
    ];
    for (const [what, headers, status, detail] of tried) {
      const answer = await claim(headers);
      expect([what, answer.status, answer.headers['access-control-allow-origin']]).toEqual([
        what,
        status,
        undefined,
      ]);
      if (detail !== undefined)
        expect([what, answer.body['detail']]).toEqual([what, expect.stringMatching(detail)]);
    }
    // Reading needs neither; what came by the cookie is kept nowhere.
    const read = await service.ask('GET', '/v1/cases', undefined, undefined, { cookie: amina.cookie });
    expect([read.status, read.headers['cache-control'], read.headers['vary']]).toEqual([
      200,
      'no-store',
      'Cookie',
    ]);
  });

  it('begins and ends by the contract alone: what comes from no browser brings the cookie, and nothing else', async () => {
    const email = 'amina@example.ma';
    const by = (method: 'GET' | 'POST' | 'DELETE', body?: object, cookie: string | null = null) =>
      service.ask(method, '/v1/session', undefined, body, cookie === null ? {} : { cookie });
    const cookie = cookieOf(await by('POST', { email, password: PASSWORD }));
    expect((await by('GET', undefined, cookie)).body).toMatchObject({ staff: { email } });
    expect((await by('DELETE', undefined, cookie)).status).toBe(204);
    expect((await by('GET', undefined, cookie)).status).toBe(401);
  });

  it('is not done by a cookie beside a key: the key is asked', async () => {
    const beside = { ...amina.headers('POST') };
    const image = { url: 'https://cdn.example.ma/beside.jpg' };
    const query = `site=example&${new URLSearchParams(image).toString()}`;
    const state = (more: string, headers: Record<string, string>, key?: string) =>
      service.ask('GET', `/v1/images/state?${query}${more}`, key, undefined, headers);
    expect((await state('', beside)).status).toBe(200);
    expect((await state('', beside, 'vg_stf_wrong')).status).toBe(401);
    // A key in the address, though it is wrong, or in a request where it is not asked for.
    expect((await state('&key=vg_pub_wrong', beside)).status).toBe(401);
    expect((await service.ask('POST', '/v1/cases/claim?key=x', undefined, {}, beside)).status).toBe(401);
    // A page elsewhere reads neither what a cookie opens nor why it opens nothing.
    for (const cookie of [amina.cookie, 'vigie_session=made-up', `vigie_session=${'x'.repeat(43)}`]) {
      const elsewhere = { cookie, origin: 'https://evil.example' };
      const { headers } = await state('', elsewhere);
      expect(headers['access-control-allow-credentials']).toBeUndefined();
      if (cookie.length > 50) expect(headers['access-control-allow-origin']).toBeUndefined();
    }
  });

  it('may not be signing in, from a page elsewhere', async () => {
    const signIn = (headers: Record<string, string>) =>
      service.ask(
        'POST',
        '/v1/session',
        undefined,
        { email: 'amina@example.ma', password: PASSWORD },
        headers,
      );
    expect((await signIn({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await signIn({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await signIn({ origin: OWN_ORIGIN })).status).toBe(201);
  });

  it('is nothing of the account when it comes by a token, which is told so', async () => {
    const token = await service.staffToken('token@example.ma', 'lead', site);
    const body = { current: 'x', password: 'x'.repeat(12) };
    const answer = await service.ask('PUT', '/v1/session/password', token, body);
    expect(answer).toMatchObject({
      status: 403,
      body: { detail: expect.stringContaining('sign in at') as string },
    });
  });
});

it('counts made-up cookies and those of sign-ins that wait, apart from keys, and lets in who is known there', async () => {
  const few = [{ points: 3, seconds: 60 }];
  const limited = await service.beside(
    { RATE_LIMITS: 'on', ROLE: 'api' },
    { limits: { ...loadConfig({}).limits, unknownKeys: { network: few, wideNetwork: few }, signIn: few } },
  );
  const at = (cookie: string, from?: string) =>
    limited.ask('GET', '/v1/session', undefined, undefined, { cookie }, from);
  // Who sends junk without a key, from this network or those around it, shuts out nobody.
  for (let n = 0; n < 4; n += 1) await limited.ask('GET', '/v1/cases', 'vg_stf_wrong');
  expect((await limited.ask('GET', '/v1/cases')).status).toBe(429);
  const waiting = await SignedIn.as(limited, 'waiting@example.ma', 'moderator', site);
  await waiting.beginStage('totp');
  const far = '198.51.100.7';
  const fresh = await SignedIn.as(limited, 'fresh@example.ma', 'moderator', site);
  const asked = [];
  for (let n = 0; n < 4; n += 1) asked.push((await at(waiting.cookie, far)).status);
  expect(asked).toEqual([200, 200, 200, 429]);
  expect((await at(fresh.cookie, far)).status).toBe(200);
  expect((await at(amina.cookie)).status).toBe(200);
  const statuses = [];
  for (const digit of 'abcd') statuses.push((await at(`vigie_session=${digit.repeat(43)}`)).status);
  expect(statuses).toEqual([401, 401, 401, 429]);
  expect((await at(amina.cookie)).status).toBe(200);
  await limited.close();
});

it('keeps nothing secret in the database, and no address of anybody in the log', async () => {
  const kept = JSON.stringify([
    await run(`select *, encode(hash, 'base64') as h from session`),
    await run('select * from account_event'),
    await run(`select encode(key, 'base64') as k from sign_in_failure`),
  ]);
  const token = amina.cookie.split('=')[1] ?? '';
  for (const secret of [token, amina.csrfToken, PASSWORD, '127.0.0.1', 'nobody@example.ma']) {
    expect([secret, kept.includes(secret)]).toEqual([secret, false]);
  }
  const events = await run(
    `select data from account_event where type = 'sign-in-failed' and staff_id is null`,
  );
  expect(events).toEqual([{ data: { step: 'password', browser: 'A program' } }]);
});
