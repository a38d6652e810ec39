/**
 * Each start is a Node process of its own, as in life. What needs another user is tried when the tests run as root,
 * and is skipped, by name, otherwise.
 */
import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

import { memoryFolder } from '../setup/memory-folder.js';
import { Launched, answers, ask, homeOf, isAlive, serverPid, until, writeLauncher } from './launched.js';

const NOBODY = { uid: 65_534, gid: 65_534 };
const isRoot = process.getuid?.() === 0;

const launcher = writeLauncher();
const launched: Launched[] = [];
const folders: string[] = [];
let dataDir: string;

/** For tests that are not about the first start, one after the other: initdb takes most of a test's time. */
const shared = mkdtempSync(path.join(memoryFolder(), 'vigie-'));

beforeAll(async () => {
  chmodSync(shared, 0o755);
  const start = launch(shared);
  await start.url();
  await start.stop();
});

beforeEach(() => {
  dataDir = newFolder(0o755);
});

afterEach(async () => {
  for (const start of launched.splice(0)) {
    if (!start.over) await start.stop();
  }
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

afterAll(() => {
  launcher.remove();
  rmSync(shared, { recursive: true, force: true });
});

function launch(folder: string, options?: { uid?: number; gid?: number; command?: string[] }): Launched {
  const start = new Launched(launcher.program, folder, options);
  launched.push(start);
  return start;
}

function newFolder(mode: number, owner?: { uid: number; gid: number }): string {
  const folder = mkdtempSync(path.join(memoryFolder(), 'vigie-'));
  folders.push(folder);
  chmodSync(folder, mode);
  if (owner) chownSync(folder, owner.uid, owner.gid);
  return folder;
}

test('starts, keeps what was written, and is gone after it was stopped', async () => {
  const first = launch(dataDir);
  const url = await first.url();
  expect(first.owns).toBe(true);
  expect(statSync(homeOf(url)).mode & 0o777).toBe(0o700);
  await ask(url, 'create table kept as select 7 as number');
  const pid = serverPid(url);
  await first.stop();
  expect(isAlive(pid)).toBe(false);

  const second = launch(dataDir);
  expect(await second.url()).toBe(url);
  expect(await ask(url, 'select number from kept')).toEqual({ number: 7 });
});

test('runs with the settings that a durable, private server needs', async () => {
  const url = await launch(shared).url();
  const expected = {
    listen_addresses: '',
    shared_buffers: '128MB',
    max_connections: '100',
    fsync: 'on',
    synchronous_commit: 'on',
    wal_compression: 'off',
    TimeZone: 'UTC',
    server_encoding: 'UTF8',
  };
  const names = Object.keys(expected)
    .map((name) => `'${name}', current_setting('${name}')`)
    .join();
  expect(await ask(url, `select json_build_object(${names}) as settings`)).toEqual({ settings: expected });
});

test('of three first starts at once one owns the server and the others adopt it', async () => {
  const starts = [launch(dataDir), launch(dataDir), launch(dataDir)];
  const urls = await Promise.all(starts.map((start) => start.url()));
  expect(new Set(urls).size).toBe(1);
  expect(starts.filter((start) => start.owns)).toHaveLength(1);
  expect(readdirSync(homeOf(urls[0] ?? '')).filter((name) => name.startsWith('.draft-'))).toEqual([]);
});

test('an adopter that stops leaves the server alone', async () => {
  const owner = launch(shared);
  const url = await owner.url();
  const adopter = launch(shared);
  await adopter.url();
  await adopter.stop();
  expect(await answers(url)).toBe(true);
});

test('an adopter whose owner stops starts its own server, with the same url', async () => {
  const owner = launch(shared);
  const url = await owner.url();
  const adopter = launch(shared);
  await adopter.url();
  expect(adopter.owns).toBe(false);
  await owner.stop();
  await adopter.becomesOwner();
  expect(await answers(url)).toBe(true);
});

test('an adopter whose owner is killed starts its own server', async () => {
  const owner = launch(shared);
  const url = await owner.url();
  const adopter = launch(shared);
  await adopter.url();
  owner.kill('SIGKILL');
  await adopter.becomesOwner();
  expect(await answers(url)).toBe(true);
});

test('the server goes with a process that is killed, and the next start works at once', async () => {
  const first = launch(shared);
  const url = await first.url();
  await ask(url, 'create table kept_without_us as select 7 as number');
  const pid = serverPid(url);
  first.kill('SIGKILL');
  const second = launch(shared);
  await second.url();
  await second.becomesOwner();
  await until(() => !isAlive(pid));
  expect(await ask(url, 'select number from kept_without_us')).toEqual({ number: 7 });
});

test('starts the server again when it is killed, and loses no commit', async () => {
  const url = await launch(shared).url();
  await ask(url, 'create table kept_by_commit as select 7 as number');
  const pid = serverPid(url);
  process.kill(pid, 'SIGKILL');
  await until(async () => (await answers(url)) && serverPid(url) !== pid);
  expect(await ask(url, 'select number from kept_by_commit')).toEqual({ number: 7 });
});

test('a terminal that interrupts the whole process group does not reach the server', async () => {
  const start = launch(shared);
  const url = await start.url();
  const pid = serverPid(url);
  const group = spawnSync('ps', ['-o', 'pgid=', '-p', String(pid)]).stdout.toString();
  expect(Number(group)).toBe(pid);
  start.interruptGroup();
  await until(() => start.said.includes('interrupted'));
  expect(await answers(url)).toBe(true);
  expect(serverPid(url)).toBe(pid);
});

(process.platform === 'linux' ? test : test.skip)(
  'a lock file left by a killed container, naming what is now another process, is removed',
  async () => {
    const user = isRoot ? NOBODY : {};
    const other = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { ...user, stdio: 'pipe' });
    const home = path.join(shared, 'postgres');
    const lock = path.join(home, 'data', 'postmaster.pid');
    writeFileSync(lock, `${other.pid}\n${home}/data\n1700000000\n5432\n${home}\n\n  1234567   0\nready   \n`);
    utimesSync(lock, 1_700_000_000, 1_700_000_000);
    if (isRoot) chownSync(lock, NOBODY.uid, NOBODY.gid);
    try {
      const url = await launch(shared, user).url();
      expect(serverPid(url)).not.toBe(other.pid);
    } finally {
      other.kill();
    }
  },
);

test('makes a half-made data folder again, and says which one', async () => {
  const half = path.join(dataDir, 'postgres', 'data');
  mkdirSync(path.join(half, 'global'), { recursive: true });
  writeFileSync(path.join(half, 'PG_VERSION'), '18\n');
  const start = launch(dataDir);
  const url = await start.url();
  expect(await answers(url)).toBe(true);
  expect(start.said).toContain(`${half} is only half made`);
  await ask(url, 'create table kept as select 7 as number');
  await start.stop();

  // Deleting the half-made one does not hide the good one.
  rmSync(half, { recursive: true });
  expect(await ask(await launch(dataDir).url(), 'select number from kept')).toEqual({ number: 7 });
});

test('refuses data of another major version with a sentence', async () => {
  const restore = overwrite(path.join(shared, 'postgres', 'data', 'PG_VERSION'), '15\n');
  const said = await launch(shared).says('failed').finally(restore);
  expect(said).toMatch(
    /^EmbeddedPostgresError .* was made by Postgres 15, and this is Postgres 18: .*pg_dump/,
  );
});

test('shows what the server said when it does not start', async () => {
  const restore = overwrite(
    path.join(shared, 'postgres', 'data', 'postgresql.conf'),
    'no_such_setting = 1\n',
  );
  const failed = launch(shared);
  await failed.ended.finally(restore);
  expect(failed.said).toMatch(/^failed EmbeddedPostgresError Postgres did not start in .*set DATABASE_URL/);
  expect(failed.said).toContain('no_such_setting');
});

function overwrite(file: string, content: string): () => void {
  const original = readFileSync(file);
  writeFileSync(file, content);
  return () => writeFileSync(file, original);
}

test('starts under a path that is too long for a socket', async () => {
  const deep = path.join(dataDir, 'a-long-name-'.repeat(10));
  const first = launch(deep);
  const url = await first.url();
  expect(homeOf(url)).toMatch(/^\/tmp\/vigie-[\da-f]{16}$/);
  folders.push(homeOf(url));
  expect(statSync(homeOf(url)).mode & 0o777).toBe(0o700);
  await first.stop();
  expect(await launch(deep).url()).toBe(url);
});

const asRoot = isRoot ? describe : describe.skip;

asRoot('as root', () => {
  test('runs Postgres as somebody else', async () => {
    const url = await launch(shared).url();
    expect(statSync(`/proc/${serverPid(url)}`).uid).toBe(NOBODY.uid);
  });

  test('in a closed folder keeps the database elsewhere, says where, and finds it again', async () => {
    const closed = newFolder(0o700);
    const first = launch(path.join(closed, 'data'));
    const url = await first.url();
    folders.push(homeOf(url));
    expect(homeOf(url)).toMatch(/^\/var\/lib\/vigie\/[\da-f]{16}$/);
    expect(first.said).toContain(`the database is in ${homeOf(url)}`);
    await first.stop();
    chmodSync(closed, 0o755);
    expect(await launch(path.join(closed, 'data')).url()).toBe(url);
  });

  test('a normal user starts it in a closed folder, and root uses it as that user', async () => {
    const closed = newFolder(0o700, NOBODY);
    const first = launch(closed, NOBODY);
    const url = await first.url();
    expect(homeOf(url)).toBe(path.join(closed, 'postgres'));
    await first.stop();
    expect(existsSync(path.join(closed, 'postgres', 'data', 'PG_VERSION'))).toBe(true);
    expect(await launch(closed).url()).toBe(url);
  });

  test('a user without a name is told why that is not enough', async () => {
    const unnamed = { uid: 54_321, gid: 54_321 };
    const said = await launch(newFolder(0o700, unnamed), unnamed).says('failed');
    expect(said).toMatch(/^EmbeddedPostgresError User 54321 has no name on this system .*set DATABASE_URL/);
  });

  test('a normal user is told that the folder is closed to it', async () => {
    const said = await launch(newFolder(0o755), NOBODY).says('failed');
    expect(said).toMatch(
      /^EmbeddedPostgresError The embedded Postgres can't use .*permission denied.*set DATA_DIR/,
    );
  });

  const capsh = ['/usr/sbin/capsh', '/sbin/capsh'].find((file) => existsSync(file));
  const withCapsh =
    capsh !== undefined && spawnSync(capsh, ['--drop=cap_setuid', '--', '-c', ':']).status === 0;
  (withCapsh ? test : test.skip)('without the capability to become another user, names it', async () => {
    const command = [capsh ?? '', '--drop=cap_setuid', '--shell=/usr/bin/env', '--'];
    const said = await launch(dataDir, { command }).says('failed');
    expect(said).toMatch(/^EmbeddedPostgresError Vigie runs as root without CAP_SETUID: .*set DATABASE_URL/);
  });
});
