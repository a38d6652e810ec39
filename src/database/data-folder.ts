import { execFile } from 'node:child_process';
import {
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

import type { ClusterFolder } from './cluster-folder.js';
import { EmbeddedPostgresError, usingFolder } from './embedded-postgres-error.js';
import { publishFolder, type PostgresBinaries } from './postgres-binaries.js';

/** All that the server and its tools see of our environment. */
export const SERVER_ENVIRONMENT = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' } as const;

/** What initdb makes early, in the middle and near its end; a folder that lacks one of them never held data. */
const MADE_BY_INITDB = ['PG_VERSION', 'global/pg_control', 'base/4/PG_VERSION'];

/** A draft of a start that was killed; a living start is done with its own within seconds. */
const ABANDONED_AFTER_MS = 3_600_000;

/**
 * The cluster's data folder, made by initdb if there is none.
 *
 * A half-made folder is left as it is and another name is taken (data-2, ...): moving or emptying it could hit a
 * folder that another start has just finished. So whatever is complete is used first, whatever its number.
 * @throws EmbeddedPostgresError when initdb fails or the data is of another major version
 */
export async function prepareDataFolder(
  cluster: ClusterFolder,
  binaries: PostgresBinaries,
  log: (line: string) => void,
): Promise<string> {
  const existing = completeFolder(cluster.home);
  if (existing === undefined) {
    const name = freeName(cluster.home, log);
    await makeDataFolder(name, cluster, binaries);
    return name;
  }
  const major = readFileSync(path.join(existing, 'PG_VERSION'), 'utf8').trim();
  if (major !== String(binaries.major)) {
    throw new EmbeddedPostgresError(
      `${existing} was made by Postgres ${major}, and this is Postgres ${binaries.major}: start the Vigie that made ` +
        `it and dump the database (pg_dump), or set DATA_DIR to a new folder`,
    );
  }
  return existing;
}

function nameOf(home: string, number: number): string {
  return path.join(home, number === 1 ? 'data' : `data-${number}`);
}

function completeFolder(home: string): string | undefined {
  const numbers = readdirSync(home).map((name) => Number(/^data(?:-(\d+))?$/.exec(name)?.[1] ?? 1));
  return [...new Set(numbers)]
    .sort((a, b) => a - b)
    .map((number) => nameOf(home, number))
    .find((folder) => MADE_BY_INITDB.every((file) => existsSync(path.join(folder, file))));
}

function freeName(home: string, log: (line: string) => void): string {
  for (let number = 1; ; number += 1) {
    const name = nameOf(home, number);
    if (!existsSync(name) || readdirSync(name).length === 0) return name;
    log(`${name} is only half made and is not used; it may be deleted`);
  }
}

async function makeDataFolder(
  name: string,
  { home, user }: ClusterFolder,
  binaries: PostgresBinaries,
): Promise<void> {
  const draft = usingFolder(home, () => {
    removeAbandonedDrafts(home);
    const folder = mkdtempSync(path.join(home, '.draft-'));
    if (user.uid !== undefined) chownSync(folder, user.uid, user.gid);
    return folder;
  });
  const options = ['--username=postgres', '--auth=trust', '--encoding=UTF8', '--locale=C'];
  const collation = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  // One call for the whole file system instead of one per file: half of initdb's time on a busy disk. Linux only.
  const sync = process.platform === 'linux' ? ['--sync-method=syncfs'] : [];
  try {
    await promisify(execFile)(binaries.initdb, [`--pgdata=${draft}`, ...options, ...collation, ...sync], {
      ...user,
      env: SERVER_ENVIRONMENT,
      cwd: '/',
    });
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw initdbError(error as NodeJS.ErrnoException & { stderr?: string }, binaries);
  }
  usingFolder(home, () => {
    publishFolder(draft, name);
    syncFolder(home);
  });
}

function removeAbandonedDrafts(home: string): void {
  for (const name of readdirSync(home).filter((entry) => entry.startsWith('.draft-'))) {
    const draft = path.join(home, name);
    const { mtimeMs } = statSync(draft, { throwIfNoEntry: false }) ?? { mtimeMs: Infinity };
    if (Date.now() - mtimeMs > ABANDONED_AFTER_MS) rmSync(draft, { recursive: true, force: true });
  }
}

function initdbError(
  error: NodeJS.ErrnoException & { stderr?: string },
  { initdb }: PostgresBinaries,
): EmbeddedPostgresError {
  const said = error.stderr?.trim();
  if (said?.includes('could not look up effective user ID')) {
    return new EmbeddedPostgresError(
      `User ${process.getuid?.()} has no name on this system (/etc/passwd), and Postgres's initdb asks for one: start ` +
        `Vigie as a user with a name, or set DATABASE_URL`,
      { cause: error },
    );
  }
  if (said === undefined || said === '') {
    return new EmbeddedPostgresError(
      `${initdb} can't run on this system (a C library other than glibc, or a mount without exec?): set DATABASE_URL ` +
        `to a Postgres of your own. It said: ${error.message}`,
      { cause: error },
    );
  }
  return new EmbeddedPostgresError(
    `Making the embedded database failed. Correct what is named below, set DATA_DIR to another folder, or set ` +
      `DATABASE_URL. It said:\n${said.slice(-4096)}`,
    { cause: error },
  );
}

/** Without it a power cut could forget the new name after reports were acknowledged. */
function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
