import { Secret, TOTP } from 'otpauth';
import { hashPassword } from '../../src/access/staff/passwords.js';
import { findSignIn, lockSignIn } from '../../src/database/statements/accounts/find-sign-in.js';
import { setPassword } from '../../src/database/statements/accounts/save-account.js';
import {
  beginSecondFactor,
  confirmSecondFactor,
} from '../../src/database/statements/accounts/second-factor.js';
import { LOCK_WAITS } from '../setup/lock-waits.js';
import { Service, type TestSite } from '../setup/service.js';
import { PASSWORD, SignedIn } from '../setup/signed-in.js';
import { until } from '../setup/until.js';

/** The second factor, by the doors: set up, asked for, replaced, lost. */

let service: Service;
let strict: Service;
let site: TestSite;
beforeAll(async () => {
  service = await Service.open({ ROLE: 'api' });
  const accounts = { idleMinutes: 60, sessionHours: 12, secondFactor: 'required' as const };
  strict = await service.beside({ ROLE: 'api' }, { accounts });
  site = await service.site();
});
afterAll(async () => {
  await strict.close();
  await service.close();
});

const run = (text: string, values: readonly unknown[] = []) =>
  service.database.dataSource.query<Record<string, unknown>[]>(text, [...values]);

const FACTOR = '/v1/session/second-factor';

/** What an app shows, now or some half minutes from now. */
const codeOf = (secret: string, later = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + later * 30_000 });

/** As if half a minute had passed since the last code. */
const nextStep = (email: string) =>
  run('update second_factor set last_step = 0 where staff_id = (select id from staff where email = $1)', [
    email,
  ]);

/** What the operator did, who makes the accounts here, is left out. */
const log = async (email: string) =>
  (
    await run(
      `select type, data from account_event
       where staff_id = (select id from staff where email = $1) and actor_kind <> 'operator' order by seq`,
      [email],
    )
  ).map(({ type, data }) => [type, data]);

/** Somebody signed in, who has set up a second factor. */
async function withFactor(email: string): Promise<{ person: SignedIn; secret: string; codes: string[] }> {
  const person = await SignedIn.as(service, email, 'moderator', site);
  const { body } = await person.ask('POST', FACTOR, { password: PASSWORD });
  const secret = String(body['secret']);
  const { body: set } = await person.ask<{ recoveryCodes: string[] }>('PUT', FACTOR, {
    code: codeOf(secret),
  });
  await nextStep(email);
  return { person, secret, codes: set.recoveryCodes };
}

it('is asked for, with the password, before a token is made, since that outlasts the session', async () => {
  const token = { name: 'mine', scopes: ['review'], days: 90 };
  const made = async (by: SignedIn, proof: object) => {
    const { status, body } = await by.ask('POST', '/v1/tokens', { ...token, ...proof });
    return [status, (body['errors'] as { pointer: string }[] | undefined)?.map(({ pointer }) => pointer)];
  };
  const plain = await SignedIn.as(service, 'plain@example.ma', 'moderator', site);
  expect(await made(plain, {})).toEqual([422, ['/password']]);
  expect(await made(plain, { password: 'not that one' })).toEqual([422, ['/password']]);
  expect(await made(plain, { password: PASSWORD })).toEqual([201, undefined]);

  const { person, secret, codes } = await withFactor('makes@example.ma');
  expect(await made(person, {})).toEqual([422, ['/password', '/code']]);
  expect(await made(person, { password: PASSWORD })).toEqual([422, ['/code']]);
  expect(await made(person, { password: 'not that one', code: codeOf(secret) })).toEqual([
    422,
    ['/password'],
  ]);
  expect(await made(person, { password: PASSWORD, code: '000000' })).toEqual([422, ['/code']]);
  expect(await made(person, { password: PASSWORD, code: codeOf(secret) })).toEqual([201, undefined]);
  expect(await made(person, { password: PASSWORD, code: codeOf(secret) })).toEqual([422, ['/code']]);
  expect(await made(person, { password: PASSWORD, recoveryCode: codes[0] })).toEqual([201, undefined]);
});

