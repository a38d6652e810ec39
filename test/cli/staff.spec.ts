import pg from 'pg';
import { verifyPassword } from '../../src/access/staff/passwords.js';
import { startCli, type TestCli } from './start-cli.js';

let cli: TestCli;
let client: pg.Client;
beforeAll(async () => {
  cli = await startCli();
  await cli.run('site create --slug revue --name Revue');
  client = new pg.Client(cli.url);
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await cli.stop();
});

const LINK = /^http:\/\/127\.0\.0\.1:3000\/console\/welcome#vg_lnk_[\w-]{43}$/;
const logOf = async (email: string): Promise<string[]> => {
  const { rows } = await client.query<{ line: string }>(
    `select e.type || ' by ' || e.actor_kind as line
     from account_event e join staff s on s.id = e.staff_id where s.email = $1 order by e.seq`,
    [email],
  );
  return rows.map(({ line }) => line);
};

describe('staff invite', () => {
  it('makes an account with a role and a link, again another link; none for who has a password', async () => {
    const words = 'staff invite --email Amina@Revue.ma --role moderator --site revue';
    const first = await cli.run(`${words} --json`);
    expect(first.code).toBe(0);
    expect(first.told.join()).toContain('PUBLIC_URL is not set');
    expect(first.json).toEqual({
      email: 'amina@revue.ma',
      invitation: {
        url: expect.stringMatching(LINK) as string,
        expiresAt: expect.stringMatching(/Z$/) as string,
        mailed: false,
      },
    });
    const second = await cli.run(words);
    expect(second.out.some((line) => LINK.test(line.trim()))).toBe(true);
    const { rows } = await client.query<{ n: number }>(
      'select count(*)::int as n from account_link where spent_at is null',
    );
    expect(rows).toEqual([{ n: 1 }]);
    await client.query(`update staff set password_hash = '-' where email = 'amina@revue.ma'`);
    expect((await cli.run(`${words} --json`)).json).toEqual({ email: 'amina@revue.ma', invitation: null });
    expect(await logOf('amina@revue.ma')).toEqual([
      'account-made by operator',
      'member-added by operator',
      'link-made by operator',
      'link-made by operator',
    ]);
  });

  it('makes an admin, of an account that there is, too', async () => {
    expect((await cli.run('staff invite --email boss@revue.ma')).out.at(-1)).toContain(
      'No rights were given',
    );
    const { code, out: said } = await cli.run('staff invite --email boss@revue.ma --admin');
    expect([code, said.join(' ').includes('No rights')]).toEqual([0, false]);
    const { staff } = (await cli.run('staff list --json')).json as { staff: Record<string, unknown>[] };
    expect(staff.find(({ email }) => email === 'boss@revue.ma')).toMatchObject({
      admin: true,
      hasPassword: false,
      sites: [],
    });
    const { out } = await cli.run('staff list');
    expect(out[0]).toMatch(/^amina@revue\.ma {2}moderator of revue {2}open/);
    expect(out[1]).toMatch(/^boss@revue\.ma +admin +invited +- +never signed in$/);
  });
});

describe('staff create', () => {
  it('gives a password to somebody who was invited and has set none, once, and spends the invitation', async () => {
    const invite = 'staff invite --email nadia@revue.ma --role lead --site revue';
    await cli.run(invite);
    const words = 'staff create --email nadia@revue.ma --role lead --site revue';
    const { password } = (await cli.run(`${words} --json`)).json as { password: string | null };
    expect(password).toEqual(expect.any(String));
    const { rows } = await client.query<{ hash: string; links: number }>(
      `select password_hash as hash,
              (select count(*)::int from account_link l where l.staff_id = s.id and l.spent_at is null) as links
       from staff s where email = 'nadia@revue.ma'`,
    );
    expect(await verifyPassword(rows[0]?.hash ?? '', password ?? '')).toBe(true);
    expect(rows[0]?.links).toBe(0);
    expect((await cli.run(words)).out.join()).toContain('keeps its password');
    expect((await cli.run(`${invite} --json`)).json).toMatchObject({ invitation: null });
    expect((await logOf('nadia@revue.ma')).at(-1)).toBe('password-changed by operator');
  });
});

