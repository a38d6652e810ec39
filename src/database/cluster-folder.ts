import { hash } from 'node:crypto';
import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';

import { makeFolder } from '../config/make-folder.js';
import { EmbeddedPostgresError, usingFolder } from './embedded-postgres-error.js';
import { canReach, serverUser, type ServerUser } from './server-user.js';

/** Where the embedded Postgres of one DATA_DIR lives. */
export interface ClusterFolder {
  /** Holds the data folder, a copy of the binaries where one is needed, and the socket; mode 0700. */
  readonly home: string;
  readonly socketFolder: string;
  readonly user: ServerUser;
}

/** Root's fallback. A new name for the folder would lose sight of every cluster in it. */
const OUTSIDE = '/var/lib/vigie';

/** The kernel's limit is 103 bytes on macOS and 107 on Linux, and Postgres puts a lock file beside the socket. */
const LONGEST_SOCKET_PATH = 90;

/**
 * Makes or finds the cluster's folder: <DATA_DIR>/postgres. When root's DATA_DIR is closed to the user that Postgres
 * runs as, it is /var/lib/vigie/<hash of DATA_DIR>, and stays there.
 * @throws EmbeddedPostgresError when the folder can't be used
 */
export function openClusterFolder(dataDir: string, log: (line: string) => void): ClusterFolder {
  const real = usingFolder(dataDir, () => {
    makeFolder(dataDir);
    return realpathSync(dataDir);
  });
  const inside = path.join(real, 'postgres');
  const outside = path.join(OUTSIDE, shortName(real));
  const root = process.getuid?.() === 0;
  const user = usingFolder(inside, () =>
    serverUser(root && existsSync(outside) ? [outside] : [inside, real]),
  );

  let home = inside;
  if (root && !existsSync(inside) && (existsSync(outside) || !canReach(user, real))) {
    home = outside;
    log(`${real} is closed to the user that Postgres runs as: the database is in ${outside}`);
    usingFolder(OUTSIDE, () => {
      mkdirSync(OUTSIDE, { recursive: true });
      chmodSync(OUTSIDE, 0o755);
    });
  }
  makePrivate(home, user);
  if (root && !canReach(user, home)) {
    throw new EmbeddedPostgresError(
      `The database is in ${home}, which user ${user.uid}, as whom Postgres runs, can't reach any more: open the ` +
        `folders above it (chmod o+x), or set DATABASE_URL`,
    );
  }
  return { home, socketFolder: socketFolder(home, user), user };
}

/** A folder for the server's user alone. One that is there must already be so: others could have filled it. */
function makePrivate(folder: string, user: ServerUser): void {
  const uid = user.uid ?? process.getuid?.();
  const { uid: owner } = usingFolder(folder, () => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const stat = lstatSync(folder);
    // Made by root just now, here or in another start.
    if (user.uid !== undefined && stat.uid === 0 && stat.isDirectory()) chownSync(folder, user.uid, user.gid);
    return statSync(folder);
  });
  if (uid !== undefined && owner !== uid >>> 0) {
    throw new EmbeddedPostgresError(
      `${folder} belongs to user ${owner}, and this is user ${uid}: start Vigie as that user or as root, set DATA_DIR ` +
        `to another folder, or set DATABASE_URL`,
    );
  }
  if (!lstatSync(folder).isDirectory()) {
    throw new EmbeddedPostgresError(`${folder} must be a folder: move away what is there`);
  }
  usingFolder(folder, () => chmodSync(folder, 0o700));
}

/** A path that is too long for a socket, or that Postgres would read as a list, gets a short name that stays. */
function socketFolder(home: string, user: ServerUser): string {
  const socket = path.join(home, '.s.PGSQL.5432');
  if (Buffer.byteLength(socket) <= LONGEST_SOCKET_PATH && !/[",\\]/.test(home)) return home;
  const short = `/tmp/vigie-${shortName(home)}`;
  makePrivate(short, user);
  return short;
}

function shortName(folder: string): string {
  return hash('sha256', folder, 'hex').slice(0, 16);
}
