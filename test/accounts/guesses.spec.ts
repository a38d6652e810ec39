import { Secret, TOTP } from 'otpauth';
import { CheckPassword } from '../../src/accounts/check-password.js';
import { ForgetSignIns } from '../../src/accounts/forget-sign-ins.js';
import { guessDelay, type GuessedBy, type GuessedWhat } from '../../src/accounts/guess-delays.js';
import { noteAtTheDoor } from '../../src/database/statements/accounts/note-at-the-door.js';
import { hashPassword } from '../../src/access/staff/passwords.js';
import { Sealed } from '../../src/access/sealing/sealed.js';
import { type Answer, Service, type TestSite } from '../setup/service.js';
import { cookieOf, OWN_ORIGIN, PASSWORD, SignedIn } from '../setup/signed-in.js';

/** Guessing passwords and codes, with RATE_LIMITS=off as all tests are: these delays hold nevertheless. */

let service: Service;
let site: TestSite;
beforeAll(async () => {
  service = await Service.open({ ROLE: 'api' });
  site = await service.site();
});
afterEach(() => run('delete from sign_in_failure'));
afterAll(() => service.close());

const run = (text: string, values: readonly unknown[] = []) =>
  service.database.dataSource.query<Record<string, unknown>[]>(text, [...values]);

const signIn = (email: string, password = 'wrong', from = '192.0.2.1', at = service): Promise<Answer> =>
  at.ask('POST', '/v1/session', undefined, { email, password }, {}, from);

/** As if so many seconds had passed since the last guess of everybody. */
const wait = (seconds: number) =>
  run('update sign_in_failure set last_at = last_at - make_interval(secs => $1)', [seconds]);

async function inTurn(count: number, guess: (n: number) => Promise<Answer>): Promise<number[]> {
  const statuses: number[] = [];
  for (let n = 0; n < count; n += 1) statuses.push((await guess(n)).status);
  return statuses;
}

it('doubles the wait after each wrong guess, up to a bound', () => {
  const table = (what: GuessedWhat, by: GuessedBy, failures: number[]) =>
    failures.map((count) => guessDelay(what, by, count));
  expect(table('password', 'pair', [0, 4, 5, 6, 7, 12, 13, 500])).toEqual([0, 0, 5, 10, 20, 640, 900, 900]);
  expect(table('password', 'account', [19, 20, 25, 26, 500])).toEqual([0, 1, 32, 60, 60]);
  expect(table('password', 'network', [49, 50, 55, 56, 500])).toEqual([0, 1, 32, 60, 60]);
  expect(table('code', 'account', [9, 10, 17, 18, 500])).toEqual([0, 5, 640, 900, 900]);
});

it('looks at five passwords, then at none before its time, the right one neither, and says when', async () => {
  const other = await service.beside({ ROLE: 'api' });
  await SignedIn.account(service, 'amina@example.ma', 'moderator', site);
  expect(await inTurn(5, () => signIn('amina@example.ma'))).toEqual([401, 401, 401, 401, 401]);
  const refused = await signIn('amina@example.ma', PASSWORD);
  expect([refused.status, refused.body['type']]).toEqual([429, '/problems/rate-limited']);
  expect(refused.body['detail']).toBe('Too many wrong passwords. Try again in 5 seconds.');
  expect(refused.headers['retry-after']).toBe('5');
  // Every process counts the same; who is refused does not wait the longer for it.
  expect((await signIn('amina@example.ma', PASSWORD, '192.0.2.77', other)).status).toBe(429);
  await wait(5);
  expect((await signIn('amina@example.ma')).status).toBe(401);
  expect((await signIn('amina@example.ma')).headers['retry-after']).toBe('10');
  await wait(10);
  expect((await signIn('amina@example.ma', PASSWORD)).status).toBe(201);
  // Signed in: forgotten.
  expect(await inTurn(5, () => signIn('amina@example.ma'))).toEqual([401, 401, 401, 401, 401]);
  await wait(24 * 3600);
  expect(await inTurn(2, () => signIn('amina@example.ma'))).toEqual([401, 401]);
  await other.close();
});

