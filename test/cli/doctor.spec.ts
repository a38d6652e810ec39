import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { checkNode } from '../../src/cli/doctor/check-machine.js';
import { MailServer } from '../setup/mail-server.js';
import { runCommand, startCli, type TestCli } from './start-cli.js';

let cli: TestCli;
let service: Server;
let folder: string;
let port: string;
let ready: { status: number; body: string };

beforeAll(async () => {
  cli = await startCli();
  folder = mkdtempSync(path.join(os.tmpdir(), 'vigie-doctor-'));
  service = createServer((request, response) => {
    response.writeHead(request.url === '/health/ready' ? ready.status : 404).end(ready.body);
  });
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  port = String((service.address() as AddressInfo).port);
});
beforeEach(() => {
  ready = { status: 200, body: '{"status":"up","checks":{"postgres":"up"}}' };
});
afterAll(async () => {
  await new Promise((resolve) => service.close(resolve));
  rmSync(folder, { recursive: true, force: true });
  await cli.stop();
});

/** Asks the database of the command line, or another one. */
async function query(text: string, values: unknown[] = [], url = cli.url): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(text, values);
  } finally {
    await client.end();
  }
}

interface Check {
  readonly name: string;
  readonly status: string;
  readonly detail: string;
}

async function examine(
  env: NodeJS.ProcessEnv = {},
): Promise<{ code: number; checks: Record<string, Check> }> {
  const { code, json } = await cli.run('doctor --json', {
    PORT: port,
    DATA_DIR: folder,
    PUBLIC_URL: 'https://vigie.example.ma',
    ...env,
  });
  const checks = json['checks'] as Check[];
  return { code, checks: Object.fromEntries(checks.map((check) => [check.name, check])) };
}