it('spends links for a new password that there were when it is set or removed, as a change of the password does', async () => {
  const admin = await service.staffToken('links@example.ma', 'admin');
  const person = await SignedIn.as(service, 'linked@example.ma', 'moderator', site);
  const { id } = (person.answer.body as { staff: { id: string } }).staff;
  const link = async (): Promise<() => Promise<number>> => {
    const made = await service.ask('POST', `/v1/staff/${id}/links`, admin, { purpose: 'reset' });
    const token = String(made.body['url']).split('#')[1];
    return async () => (await service.ask('POST', '/v1/links/look', undefined, { token })).status;
  };
  const atFirst = await link();
  expect(await atFirst()).toBe(200);
  const { body } = await person.ask('POST', FACTOR, { password: PASSWORD });
  await person.ask('PUT', FACTOR, { code: codeOf(String(body['secret'])) });
  expect(await atFirst()).toBe(410);

  const second = await link();
  await nextStep('linked@example.ma');
  await person.ask('DELETE', FACTOR, { password: PASSWORD, code: codeOf(String(body['secret'])) });
  expect(await second()).toBe(410);

  const [third, token] = [await link(), await service.staffToken('linked@example.ma', 'moderator', site)];
  const first = { current: PASSWORD, password: 'another good password' };
  expect((await person.ask('PUT', '/v1/session/password', first)).status).toBe(200);
  expect(await third()).toBe(410);
  expect((await service.ask('GET', '/v1/tokens', token)).status).toBe(200);
  const again = { current: first.password, password: PASSWORD, revokeTokens: true };
  expect((await person.ask('PUT', '/v1/session/password', again)).status).toBe(200);
  expect((await service.ask('GET', '/v1/tokens', token)).status).toBe(401);
  expect((await log('linked@example.ma')).at(-1)?.[1]).toMatchObject({ tokensRevoked: 1 });
});

it('is set up with the password and a code; the cookie changes, and who is signed in elsewhere is out', async () => {
  const person = await SignedIn.as(service, 'amina@example.ma', 'moderator', site);
  const elsewhere = await SignedIn.in(service, 'amina@example.ma');
  expect((await person.ask('POST', FACTOR, {})).body).toMatchObject({ errors: [{ pointer: '/password' }] });
  expect((await person.ask('POST', FACTOR, { password: 'wrong' })).status).toBe(422);
  expect(await person.ask('PUT', FACTOR, { code: '123456' })).toMatchObject({
    status: 409,
    body: { why: 'set-up-over' },
  });

  const offered = await person.ask<{ secret: string; uri: string }>('POST', FACTOR, { password: PASSWORD });
  expect(offered.status).toBe(201);
  const { secret, uri } = offered.body;
  expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  expect(uri).toContain(`otpauth://totp/Vigie:amina%40example.ma?issuer=Vigie&secret=${secret}`);
  // Not in force yet.
  expect((await SignedIn.in(service, 'amina@example.ma')).answer.status).toBe(201);
  expect((await person.ask('PUT', FACTOR, { code: '000000' })).status).toBe(422);

  const before = person.cookie;
  const set = await person.ask<{ recoveryCodes: string[] }>('PUT', FACTOR, { code: codeOf(secret) });
  expect(set.status).toBe(200);
  expect(set.body.recoveryCodes).toHaveLength(10);
  expect(new Set(set.body.recoveryCodes).size).toBe(10);
  for (const code of set.body.recoveryCodes) expect(code).toMatch(/^(?:[2-9a-km-z]{4}-){3}[2-9a-km-z]{4}$/);
  expect(person.cookie).not.toBe(before);
  expect((await person.ask('GET', '/v1/session')).body).toMatchObject({ secondFactor: true });
  expect((await elsewhere.ask('GET', '/v1/session')).status).toBe(401);

  const kept = JSON.stringify(await run('select f.*, e.data from second_factor f, account_event e'));
  for (const text of [secret, ...set.body.recoveryCodes]) expect(kept).not.toContain(text);
});

it('is asked for after the password; until then the cookie opens nothing, and another one goes on', async () => {
  const { secret } = await withFactor('brahim@example.ma');
  const person = await SignedIn.in(service, 'brahim@example.ma');
  expect([person.answer.status, person.answer.body]).toEqual([
    200,
    { next: 'totp', csrfToken: expect.any(String) as string },
  ]);
  expect((await person.ask('GET', '/v1/session')).body).toEqual(person.answer.body);
  for (const url of ['/v1/cases', '/v1/sessions', '/v1/sites']) {
    expect(await person.ask('GET', url)).toMatchObject({ status: 401, body: { next: 'totp' } });
  }
  expect(
    (await person.ask('PUT', '/v1/session/password', { current: PASSWORD, password: 'x'.repeat(12) })).status,
  ).toBe(401);
  expect((await person.ask('POST', FACTOR, { password: PASSWORD })).status).toBe(401);

  const totp = (body: object) => person.ask('POST', '/v1/session/totp', body);
  expect(await totp({})).toMatchObject({ status: 422, body: { errors: [{ pointer: '/code' }] } });
  expect(await totp({ code: codeOf(secret, 10) })).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: '/code' }] },
  });
  const waiting = person.cookie;
  const code = codeOf(secret);
  const done = await totp({ code: ` ${code.slice(0, 3)} ${code.slice(3)}` });
  expect([done.status, done.body['secondFactor']]).toEqual([201, true]);
  expect(person.cookie).not.toBe(waiting);
  expect((await service.ask('GET', '/v1/session', undefined, undefined, { cookie: waiting })).status).toBe(
    401,
  );
  expect((await person.ask('GET', '/v1/cases')).status).toBe(200);
  expect(await totp({ code })).toMatchObject({ status: 409, body: { why: 'signed-in' } });

  // The same code again, in another sign-in, and the one before it.
  const again = await SignedIn.in(service, 'brahim@example.ma');
  for (const used of [code, codeOf(secret, -1)]) {
    expect((await again.ask('POST', '/v1/session/totp', { code: used })).status).toBe(422);
  }
  expect((await again.ask('POST', '/v1/session/totp', { code: codeOf(secret, 1) })).status).toBe(201);
});

