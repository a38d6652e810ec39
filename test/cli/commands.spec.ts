import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { SCOPES } from '../../src/access/scopes.js';
import { type TestCli, startCli } from './start-cli.js';

let cli: TestCli;
let folder: string;
beforeAll(async () => {
  cli = await startCli();
  folder = mkdtempSync(path.join(os.tmpdir(), 'vigie-cli-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await cli.stop();
});

const KEY = /^vg_(pub|sec|stf)_[0-9A-Za-z]{36}$/;
const file = (name: string, text: string): string => {
  const where = path.join(folder, name);
  writeFileSync(where, text);
  return where;
};

describe('site create', () => {
  it('makes a site with its keys, and shows them once', async () => {
    const { code, out, json } = await cli.run(
      'site create --slug revue --name Revue+de+presse --origin https://www.revue.ma --image-host cdn.revue.ma --locale ar --json',
    );
    expect(code).toBe(0);
    expect(out).toHaveLength(1);
    expect(json).toEqual({
      site: expect.objectContaining({
        id: expect.stringMatching(/^sit_/) as string,
        slug: 'revue',
        name: 'Revue de presse',
        imageHosts: ['cdn.revue.ma'],
        locale: 'ar',
      }) as object,
      publishableKey: expect.stringMatching(KEY) as string,
      secretKey: expect.stringMatching(KEY) as string,
      readerSigningSecret: expect.stringMatching(/^[\w-]{43}$/) as string,
    });
    const list = await cli.run('site list --json');
    expect(list.json).toEqual({ sites: [json['site']] });
    expect((await cli.run('site list')).out[0]).toContain('revue');
  });

  it('says in one sentence per field what is wrong, and makes nothing', async () => {
    const { code, out, told } = await cli.run(
      'site create --slug Bad --name x --origin https://a.ma --origin a.ma --reason boredom',
    );
    expect(code).toBe(1);
    expect(out).toEqual([]);
    expect(told.map((line) => line.split(':')[0])).toEqual([
      '--slug',
      '--origin (number 2)',
      '--reason (number 1)',
    ]);
    expect((await cli.run('site create --slug revue --name x')).told.join()).toContain('already');
    expect(((await cli.run('site list --json')).json['sites'] as unknown[]).length).toBe(1);
  });
});

describe('staff create and staff token', () => {
  it('make an account with a password, and a token that its role allows', async () => {
    const { code, json } = await cli.run('staff create --email Admin@Example.ma --role admin --json');
    expect(code).toBe(0);
    expect(json).toEqual({
      staff: {
        id: expect.stringMatching(/^stf_/) as string,
        email: 'admin@example.ma',
        role: 'admin',
        site: null,
      },
      password: expect.stringMatching(/^(\w{5}-){3}\w{5}$/) as string,
    });
    const all = await cli.run('staff token --email admin@example.ma --json');
    expect(all.json).toMatchObject({
      token: expect.stringMatching(KEY) as string,
      // What no role gives, nobody gets unasked.
      scopes: SCOPES.filter((scope) => scope !== 'legal' && scope !== 'accounts'),
    });
    const narrow = await cli.run(
      'staff token --email admin@example.ma --scope review --scope rules --days 1 --json',
    );
    expect(narrow.json['scopes']).toEqual(['review', 'rules']);
  });

  it('let somebody open what is sealed, and no more, by the operator alone', async () => {
    const [email, token] = ['counsel@revue.ma', 'staff token --email counsel@revue.ma'];
    const made = await cli.run(`staff create --email ${email} --role moderator --site revue --legal --json`);
    expect(made.json).toMatchObject({ staff: { legal: true } });
    expect((await cli.run(`${token} --json`)).json['scopes']).not.toContain('legal');
    const named = await cli.run(`${token} --scope review --scope legal --json`);
    expect(named.json['scopes']).toEqual(['review', 'legal']);
    const revoked = await cli.run(`staff legal --email ${email} --revoke --json`);
    expect(revoked.json).toEqual({ email, legal: false, changed: true });
    expect((await cli.run(`${token} --scope legal`)).told.join()).toContain('That is more than you have');
    const granted = await cli.run(`staff legal --email ${email} --grant`);
    expect(granted.out.join()).toContain('may open what is sealed');
    expect((await cli.run(`staff legal --email ${email} --grant`)).out.join()).toContain(
      'nothing has changed',
    );
  });

  it('give an account that there is a role on a site, and leave its password', async () => {
    const first = await cli.run('staff create --email m@revue.ma --role moderator --site revue --json');
    expect(first.json).toMatchObject({ staff: { role: 'moderator', site: 'revue' } });
    await cli.run('site create --slug second --name Second');
    const again = await cli.run('staff create --email m@revue.ma --role lead --site second');
    expect(again.out.join('\n')).toContain('keeps its password');
    const more = await cli.run('staff token --email m@revue.ma --scope keys');
    expect(more).toMatchObject({
      code: 1,
      told: [expect.stringContaining('--scope (number 1): That is more')],
    });
  });

  it.each([
    ['staff create --email a@b.ma --role lead', 1, '--site'],
    ['staff create --email a@b.ma --role admin --site revue', 1, '--site'],
    ['staff create --email a@b.ma --role lead --site nowhere', 1, 'no site'],
    ['staff create --email nobody --role admin', 1, '--email'],
    ['staff create --email a@b.ma --role owner', 2, 'owner'],
    ['staff create --role admin', 2, '--email'],
    ['staff token --email unknown@b.ma', 1, 'no account'],
    ['staff token --email admin@example.ma --days 91', 1, '--days'],
    ['staff token --email admin@example.ma --days soon', 2, '--days'],
    [`staff token --email admin@example.ma --name ${'n'.repeat(101)}`, 2, '--name'],
    [`keys create --site revue --kind secret --name ${'n'.repeat(101)}`, 2, '--name'],
    ['staff token --email admin@example.ma --scope all', 1, '--scope'],
    ['staff legal --email admin@example.ma', 1, '--grant'],
    ['staff legal --email admin@example.ma --grant --revoke', 1, '--grant'],
    ['staff legal --email unknown@b.ma --grant', 1, 'no account'],
    ['staff promote', 2, 'promote'],
    ['nothing', 2, 'nothing'],
    ['site create --slug x --name y --colour red', 2, '--colour'],
    ['keys revoke key_x --site revue', 1, 'key_x'],
    ['keys create --site revue --kind staff', 2, 'kind'],
  ])('say what is wrong: %s', async (words, code, said) => {
    const ran = await cli.run(words);
    expect(ran).toMatchObject({ code, out: [] });
    expect(ran.told.join('\n')).toContain(said);
    expect(ran.told.join('\n')).not.toMatch(/\n\s+at /);
  });
});

describe('rule set and rule show', () => {
  it('take YAML and JSON that name only what changes', async () => {
    const yaml = file('rule.yaml', 'reporters: 4\nreasons:\n  hate: { reporters: 3 }\n');
    const { code, json } = await cli.run(`rule set --site revue --file ${yaml} --json`);
    expect(code).toBe(0);
    expect(json).toMatchObject({ site: 'revue', version: 2, rule: { reporters: 4, windowHours: 168 } });
    const jsonFile = file('rule.json', '{ "breaker": null, "afterKeep": { "factor": 2 } }');
    expect((await cli.run(`rule set --site revue --file ${jsonFile}`)).out[0]).toContain('version 3');
    expect((await cli.run('rule show --site revue --json')).json).toMatchObject({
      version: 3,
      rule: { reporters: 4, breaker: null, afterKeep: { factor: 2, cooldownHours: 168 } },
    });
    expect((await cli.run('rule show --site revue --version 1 --json')).json).toMatchObject({
      rule: { reporters: 5 },
    });
    const shown = file('shown.yaml', (await cli.run('rule show --site revue')).out.join('\n'));
    expect((await cli.run(`rule set --site revue --file ${shown} --json`)).json).toMatchObject({
      version: 3,
    });
  });

  it.each([
    ['reporters: 1\nwindowHours: x', ['reporters', 'windowHours']],
    ['quorum: 3', ['quorum']],
    ['reasons: { hate: { reporters: 1 } }', ['reasons/hate/reporters']],
    ['- reporters', ['--file']],
    ['', ['--file']],
    ['# reporters: 4', ['--file']],
    ['{ "reporters": ', ['--file']],
  ])('refuse %j, one sentence per field', async (text, fields) => {
    const { code, told } = await cli.run(`rule set --site revue --file ${file('wrong.yaml', text)}`);
    expect(code).toBe(1);
    expect(told.map((line) => line.split(/[: ]/)[0])).toEqual(fields);
  });

  it('say when there is no such file', async () => {
    const { code, told } = await cli.run(`rule set --site revue --file ${path.join(folder, 'none.yaml')}`);
    expect(code).toBe(1);
    expect(told.join()).toContain('no such file');
  });
});

describe('keys', () => {
  it('are made, listed and revoked', async () => {
    const { json } = await cli.run('keys create --site revue --kind secret --json');
    expect(json['key']).toMatch(KEY);
    expect((await cli.run('keys create --site revue --kind secret')).told.join()).toContain('revoke');
    expect((await cli.run(`keys revoke ${String(json['id'])} --site revue`)).code).toBe(0);
    const { keys } = (await cli.run('keys list --site revue --json')).json as {
      keys: { revokedAt: unknown }[];
    };
    expect(keys.filter(({ revokedAt }) => revokedAt === null)).toHaveLength(2);
    expect((await cli.run('keys list --site revue')).out).toHaveLength(3);
  });
});

describe('every command', () => {
  it.each([
    'site create',
    'site list',
    'staff create',
    'staff token',
    'staff list',
    'staff invite',
    'staff reset',
    'staff close',
    'staff open',
    'staff clear-second-factor',
    'staff sign-out',
    'rule set',
    'rule show',
    'rule replay',
    'rule apply',
    'keys create',
    'keys list',
    'keys revoke',
    'import reports',
    'import blocks',
    'reconcile',
    'doctor',
  ])('shows help with an example: %s', async (words) => {
    const { code, out } = await cli.run(`${words} --help`);
    expect(code).toBe(0);
    expect(out.join('\n')).toMatch(/Examples?:\n\s+\$ .*(npm run|cat)/);
  });

  it('refuses another secret than the one that the database was filled under', async () => {
    const ran = await cli.run('site list', { VIGIE_SECRET: 'another secret of more than 32 bytes' });
    expect(ran).toMatchObject({ code: 1, told: [expect.stringContaining('another secret')] });
  });

  it('says when Postgres can not be reached, and which settings are wrong', async () => {
    const away = await cli.run('site list', { DATABASE_URL: 'postgres://127.0.0.1:1/vigie' });
    expect(away).toMatchObject({ code: 1, told: [expect.stringContaining('DATABASE_URL')] });
    const wrong = await cli.run('site list', { PORT: 'x', LEASE_SECONDS: '0' });
    expect(wrong).toMatchObject({
      code: 1,
      told: [expect.stringMatching(/^PORT must be/), expect.stringMatching(/^LEASE_SECONDS must be/)],
    });
  });
});