describe('staff reset, close, open, clear-second-factor and sign-out', () => {
  it.each(['sign-out', 'close'])(
    '%s counts the sessions in which somebody was signed in, and ends those that wait',
    async (command) => {
      const email = `${command}@revue.ma`;
      await cli.run(`staff create --email ${email} --role moderator --site revue`);
      // In use, not used for more than an hour, over since yesterday, and waiting for the second factor.
      await client.query(
        `insert into session (staff_id, hash, stage, seen_at, expires_at)
         select s.id, sha256(convert_to(s.email || n, 'UTF8')), stage, clock_timestamp() - seen, clock_timestamp() + left_
         from staff s, (values (1, 'full', interval '1 minute', interval '1 hour'),
                               (2, 'full', interval '2 hours', interval '1 hour'),
                               (3, 'full', interval '1 minute', interval '-1 day'),
                               (4, 'totp', interval '1 minute', interval '5 minutes')) v (n, stage, seen, left_)
         where s.email = $1`,
        [email],
      );
      await cli.run(`staff ${command} --email ${email}`);
      const { rows } = await client.query<{ said: number; going: number }>(
        `select (select coalesce(e.data -> 'sessions', e.data -> 'sessionsEnded')::int from account_event e
                 where e.staff_id = s.id order by e.seq desc limit 1) as said,
                (select count(*)::int from session o where o.staff_id = s.id and o.ended_at is null) as going
         from staff s where s.email = $1`,
        [email],
      );
      expect(rows).toEqual([{ said: 1, going: 0 }]);
    },
  );

  it('do what they say, tell whether anything changed, and leave a line in the log', async () => {
    await cli.run('staff create --email lead@revue.ma --role lead --site revue');
    await cli.run('staff token --email lead@revue.ma');
    await client.query(
      `with s as (select id from staff where email = 'lead@revue.ma'),
            f as (insert into second_factor (staff_id, secret, confirmed_at)
                  select id, 'x', clock_timestamp() from s)
       insert into session (staff_id, hash, stage, expires_at)
       select id, sha256('x'), 'full', clock_timestamp() + interval '1 hour' from s`,
    );
    const email = 'lead@revue.ma';
    const on = (words: string) => cli.run(`${words} --email ${email} --json`);
    expect((await on('staff reset')).json).toMatchObject({
      email,
      link: { url: expect.stringMatching(LINK) as string },
    });
    expect((await on('staff sign-out')).json).toEqual({ email, sessions: 1 });
    expect((await on('staff sign-out')).json).toEqual({ email, sessions: 0 });
    expect((await on('staff clear-second-factor')).json).toEqual({ email, changed: true });
    expect((await on('staff clear-second-factor')).json).toEqual({ email, changed: false });
    expect((await on('staff close')).json).toEqual({ email, closed: true, changed: true });
    expect((await on('staff close')).json).toEqual({ email, closed: true, changed: false });
    const { rows } = await client.query(
      'select id from api_key where revoked_at is null and staff_id is not null',
    );
    expect(rows).toEqual([]);
    expect((await on('staff reset')).told.join()).toContain('was closed');
    expect((await on('staff open')).json).toEqual({ email, closed: false, changed: true });
    expect(await logOf(email)).toEqual([
      'account-made by operator',
      'member-added by operator',
      'token-made by operator',
      'link-made by operator',
      'session-ended by operator',
      'second-factor-removed by operator',
      'account-closed by operator',
      'account-opened by operator',
    ]);
  });

  it('closes the last admin, too, and says how to make another', async () => {
    const { out } = await cli.run('staff close --email boss@revue.ma');
    expect(out.join('\n')).toContain('"staff create --role admin"');
  });

  it.each([
    ['staff invite --email a@b.ma --role lead', '--site'],
    ['staff invite --email a@b.ma --site revue', '--role'],
    ['staff invite --email a@b.ma --role lead --site revue --admin', 'leave --role and --site out'],
    ['staff invite --email a@b.ma --role lead --admin', 'leave --role and --site out'],
    ['staff invite --email a@b.ma --site revue --admin', 'leave --role and --site out'],
    ['staff invite --email a@b.ma --role lead --site nowhere', 'no site'],
    ['staff invite --email nobody', '--email'],
    ['staff reset --email unknown@b.ma', 'no account'],
    ['staff close --email unknown@b.ma', 'no account'],
    ['staff sign-out --email unknown@b.ma', 'no account'],
    ['staff clear-second-factor --email unknown@b.ma', 'no account'],
  ])('say what is wrong: %s', async (words, said) => {
    const ran = await cli.run(words);
    expect(ran).toMatchObject({ code: 1, out: [] });
    expect(ran.told.join('\n')).toContain(said);
  });
});
