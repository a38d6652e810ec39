import type { Database } from '../database/database.js';
import { insertSnapshot, type SnapshotRef, wantsSnapshot } from '../database/statements/content/snapshots.js';
import type { ExaminedImage } from './examine-image.js';
import { takeFolder } from './own-folder.js';
import type { SnapshotStore } from './snapshot-store.js';

/**
 * Keeps a copy of what was found, unless there is one of this content, one was deleted by hand, or the bytes are sealed.
 * The files first, so that a row never promises what is not there; whoever seals the bytes in between is seen when the row
 * is written, and the files go again.
 *
 * Throws what database and store throw, and where the folder is not the one that holds the others.
 *
 * @param content what the bytes are by now
 */
export async function keepSnapshot(
  database: Database,
  store: SnapshotStore,
  ref: SnapshotRef,
  { thumbnail, preview }: NonNullable<ExaminedImage['snapshots']>,
  content: { readonly imageId: string; readonly version: number },
): Promise<void> {
  const wanted = await database.inIndexedTransaction((tx) => wantsSnapshot(tx, ref, content));
  if (!wanted) return;
  if (!(await takeFolder(database, store)))
    throw new Error('The folder of snapshots is not the one that holds them.');
  await store.put(ref, 'thumbnail', thumbnail);
  await store.put(ref, 'preview', preview);
  const sizes = { thumbnail: thumbnail.length, preview: preview.length };
  const stands = await database.inIndexedTransaction((tx) => insertSnapshot(tx, ref, sizes));
  if (!stands) await store.delete(ref);
}
