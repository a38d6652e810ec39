import type { Tx } from '../../tx.js';

const read = {
  name: 'read-snapshot-folder',
  text: `select snapshots as mark from installation`,
};

const choose = {
  name: 'choose-snapshot-folder',
  // The first to ask decides.
  text: `
    update installation set snapshots = coalesce(snapshots, $1)
    returning snapshots as mark`,
};

/** What marks the folder in which the copies are; null: none was chosen yet. */
export async function readSnapshotFolder(db: Pick<Tx, 'query'>): Promise<string | null> {
  const [row] = await db.query<{ mark: string | null }>(read);
  return row?.mark ?? null;
}

/** Makes the folder with this mark the one in which the copies are, unless there is one; the mark of that one. */
export async function chooseSnapshotFolder(db: Pick<Tx, 'query'>, mark: string): Promise<string | null> {
  const [row] = await db.query<{ mark: string }>(choose, [mark]);
  return row?.mark ?? null;
}
