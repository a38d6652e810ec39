import type { Tx } from '../../tx.js';
import { appendEvents } from '../log/append-events.js';
import type { SnapshotRef } from './snapshots.js';

/** Tells the log who opened or deleted which copy. As every writer of the log the last statement of its transaction. */
export async function logSnapshot(
  tx: Tx,
  type: 'snapshot.opened' | 'snapshot.deleted',
  { siteId, sha256 }: SnapshotRef,
  by: { readonly staffId: string; readonly imageId: string; readonly file?: string },
): Promise<void> {
  const event = {
    siteId,
    imageId: by.imageId,
    caseId: null,
    decisionId: null,
    type,
    actor: { kind: 'staff', id: by.staffId },
    ruleVersion: null,
    data: { sha256: sha256.toString('hex'), ...(by.file === undefined ? {} : { file: by.file }) },
    visibility: null,
  } as const;
  await appendEvents(tx, [event], null);
}