it('keeps nobody out for a clock that was set back, neither who is free to guess nor who has waited', async () => {
  await SignedIn.account(service, 'zineb@example.ma', 'moderator', site);
  expect(await inTurn(1, () => signIn('zineb@example.ma'))).toEqual([401]);
  await wait(-24 * 3600);
  expect((await signIn('zineb@example.ma', PASSWORD)).status).toBe(201);

  expect(await inTurn(6, () => signIn('zineb@example.ma'))).toEqual([401, 401, 401, 401, 401, 429]);
  await wait(-3600);
  // The time of the last one says nothing any more. What was counted stays.
  expect((await signIn('zineb@example.ma')).status).toBe(401);
  expect((await signIn('zineb@example.ma')).headers['retry-after']).toBe('10');
});

it('treats an address that nobody has the same', async () => {
  expect(await inTurn(6, () => signIn('nobody@example.ma'))).toEqual([401, 401, 401, 401, 401, 429]);
});

it('lets no more through of those who guess at once', async () => {
  await SignedIn.account(service, 'brahim@example.ma', 'moderator', site);
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, n) => signIn('brahim@example.ma', n === 11 ? PASSWORD : 'wrong')),
  );
  const looked = answers.filter(({ status }) => status !== 429);
  // A right one among them forgives those before it, at most.
  expect(looked.length).toBeLessThanOrEqual(10);
  await run('delete from sign_in_failure');
  const wrong = await Promise.all(Array.from({ length: 12 }, () => signIn('brahim@example.ma')));
  expect(wrong.map(({ status }) => status).filter((status) => status === 401)).toHaveLength(5);
});

it('slows down whoever guesses one account from everywhere, and not its owner where they sign in', async () => {
  await SignedIn.account(service, 'chaima@example.ma', 'moderator', site);
  const home = '198.51.100.7';
  expect((await signIn('chaima@example.ma', PASSWORD, home)).status).toBe(201);
  const from = (n: number) => `203.0.${n}.1`;
  expect(await inTurn(20, (n) => signIn('chaima@example.ma', 'wrong', from(n)))).toEqual(Array(20).fill(401));
  expect((await signIn('chaima@example.ma', 'wrong', from(20))).status).toBe(429);
  expect((await signIn('chaima@example.ma', PASSWORD, from(21))).status).toBe(429);
  expect((await signIn('chaima@example.ma', PASSWORD, home)).status).toBe(201);
  // That forgave nobody else's guesses. A minute is the longest, and another account is not meant.
  expect((await signIn('chaima@example.ma', 'wrong', from(22))).status).toBe(429);
  await run('update sign_in_failure set failures = 5000 where failures = 20');
  const { status, headers } = await signIn('chaima@example.ma', 'wrong', from(23));
  expect([status, Number(headers['retry-after']) > 55, Number(headers['retry-after']) <= 60]).toEqual([
    429,
    true,
    true,
  ]);
  expect((await signIn('other@example.ma', 'wrong', from(24))).status).toBe(401);
  await wait(30 * 24 * 3600);
  await run('update sign_in_failure set failures = 5000, last_at = now() where failures = 5000');
  expect((await signIn('chaima@example.ma', PASSWORD, home)).status).toBe(429);
});

it('slows down a network that guesses many accounts', async () => {
  await SignedIn.account(service, 'dounia@example.ma', 'moderator', site);
  const spray = (n: number) => signIn(`guessed-${n}@example.ma`, 'wrong', '192.0.2.9');
  await inTurn(3, spray);
  await run('update sign_in_failure set failures = 50 where failures = 3');
  expect(await inTurn(1, () => spray(4))).toEqual([429]);
  expect((await signIn('dounia@example.ma', PASSWORD, '192.0.2.200')).status).toBe(429);
  expect((await signIn('dounia@example.ma', PASSWORD, '192.0.3.200')).status).toBe(201);
  await wait(1);
  expect((await signIn('dounia@example.ma', PASSWORD, '192.0.2.200')).status).toBe(201);
});

