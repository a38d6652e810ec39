import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

import type { ClusterFolder } from './cluster-folder.js';
import { EmbeddedPostgresError, usingFolder } from './embedded-postgres-error.js';
import { canReach } from './server-user.js';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Of Postgres: 18. A data folder of another major version can't be opened. */
  readonly major: number;
}

/** `source` is the library, `target` the link to it; both are relative to the package. */
interface LibraryLink {
  readonly source: string;
  readonly target: string;
}

/**
 * The Postgres that npm installed for this platform. Where the server's user can't reach it, or where its install
 * script did not run (the links between its libraries are then missing), a copy in the cluster's folder is used.
 * @throws EmbeddedPostgresError when there is none for this platform
 */
export function findPostgresBinaries({ home, user }: ClusterFolder): PostgresBinaries {
  const packageFolder = installedPackage();
  const { version } = readJson<{ version: string }>(path.join(packageFolder, 'package.json'));
  const links = readJson<LibraryLink[]>(path.join(packageFolder, 'native', 'pg-symlinks.json'));
  const complete = links.every(({ target }) => existsSync(path.join(packageFolder, target)));
  const usable = complete && canReach(user, path.join(packageFolder, 'native', 'bin'));
  const folder = usable ? packageFolder : copyOf(packageFolder, version, links, home);
  const bin = path.join(folder, 'native', 'bin');
  return {
    initdb: path.join(bin, 'initdb'),
    postgres: path.join(bin, 'postgres'),
    major: Number.parseInt(version, 10),
  };
}

function installedPackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    let folder = path.dirname(require.resolve(name));
    while (!existsSync(path.join(folder, 'package.json'))) folder = path.dirname(folder);
    accessSync(path.join(folder, 'native', 'bin', 'postgres'), constants.R_OK);
    return folder;
  } catch (error) {
    throw new EmbeddedPostgresError(
      `npm installed no Postgres for this platform (${name}): install again without --omit=optional, or set ` +
        `DATABASE_URL to a Postgres of your own`,
      { cause: error },
    );
  }
}

function copyOf(packageFolder: string, version: string, links: readonly LibraryLink[], home: string): string {
  const copy = path.join(home, `binaries-${version}`);
  if (existsSync(copy)) return copy;
  return usingFolder(home, () => {
    const draft = mkdtempSync(path.join(home, '.draft-'));
    cpSync(path.join(packageFolder, 'native'), path.join(draft, 'native'), {
      recursive: true,
      verbatimSymlinks: true,
    });
    for (const { source, target } of links) {
      const link = path.join(draft, target);
      rmSync(link, { force: true });
      symlinkSync(path.relative(path.dirname(link), path.join(draft, source)), link);
    }
    chmodSync(draft, 0o755);
    publishFolder(draft, copy);
    return copy;
  });
}

/**
 * Gives a finished draft its name. Of two starts at once the second finds the name taken (rename(2) refuses a folder
 * that is not empty), throws its draft away and uses the first one's.
 */
export function publishFolder(draft: string, name: string): void {
  try {
    renameSync(draft, name);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
    rmSync(draft, { recursive: true, force: true });
  }
}

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}
