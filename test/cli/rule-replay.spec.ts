import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { ReplayAnswer } from '../../src/contract/replay.js';
import { startCli, type TestCli } from './start-cli.js';

let cli: TestCli;
let folder: string;
let rule: string;
beforeAll(async () => {
  cli = await startCli();
  folder = mkdtempSync(path.join(os.tmpdir(), 'vigie-rule-'));
  rule = file('rule.yaml', 'reporters: 3\n');
  await cli.run(
    'site create --slug revue --name Revue --origin https://www.revue.ma --image-host cdn.revue.ma',
  );
  const reports = [report('many', 6), report('some', 4), report('few', 2)].flat();
  const { code } = await cli.run(`import reports --site revue ${file('reports.ndjson', reports.join('\n'))}`);
  expect(code).toBe(0);
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await cli.stop();
});

const file = (name: string, text: string): string => {
  const where = path.join(folder, name);
  writeFileSync(where, text);
  return where;
};

/** So many people, an hour apart. */
const report = (image: string, people: number): string[] =>
  Array.from({ length: people }, (_, n) =>
    JSON.stringify({
      image: { url: `https://cdn.revue.ma/${image}.jpg` },
      reason: 'hate',
      reporter: { account: `${image}-${n}` },
      at: new Date(Date.now() - (30 - n) * 3_600_000).toISOString(),
    }),
  );

describe('rule replay', () => {
  it('prints both rules side by side, and where they differ', async () => {
    const { code, out } = await cli.run(`rule replay --site revue --file ${rule} --days 7`);
    expect(code).toBe(0);
    expect(out[0]).toMatch(/^revue, .*: 12 reports on 3 images\.$/);
    expect(out).toContain('                        version 1  candidate');
    expect(out).toContain('blocked                 1          2');
    expect(out).toContain('time to block, median   4 h        2 h');
    expect(out).toContain('They differ in 1:');
    expect(out.join('\n')).toMatch(/none -> blocked {2}not decided {2}https:\/\/cdn\.revue\.ma\/some\.jpg/);
    expect(out.at(-1)).toContain('it would block 1 and hold 0');
    expect((await cli.run('rule show --site revue --json')).json).toMatchObject({ version: 1 });
  });

  it('gives the same as JSON, as the door does', async () => {
    const { json } = await cli.run(`rule replay --site revue --file ${rule} --json`);
    const replayed = json as unknown as ReplayAnswer & { site: string };
    expect(replayed).toMatchObject({
      site: 'revue',
      reports: 12,
      ruleVersion: 1,
      current: { blocked: 1 },
      candidate: { blocked: 2 },
      differences: { total: 1 },
    });
    expect(Date.parse(replayed.to) - Date.parse(replayed.from)).toBeGreaterThan(29.9 * 86_400_000);
  });

  it('counts nothing where nothing was', async () => {
    await cli.run('site create --slug empty --name Empty --origin https://www.empty.ma');
    const { code, out } = await cli.run(`rule replay --site empty --file ${rule}`);
    expect(code).toBe(0);
    expect(out).toContain('They differ nowhere.');
    expect(out.at(-1)).toContain('nothing');
  });

  it.each([
    ['reporters: 1', ['reporters']],
    ['version: 1', ['version']],
  ])('refuses %j', async (text, fields) => {
    const { code, told } = await cli.run(`rule replay --site revue --file ${file('wrong.yaml', text)}`);
    expect(code).toBe(1);
    expect(told.map((line) => line.split(/[: ]/)[0])).toEqual(fields);
  });

  it('says when the time is too long', async () => {
    const { code, told } = await cli.run(`rule replay --site revue --file ${rule} --days 500`);
    expect(code).toBe(1);
    expect(told).toEqual(['--days: The time may be 400 days long.']);
  });
});

describe('rule apply', () => {
  it('shows which open images it would look at, then does it, and once', async () => {
    const shown = await cli.run(`rule apply --site revue --file ${rule} --block-open`);
    expect(shown.code).toBe(0);
    expect(shown.out).toEqual([
      'block  4 reporters  https://cdn.revue.ma/some.jpg',
      'Nothing was changed. With --yes the rule is put in force, and looks at this image.',
    ]);
    expect((await cli.run('rule show --site revue --json')).json).toMatchObject({ version: 1 });
    const stale = await cli.run(`rule apply --site revue --file ${rule} --if-version 7 --yes`);
    expect([stale.code, stale.told.join()]).toEqual([1, expect.stringContaining('version 1')]);

    const done = await cli.run(`rule apply --site revue --file ${rule} --block-open --yes --json`);
    expect(done.json).toMatchObject({
      applied: true,
      version: 2,
      rule: { reporters: 3 },
      results: [{ outcome: 'blocked' }],
    });
    const again = await cli.run(`rule apply --site revue --file ${rule} --block-open --yes`);
    expect(again.out).toEqual([
      'The rule of revue is now at version 2. It counts from now on.',
      'It blocked 0 and held 0 of 0 open images.',
    ]);
  });
});