it('counts codes apart: to know the password forgives none of them', async () => {
  const person = await SignedIn.as(service, 'elias@example.ma', 'moderator', site);
  await run(
    `insert into second_factor (staff_id, secret, confirmed_at) select staff_id, $2, now() from session
     where id = (select max(id) from session) and $1 = ''`,
    ['', 'sealed elsewhere'],
  );
  expect((await person.ask('GET', '/v1/session')).body).toMatchObject({ secondFactor: true });
  const guess = async () => {
    const door = await SignedIn.in(service, 'elias@example.ma');
    return door.ask('POST', '/v1/session/totp', { recoveryCode: 'not-a-code' });
  };
  expect(await inTurn(6, guess)).toEqual([422, 422, 422, 422, 422, 429]);
  expect(await guess()).toMatchObject({ status: 429, body: { detail: /^Too many wrong codes/ } });
});

it('forgives passwords who sets a new one by a link, and no codes: a link that was intercepted gains no guesses', async () => {
  const email = 'hiba@example.ma';
  const staffId = await SignedIn.account(service, email, 'moderator', site);
  const admin = await service.staffToken('admin@example.ma', 'admin');
  const account = service.app.get(Sealed).id('stf', staffId);
  await run(`insert into second_factor (staff_id, secret, confirmed_at) values ($1, 'x', now())`, [staffId]);
  let password = PASSWORD;
  const guess = async () => {
    const { body, headers } = await signIn(email, password);
    const cookie = cookieOf({ headers }) ?? '';
    const sent = { cookie, origin: OWN_ORIGIN, 'x-vigie-csrf': String(body['csrfToken']) };
    const code = { recoveryCode: 'not-a-code' };
    return service.ask('POST', '/v1/session/totp', undefined, code, sent, '192.0.2.1');
  };
  expect(await inTurn(6, guess)).toEqual([422, 422, 422, 422, 422, 429]);
  expect(await inTurn(5, () => signIn(email))).toEqual(Array(5).fill(401));
  expect((await signIn(email, password)).status).toBe(429);
  const made = await service.ask('POST', `/v1/staff/${account}/links`, admin, { purpose: 'reset' });
  const token = String(made.body['url']).split('#')[1];
  password = 'three storks over the bay';
  const redeemed = { token, password };
  await service.ask('POST', '/v1/links/redeem', undefined, redeemed, {}, '192.0.2.1');
  expect((await signIn(email, password)).status).toBe(200);
  expect((await guess()).status).toBe(429);
  expect(await run('select 1 from sign_in_failure where failures = 0')).toEqual([]);
  await run('delete from account_link');
});

it('tells ten wrong guesses an hour of each account and of all unknown addresses, then how many when they have doubled', async () => {
  const staffId = await SignedIn.account(service, 'imane@example.ma', 'moderator', site);
  const told = (id: string | null) =>
    run(
      `select type, data ->> 'times' as times from account_event
       where staff_id is not distinct from $1 and actor_kind = 'anybody' and seq > $2 order by seq`,
      [id, before],
    );
  const [{ before } = {}] = await run('select max(seq) as before from account_event');
  const note = (id: string | null) =>
    noteAtTheDoor(service.database, { type: 'sign-in-failed', staffId: id, data: { step: 'password' } });
  for (let n = 0; n < 40; n += 1) await note(n % 2 === 0 ? staffId : null);
  const once = { type: 'sign-in-failed', times: null };
  const some = [...Array<typeof once>(10).fill(once), { ...once, times: '16' }];
  expect(await told(staffId)).toEqual(some);
  expect(await told(null)).toEqual(some);
  await wait(3601);
  await signIn('imane@example.ma');
  expect(await told(staffId)).toEqual([...some, once]);
});