it('takes one of many who send the same code at once', async () => {
  const { secret } = await withFactor('karim@example.ma');
  const doors = [
    await SignedIn.in(service, 'karim@example.ma'),
    await SignedIn.in(service, 'karim@example.ma'),
  ];
  const code = codeOf(secret);
  const answers = await Promise.all(doors.map((door) => door.ask('POST', '/v1/session/totp', { code })));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 422]);
});

it('is asked for in a sign-in that came while it was being put into force', async () => {
  const staffId = await SignedIn.account(service, 'lamia@example.ma', 'moderator', site);
  // As whoever sets it up does it, in that order.
  const { signingIn } = await service.database.inTransaction(async (tx) => {
    await lockSignIn(tx, staffId);
    await beginSecondFactor(tx, staffId, 'sealed elsewhere');
    await confirmSecondFactor(tx, staffId, 1);
    const begun = SignedIn.in(service, 'lamia@example.ma');
    await until(async () => (await run(LOCK_WAITS)).length > 0);
    return { signingIn: begun };
  });
  expect((await signingIn).answer.body).toMatchObject({ next: 'totp' });
});

it.each([
  ['sets up the first', 'POST', FACTOR, {}, false],
  ['replaces it', 'POST', FACTOR, {}, true],
  ['removes it', 'DELETE', FACTOR, {}, true],
  ['makes a token', 'POST', '/v1/tokens', { name: 'mine', scopes: ['review'], days: 90 }, true],
] as const)('%s with no password that is changed meanwhile', async (what, method, path, body, hasOne) => {
  const email = `${what.replaceAll(' ', '-')}@example.ma`;
  const hash = await hashPassword('a password of a moment later');
  const { person, code } = hasOne
    ? await withFactor(email).then(({ person, secret }) => ({ person, code: codeOf(secret) }))
    : { person: await SignedIn.as(service, email, 'moderator', site), code: undefined };
  const { staffId = '' } = (await findSignIn(service.database, email)) ?? {};
  // What is asked waits for the account, with its password looked at, until that is another one.
  const { asked } = await service.database.inTransaction(async (tx) => {
    await lockSignIn(tx, staffId);
    const begun = person.ask(method, path, { ...body, password: PASSWORD, code });
    await until(async () => (await run(LOCK_WAITS)).length > 0);
    setPassword(tx, staffId, hash);
    return { asked: begun };
  });
  expect(await asked).toMatchObject({
    status: 409,
    body: { detail: 'Your account was changed meanwhile: try again.', why: 'account-changed' },
  });
});

it('is stood in for by a recovery code, once, however it is typed', async () => {
  const { codes } = await withFactor('chaima@example.ma');
  const [first = '', second = ''] = codes;
  const signIn = async (recoveryCode: string) => {
    const person = await SignedIn.in(service, 'chaima@example.ma');
    return person.ask('POST', '/v1/session/totp', { recoveryCode });
  };
  expect((await signIn(first.toUpperCase().replaceAll('-', ' '))).status).toBe(201);
  expect((await signIn(first)).body).toMatchObject({ status: 422, errors: [{ pointer: '/recoveryCode' }] });
  expect((await signIn(second)).status).toBe(201);
  const right = ['password-right', { browser: 'A program', next: 'totp' }];
  expect((await log('chaima@example.ma')).slice(2)).toEqual([
    right,
    ['recovery-code-used', { left: 9 }],
    ['signed-in', { browser: 'A program', secondFactor: 'recovery-code' }],
    right,
    ['sign-in-failed', { step: 'code', browser: 'A program' }],
    right,
    ['recovery-code-used', { left: 8 }],
    ['signed-in', { browser: 'A program', secondFactor: 'recovery-code' }],
  ]);
});

