import { Inject, Injectable } from '@nestjs/common';
import { roleOn, type StaffCaller } from '../access/caller.js';
import { notFound, VigieError } from '../core/errors.js';
import { Database } from '../database/database.js';
import { logSnapshot } from '../database/statements/content/log-snapshot.js';
import { deleteSnapshotRow } from '../database/statements/content/snapshots.js';
import { OpenSnapshot } from './open-snapshot.js';
import { SNAPSHOT_STORE, type SnapshotStore } from './snapshot-store.js';

/** Deletes one copy for good, sealed or not: none is made again of its bytes, nor of that content version of the image. */
@Injectable()
export class DeleteSnapshot {
  constructor(
    private readonly database: Database,
    private readonly snapshots: OpenSnapshot,
    @Inject(SNAPSHOT_STORE) private readonly store: SnapshotStore,
  ) {}

  /**
   * The row says it first: from then on nobody is shown the files, and should the process end here, the sweeper finds them.
   *
   * @throws VigieError FORBIDDEN without the `legal` permission; NOT_FOUND, for other sites' too; GONE
   */
  async delete({ staffId, ...caller }: StaffCaller, token: string): Promise<void> {
    if (!caller.legal) throw new VigieError('FORBIDDEN', 'This needs the permission "legal".');
    const grant = this.snapshots.grantOf(token);
    if (roleOn({ staffId, ...caller }, grant.siteId) === null) throw notFound('snapshot');
    await this.database.inTransaction(async (tx) => {
      if (!(await deleteSnapshotRow(tx, grant))) throw notFound('snapshot');
      await logSnapshot(tx, 'snapshot.deleted', grant, { staffId, imageId: grant.imageId });
    });
    await this.store.delete(grant);
  }
}