it('counts what somebody guesses at a computer where another is signed in', async () => {
  const person = await SignedIn.as(service, 'fatima@example.ma', 'moderator', site);
  const guess = () =>
    person.ask('PUT', '/v1/session/password', { current: 'wrong', password: 'a much better one' });
  expect(await inTurn(6, guess)).toEqual([422, 422, 422, 422, 422, 429]);
  expect((await person.ask('GET', '/v1/cases')).status).toBe(200);
});

it('counts wrong codes of a second factor that is being set up, and looks at no other before its time', async () => {
  const person = await SignedIn.as(service, 'jihane@example.ma', 'moderator', site);
  const send = (code: string) => person.ask('PUT', '/v1/session/second-factor', { code });
  // Where nothing is set up nothing can be guessed.
  expect(await inTurn(6, () => send('000000'))).toEqual(Array(6).fill(409));
  const { body } = await person.ask('POST', '/v1/session/second-factor', { password: PASSWORD });
  const app = new TOTP({ secret: Secret.fromBase32(String(body['secret'])) });
  const wrong = app.generate() === '000000' ? '111111' : '000000';
  const many = await Promise.all(Array.from({ length: 8 }, () => send(wrong)));
  expect(many.map(({ status }) => status).sort()).toEqual([422, 422, 422, 422, 422, 429, 429, 429]);
  expect((await send(app.generate())).status).toBe(429);
  await wait(5);
  expect((await send(app.generate())).status).toBe(200);
  // The right one says nothing of those before it.
  expect(await run('select failures from sign_in_failure where failures > 0')).toEqual([{ failures: 5 }]);
});

it('hashes few passwords at once, and refuses who would wait too long', async () => {
  const passwords = new CheckPassword();
  const stored = await hashPassword(PASSWORD);
  const all = await Promise.allSettled(Array.from({ length: 50 }, () => passwords.isRight(stored, PASSWORD)));
  const refused = all.filter(({ status }) => status === 'rejected');
  expect(refused).toHaveLength(8);
  expect(refused[0]).toMatchObject({ reason: { code: 'UNAVAILABLE' } });
  expect(await passwords.isRight(null, PASSWORD)).toBe(false);
});

it('forgets sessions and links of a month ago, and guesses of yesterday', async () => {
  await SignedIn.as(service, 'ghita@example.ma', 'moderator', site);
  await signIn('ghita@example.ma', 'wrong', '203.0.113.5');
  const forget = () => service.app.get(ForgetSignIns).forget();
  const [before] = await run(
    'select (select count(*) from session)::int as sessions, (select count(*) from sign_in_failure where failures > 0)::int as guesses',
  );
  await forget();
  expect(
    await run(
      'select (select count(*) from session)::int as sessions, (select count(*) from sign_in_failure where failures > 0)::int as guesses',
    ),
  ).toEqual([before]);
  await run(
    `update session set expires_at = now() - interval '31 days' where id = (select max(id) from session)`,
  );
  await run(
    `insert into account_link (staff_id, purpose, expires_at, spent_at)
     select staff_id, 'reset', now() - interval '1 day' * d, null from session, unnest(array[29, 31]) as d
     where session.id = (select max(id) from session)`,
  );
  await wait(24 * 3600);
  await forget();
  expect(
    await run(`select (select count(*) from session)::int as sessions, (select count(*) from account_link)::int as links,
                      (select count(*) from sign_in_failure where failures > 0)::int as guesses,
                      (select count(*) from sign_in_failure where failures = 0)::int as homes`),
  ).toEqual([{ sessions: Number(before?.['sessions']) - 1, links: 1, guesses: 0, homes: 1 }]);
  await wait(29 * 24 * 3600);
  await forget();
  expect(await run('select * from sign_in_failure')).toEqual([]);
});