it('is replaced only by who has it, stays in force until then, and gives new recovery codes for a code', async () => {
  const { person, secret, codes } = await withFactor('dounia@example.ma');
  expect(await person.ask('POST', FACTOR, { password: PASSWORD })).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: '/code' }] },
  });
  const offered = await person.ask('POST', FACTOR, { password: PASSWORD, code: codeOf(secret) });
  const next = String(offered.body['secret']);
  await nextStep('dounia@example.ma');
  const renewed = await person.ask<{ recoveryCodes: string[] }>('POST', '/v1/session/recovery-codes', {
    code: codeOf(secret),
  });
  expect([renewed.status, renewed.body.recoveryCodes.length]).toEqual([201, 10]);

  const other = await SignedIn.in(service, 'dounia@example.ma');
  expect((await other.ask('POST', '/v1/session/totp', { recoveryCode: codes[0] })).status).toBe(422);
  expect((await other.ask('POST', '/v1/session/totp', { code: codeOf(next) })).status).toBe(422);
  expect((await person.ask('PUT', FACTOR, { code: codeOf(next) })).status).toBe(200);
  await nextStep('dounia@example.ma');
  expect((await other.ask('GET', '/v1/session')).status).toBe(401);
  const after = await SignedIn.in(service, 'dounia@example.ma');
  expect((await after.ask('POST', '/v1/session/totp', { code: codeOf(secret) })).status).toBe(422);
  expect((await after.ask('POST', '/v1/session/totp', { code: codeOf(next) })).status).toBe(201);
});

it('is removed with password and code, unless one is required; a change of the password leaves it', async () => {
  const { person, secret } = await withFactor('elias@example.ma');
  const remove = (password: string, code: string, at = service) =>
    person.ask('DELETE', FACTOR, { password, code }, {}, at);
  expect(await remove(PASSWORD, codeOf(secret), strict)).toMatchObject({
    status: 409,
    body: { why: 'second-factor-required' },
  });
  expect((await remove('wrong', codeOf(secret))).body).toMatchObject({ errors: [{ pointer: '/password' }] });
  expect((await remove(PASSWORD, '000000')).body).toMatchObject({ errors: [{ pointer: '/code' }] });
  const body = { current: PASSWORD, password: 'a much better password' };
  expect((await person.ask('PUT', '/v1/session/password', body)).body).toMatchObject({ secondFactor: true });
  expect((await remove(body.password, codeOf(secret))).status).toBe(204);
  expect((await person.ask('GET', '/v1/session')).body).toMatchObject({ secondFactor: false });
  expect(
    await run('select * from recovery_code where staff_id = (select id from staff where email = $1)', [
      'elias@example.ma',
    ]),
  ).toEqual([]);
  expect((await log('elias@example.ma')).map(([type]) => type)).toEqual([
    'signed-in',
    'second-factor-set',
    'sign-in-failed',
    'sign-in-failed',
    'password-changed',
    'second-factor-removed',
  ]);
});

it('is set up before anything else where it is required', async () => {
  await SignedIn.account(strict, 'fatima@example.ma', 'moderator', site);
  const person = await SignedIn.in(strict, 'fatima@example.ma');
  expect([person.answer.status, person.answer.body['next']]).toEqual([200, 'enrol']);
  expect(await person.ask('GET', '/v1/cases')).toMatchObject({ status: 401, body: { next: 'enrol' } });
  expect((await person.ask('POST', '/v1/session/totp', { code: '123456' })).status).toBe(401);
  const offered = await person.ask('POST', FACTOR);
  const set = await person.ask<{ recoveryCodes: string[] }>('PUT', FACTOR, {
    code: codeOf(String(offered.body['secret'])),
  });
  expect([set.status, set.body.recoveryCodes.length]).toEqual([200, 10]);
  expect((await person.ask('GET', '/v1/cases')).status).toBe(200);
  expect((await person.ask('GET', '/v1/session')).body).toMatchObject({ secondFactor: true });
  expect((await log('fatima@example.ma')).map(([type]) => type)).toEqual([
    'password-right',
    'second-factor-set',
    'signed-in',
  ]);
});

it('leaves a sign-in that waits for a code ten minutes', async () => {
  await withFactor('ghita@example.ma');
  const person = await SignedIn.in(service, 'ghita@example.ma');
  const [row] = await run(
    `select round(extract(epoch from expires_at - created_at) / 60)::int as minutes from session order by id desc limit 1`,
  );
  expect(row).toEqual({ minutes: 10 });
  expect((await person.ask('DELETE', '/v1/session')).status).toBe(204);
  expect((await person.ask('GET', '/v1/session')).status).toBe(401);
});