describe('doctor', () => {
  it('says of mail that is set up whether the server answers, and nothing where there is none', async () => {
    const mail = await MailServer.open();
    const env = { SMTP_URL: mail.url, SMTP_FROM: 'vigie@example.ma' };
    expect((await examine(env)).checks['mail']).toMatchObject({ status: 'ok' });
    mail.refuse = () => '554 Not you';
    const refused = await examine(env);
    expect(refused.checks['mail']).toMatchObject({ status: 'warning' });
    await mail.close();
    const away = await examine(env);
    expect(away).toMatchObject({ code: 0, checks: { mail: { status: 'warning' } } });
    expect(away.checks['mail']?.detail).toContain('SMTP_URL');
    expect((await examine()).checks).not.toHaveProperty('mail');
  });

  it('finds everything in order', async () => {
    await cli.run('site list');
    const { code, checks } = await examine();
    expect(code).toBe(0);
    expect(Object.keys(checks)).toEqual([
      'node',
      'settings',
      'address',
      'secret',
      'disk',
      'snapshots',
      'postgres',
      'durability',
      'clock',
      'migrations',
      'installation',
      'jobs',
      'readers',
      'images',
      'service',
    ]);
    // The disk of whoever runs this may be nearly full.
    const rest = Object.values(checks).filter(({ name }) => name !== 'disk');
    expect(rest.filter(({ status }) => status !== 'ok')).toEqual([]);
    const lines = (await cli.run('doctor', { PORT: port, DATA_DIR: folder })).out;
    expect(lines.find((line) => line.includes('postgres'))).toMatch(/^ok\s+postgres\s+Postgres \d+/);
  });

  it('says that PUBLIC_URL is missing, which in production is a failure', async () => {
    const missing = { status: 'warning', detail: expect.stringContaining('PUBLIC_URL') as string };
    expect((await examine({ PUBLIC_URL: '' })).checks['address']).toMatchObject(missing);
    const production = await examine({ PUBLIC_URL: '', NODE_ENV: 'production' });
    expect(production).toMatchObject({ code: 1, checks: { address: { ...missing, status: 'failed' } } });
  });

  it('says how to make the first admin, where the next start makes none', async () => {
    await cli.run('site create --slug lone --name Lone');
    const { code, checks } = await examine();
    expect([code, checks['admin']?.status]).toEqual([0, 'warning']);
    expect(checks['admin']?.detail).toContain('staff invite --email you@example.ma --admin');
    await cli.run('staff create --email first@example.ma --role admin');
    expect((await examine()).checks).not.toHaveProperty('admin');
    await cli.run('staff close --email first@example.ma');
    expect((await examine()).checks['admin']?.status).toBe('warning');
  });

  it('names sites whose time zone is an abbreviation, with what to do', async () => {
    for (const slug of ['rabat', 'paris', 'oslo', 'rome', 'berlin', 'wien', 'utc'])
      await cli.run(`site create --slug zone-${slug} --name ${slug} --time-zone UTC`);
    expect((await examine()).checks).not.toHaveProperty('time zones');
    // As it could be given before.
    await query(`update site set time_zone = 'CET' where slug like 'zone-%' and slug <> 'zone-utc'`);
    await query(`update site set time_zone = 'wet' where slug = 'zone-rabat'`);
    const { code, checks } = await examine();
    expect([code, checks['time zones']?.status]).toEqual([0, 'warning']);
    const sites =
      'zone-berlin (CET), zone-oslo (CET), zone-paris (CET), zone-rome (CET), zone-wien (CET) and 1 more';
    expect(checks['time zones']?.detail).toContain(sites);
    expect(checks['time zones']?.detail).toContain('PATCH /v1/sites/{id}');
    await query(`update site set time_zone = 'Europe/Paris' where slug like 'zone-%'`);
    expect((await examine()).checks).not.toHaveProperty('time zones');
  });

  it('names sites that vouch for names of anybody, with what to do', async () => {
    for (const slug of ['mine', 'all', 'imgix', 'platform'])
      await cli.run(
        `site create --slug host-${slug} --name ${slug} --origin https://www.${slug}.ma --image-host cdn.${slug}.ma`,
      );
    expect((await examine()).checks).not.toHaveProperty('image hosts');
    // As they could be given before.
    await query(`update site set image_hosts = '{cdn.all.ma,*.com,*.co.uk:8443}' where slug = 'host-all'`);
    await query(
      `update site set address_rules = '{"presets": ["imgix"], "imgixHosts": ["*.github.io"]}' where slug = 'host-imgix'`,
    );
    await query(
      `update site set image_hosts = '{}', origins = '{https://github.io}' where slug = 'host-platform'`,
    );
    const { code, checks } = await examine();
    expect([code, checks['image hosts']?.status]).toEqual([0, 'warning']);
    expect(checks['image hosts']?.detail).toContain(
      'host-all (*.com, *.co.uk:8443), host-imgix (*.github.io), host-platform (*.github.io)',
    );
    expect(checks['image hosts']?.detail).toContain('PATCH /v1/sites/{id}');
    await query(`delete from site where slug like 'host-%'`);
  });

  it('names every setting that is wrong', async () => {
    const { code, json } = await cli.run('doctor --json', { PORT: 'x', LEASE_SECONDS: '0' });
    expect(code).toBe(1);
    const wrong = (json['checks'] as Check[]).filter(({ status }) => status === 'failed');
    expect(wrong.map(({ name }) => name)).toEqual(['settings', 'settings']);
  });

  it('says when the secret is not the one of the database, or Postgres is away', async () => {
    await cli.run('site list');
    const other = await examine({ VIGIE_SECRET: 'another secret of more than 32 bytes' });
    expect(other).toMatchObject({ code: 1, checks: { installation: { status: 'failed' } } });
    const away = await examine({ DATABASE_URL: 'postgres://127.0.0.1:1/vigie' });
    expect(away).toMatchObject({
      code: 1,
      checks: { postgres: { status: 'failed', detail: expect.stringContaining('DATABASE_URL') as string } },
    });
  });

  it.each([
    [200, '{"status":"degraded","checks":{"redis":"down"}}', 'warning', 0],
    [503, '{"checks":{"postgres":"down"}}', 'failed', 1],
    [200, '<html>', 'failed', 1],
    [404, '', 'failed', 1],
  ])('says how the service is: %i %s', async (status, body, expected, code) => {
    ready = { status, body };
    expect(await examine()).toMatchObject({ code, checks: { service: { status: expected } } });
  });

  it('takes a service that does not run for a warning', async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const free = String((closed.address() as AddressInfo).port);
    await new Promise((resolve) => closed.close(resolve));
    expect(await examine({ PORT: free })).toMatchObject({
      code: 0,
      checks: { service: { status: 'warning' } },
    });
  });

  it('says how looking at images goes', async () => {
    await cli.run('site list');
    const put = (count: number, late: string, failures: number): Promise<unknown> =>
      query(
        `insert into watched_address (hash, site_id, url, job_id, next_at, failures)
         select decode(lpad(to_hex(n + $1), 32, '0'), 'hex'), 1, 'https://a.ma/b.jpg', n,
                clock_timestamp() - $2::interval, $3
         from generate_series(1, $4) n`,
        [failures * 1_000, late, failures, count],
      );
    await put(8, '-1 hour', 0);
    await put(2, '-1 hour', 1);
    expect((await examine()).checks['images']).toMatchObject({
      status: 'ok',
      detail: '10 addresses are looked at, 2 of them in vain',
    });
    await put(20, '1 hour', 3);
    expect((await examine()).checks['images']).toMatchObject({
      status: 'warning',
      detail: expect.stringContaining('reach the web') as string,
    });
    await query(`update watched_address set next_at = clock_timestamp() - interval '5 hours', failures = 0`);
    expect((await examine()).checks['images']).toMatchObject({
      status: 'warning',
      detail: expect.stringContaining('due for 5 h') as string,
    });
    expect((await examine({ FETCH_IMAGES: 'off' })).checks['images']).toMatchObject({ status: 'ok' });
    await query('delete from watched_address');
  });

  it('says when no copies of images can be kept', async () => {
    const blocked = mkdtempSync(path.join(os.tmpdir(), 'vigie-doctor-'));
    chmodSync(blocked, 0o500);
    const { checks } = await examine({ DATA_DIR: blocked });
    // Root may write everywhere.
    const expected = process.getuid?.() === 0 ? 'ok' : 'failed';
    expect(checks['snapshots']).toMatchObject({ status: expected });
    chmodSync(blocked, 0o700);
    rmSync(blocked, { recursive: true });
  });

  it('fails where the folder is not the one that holds the copies of images', async () => {
    await cli.run('site list');
    const data = mkdtempSync(path.join(os.tmpdir(), 'vigie-doctor-'));
    const look = async (): Promise<unknown> => {
      const { code, json } = await cli.run('doctor --json', { PORT: port, DATA_DIR: data });
      const wrong = (json['checks'] as Check[]).filter(
        ({ name, status }) => name === 'snapshots' && status === 'failed',
      );
      return [code, wrong.map(({ detail }) => /that (?:holds|this database knows)/.exec(detail)?.[0])];
    };
    expect(await look()).toEqual([0, []]);
    // Somebody else's copies are there.
    mkdirSync(path.join(data, 'snapshots', '7'), { recursive: true });
    expect(await look()).toEqual([1, ['that this database knows']]);
    await query('update installation set snapshots = $1', ['a'.repeat(32)]);
    expect(await look()).toEqual([1, ['that holds']]);
    writeFileSync(path.join(data, 'snapshots', 'installation'), 'b'.repeat(32));
    expect(await look()).toEqual([1, ['that holds']]);
    // As it says.
    writeFileSync(path.join(data, 'snapshots', 'installation'), `${'a'.repeat(32)}\n`);
    expect(await look()).toEqual([0, []]);
    await query('update installation set snapshots = null');
    rmSync(data, { recursive: true });
  });

  it('says what the user may not do whom the next start needs to make tables, and how to let it', async () => {
    const fresh = await startCli();
    const role = `vigie_test_${process.pid}_maker`;
    const url = new URL(fresh.url);
    url.username = role;
    const as = (text: string): Promise<void> => query(text, [], fresh.url);
    const migrations = async (): Promise<Check | undefined> =>
      (await examine({ DATABASE_URL: url.href })).checks['migrations'];
    try {
      await as(`create role ${role} login`);
      // As a new database is.
      await as('drop schema public cascade; create schema public; grant usage on schema public to public');
      const forbidden = await migrations();
      expect(forbidden).toMatchObject({ status: 'failed' });
      expect(forbidden?.detail).toBe(
        `The next start fails, since ${role} may not make tables in the schema public: let an administrator of the ` +
          `database run "grant create on schema public to ${role}".`,
      );
      await as('revoke usage on schema public from public');
      expect((await migrations())?.detail).toMatch(
        new RegExp(`may not make tables in any schema: .* "create schema authorization ${role}"`),
      );
      await as(`create schema authorization ${role}`);
      expect((await migrations())?.status).toBe('warning');
      expect(
        (
          await runCommand('site list', {
            DATABASE_URL: url.href,
            VIGIE_SECRET: 'whatever secret of more than 32 bytes',
          })
        ).code,
      ).toBe(0);
      expect((await migrations())?.status).toBe('ok');
      // What an older version had, with tables that are another's.
      await as(`delete from ${role}.migration where name like 'MessagesByStatus%';
                alter table ${role}.migration owner to current_user;
                grant select on ${role}.migration to ${role}`);
      expect((await migrations())?.detail).toMatch(
        new RegExp(
          `since the tables are (\\S+)'s, and ${role} may not change them: name \\1 in DATABASE_URL`,
        ),
      );
    } finally {
      await as(`drop owned by ${role} cascade; drop role ${role}`);
      await fresh.stop();
    }
  });

  it('says what of a database makes answers come out wrong', async () => {
    const fresh = await startCli();
    const name = new URL(fresh.url).pathname.slice(1);
    await query(`alter database ${name} set DateStyle = 'German'`, [], fresh.url);
    expect((await examine({ DATABASE_URL: fresh.url })).checks['postgres']).toMatchObject({
      status: 'failed',
      detail: expect.stringContaining(`set DateStyle = 'ISO'`) as string,
    });
    await fresh.stop();
  });

  it('changes nothing in a database that was never started', async () => {
    const fresh = await startCli();
    const { json } = await runCommand('doctor --json', {
      DATABASE_URL: fresh.url,
      VIGIE_SECRET: 'whatever secret of more than 32 bytes',
      PORT: port,
    });
    expect((json['checks'] as Check[]).map(({ name }) => name)).not.toContain('installation');
    // The first who really starts decides about the secret.
    expect((await fresh.run('site list')).code).toBe(0);
    await fresh.stop();
  });

  it.each([
    ['20.19.0', 'ok'],
    ['20.20.1', 'ok'],
    ['24.0.0', 'ok'],
    ['20.18.9', 'failed'],
    ['18.30.0', 'failed'],
  ])('judges Node %s: %s', (version, status) => {
    expect(checkNode(version).status).toBe(status);
  });
});
