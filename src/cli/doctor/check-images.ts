import { constants, existsSync } from 'node:fs';
import { access } from 'node:fs/promises';
import path from 'node:path';
import type { VigieConfig } from '../../config/load-config.js';
import type { Database } from '../../database/database.js';
import { countWatched } from '../../database/statements/content/count-watched.js';
import { readSnapshotFolder } from '../../database/statements/content/snapshot-folder.js';
import { DiskSnapshots, MARK_FILE } from '../../images/disk-snapshots.js';
import { isOwnFolder } from '../../images/own-folder.js';
import { snapshotFolder } from '../../images/images.module.js';
import { failed, type Finding, ok, warning } from './finding.js';

/** A look that has been due for so many seconds is late: budgets of hosts put some off for an hour. */
const LATE = 2 * 3_600;
/** Where more than this part of all addresses fails, it is hardly the fault of each of them. */
const MANY = 0.5;

/** Whether copies of images can be kept: in their folder, or where it will be made. */
export async function checkSnapshotFolder(config: VigieConfig): Promise<Finding> {
  const wanted = snapshotFolder(config);
  let folder = wanted;
  while (!existsSync(folder) && folder !== path.dirname(folder)) folder = path.dirname(folder);
  try {
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return ok('snapshots', `${wanted}, for copies of images, can be written to`);
  } catch {
    return failed('snapshots', `No copies of images can be kept in ${wanted}: give this user the folder.`);
  }
}

/** Whether the folder is the one in which the copies are: nothing is said where it is. Needs a migrated database. */
export async function checkOwnFolder(database: Database, config: VigieConfig): Promise<Finding[]> {
  const folder = snapshotFolder(config);
  const store = new DiskSnapshots(folder);
  const isOwn = await isOwnFolder(database, store);
  if (isOwn === false) {
    const mark = (await readSnapshotFolder(database)) ?? '';
    return [
      failed(
        'snapshots',
        `${folder} is not the folder that holds the copies of images: mount it, or set DATA_DIR. Nothing is kept or ` +
          `deleted until then. If they are lost for good, write ${mark} into ${path.join(folder, MARK_FILE)}.`,
      ),
    ];
  }
  if (isOwn === true || !(await store.holdsCopies())) return [];
  return [
    failed(
      'snapshots',
      `${folder} holds copies that this database knows nothing of: move them away, or set DATA_DIR. None is kept until then.`,
    ),
  ];
}

/** How looking at the addresses of images goes. Needs a migrated database. */
export async function checkImages(database: Database, { images }: VigieConfig): Promise<Finding> {
  if (!images.fetch) return ok('images', 'None are fetched: FETCH_IMAGES is off.');
  const { watched, failing, lateSeconds } = await countWatched(database);
  const said = `${watched} addresses are looked at, ${failing} of them in vain`;
  if (lateSeconds !== null && lateSeconds > LATE) {
    const hours = Math.floor(lateSeconds / 3_600);
    return warning('images', `${said}; one has been due for ${hours} h: does a process run background jobs?`);
  }
  if (failing > 10 && failing > watched * MANY) {
    return warning('images', `${said}: can this machine reach the web (a firewall, a proxy, name servers)?`);
  }
  return ok('images', said);
}
