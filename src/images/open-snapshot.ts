import { Inject, Injectable } from '@nestjs/common';
import { notFound, VigieError } from '../core/errors.js';
import { Database } from '../database/database.js';
import { logSnapshot } from '../database/statements/content/log-snapshot.js';
import { readSnapshot } from '../database/statements/content/snapshots.js';
import { SnapshotAddresses, type SnapshotGrant } from './snapshot-addresses.js';
import { SNAPSHOT_STORE, type SnapshotStore } from './snapshot-store.js';

/** A snapshot's bytes, and how long whoever has the address may keep them. */
export interface OpenedSnapshot {
  readonly bytes: Buffer;
  /** 0: not at all. */
  readonly seconds: number;
}

/** Shows a snapshot to whoever has an address of it, as long as it is not sealed. */
@Injectable()
export class OpenSnapshot {
  constructor(
    private readonly database: Database,
    private readonly addresses: SnapshotAddresses,
    @Inject(SNAPSHOT_STORE) private readonly store: SnapshotStore,
  ) {}

  /**
   * Whether it is sealed is asked now, not when the address was made: an address that was handed out a moment before
   * somebody gave the severe reason opens nothing any more, nor does that of somebody who has left. Who opens a sealed one is in the log before they see it.
   *
   * @throws VigieError NOT_FOUND; GONE for an address that is over and a snapshot that was deleted; FORBIDDEN when sealed
   */
  async open(token: string): Promise<OpenedSnapshot> {
    const grant = this.grantOf(token);
    const state = await this.database.inIndexedTransaction((tx) => readSnapshot(tx, grant, grant.staffId));
    if (state?.member !== true) throw notFound('snapshot');
    if (state.deleted) throw deleted();
    if (state.sealed && !(grant.legal && state.legal)) throw sealed();
    const bytes = await this.store.get(grant, grant.file);
    if (bytes === null) throw notFound('snapshot');
    if (!state.sealed) return { bytes, seconds: grant.secondsLeft };
    await this.database.inTransaction((tx) => logSnapshot(tx, 'snapshot.opened', grant, grant));
    return { bytes, seconds: 0 };
  }

  /** @throws VigieError NOT_FOUND, GONE */
  grantOf(token: string): SnapshotGrant & { readonly secondsLeft: number } {
    const grant = this.addresses.open(token);
    if (grant === null) throw notFound('snapshot');
    if (grant.secondsLeft <= 0) {
      throw new VigieError(
        'GONE',
        'This address is over. Ask for the case or the image again: it has a new one.',
      );
    }
    return grant;
  }
}

const deleted = (): VigieError => new VigieError('GONE', 'This snapshot was deleted.');

const sealed = (): VigieError =>
  new VigieError('FORBIDDEN', 'This snapshot is sealed: only who has the permission "legal" opens it.');
