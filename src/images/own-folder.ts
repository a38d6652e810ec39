import { randomBytes } from 'node:crypto';
import type { Database } from '../database/database.js';
import { chooseSnapshotFolder, readSnapshotFolder } from '../database/statements/content/snapshot-folder.js';
import type { SnapshotStore } from './snapshot-store.js';

type MarkedStore = Pick<SnapshotStore, 'readMark' | 'mark' | 'holdsCopies'>;

/**
 * Are the copies of this installation kept here? Null: none has been kept anywhere yet. A folder that is not mounted, or
 * that of another DATA_DIR, looks empty or is full of what nobody knows: nothing must be deleted by it.
 */
export async function isOwnFolder(
  database: Database,
  store: Pick<MarkedStore, 'readMark'>,
): Promise<boolean | null> {
  const wanted = await readSnapshotFolder(database);
  return wanted === null ? null : (await store.readMark()) === wanted;
}

/** The same before the first copy of all is kept: then this folder becomes the one, unless it holds another's copies. */
export async function takeFolder(database: Database, store: MarkedStore): Promise<boolean> {
  const isOwn = await isOwnFolder(database, store);
  if (isOwn !== null) return isOwn;
  // The file first: who ends here finds it when they begin again, and so does another process with the same folder.
  if (!(await store.holdsCopies()))
    await chooseSnapshotFolder(database, await store.mark(randomBytes(16).toString('hex')));
  return (await isOwnFolder(database, store)) ?? false;
}
