import { Logger } from '@nestjs/common';
import type { Database } from '../database/database.js';
import { forgetFetchHosts } from '../database/statements/fetch-host.js';
import {
  checkSnapshots,
  removeSnapshotRow,
  type SnapshotRef,
  unknownSnapshots,
} from '../database/statements/snapshots.js';
import type { SnapshotStore } from './snapshot-store.js';

export interface SweepOptions {
  /** In days, after they were last needed. */
  readonly keepSnapshotsDays: number;
  /** In days, after they were sealed; null: until somebody deletes them. */
  readonly keepSealedDays: number | null;
}

/** Each copy is looked at once in so many minutes: by so much may one outlive its time. */
const LOOK_EVERY_MINUTES = 60;
/** Copies at once: some milliseconds of work. */
const AT_ONCE = 200;
/** Files are looked through once in so many milliseconds, since whatever leaves one without a row is rare: once a day. */
const FILES_EVERY = 86_400_000;
/** A file is written before its row. Younger ones without a row are on their way. */
const ON_ITS_WAY = 3_600_000;

/** Deletes copies whose time is over, and whatever has only a row or only a file. */
export class SweepSnapshots {
  private readonly logger = new Logger('Images');
  private nextFiles = 0;

  constructor(
    private readonly database: Database,
    private readonly store: SnapshotStore,
    private readonly options: SweepOptions,
  ) {}

  /** Throws what database and store throw. @param stopped whether to end early */
  async sweep(stopped: () => boolean = () => false, now = Date.now()): Promise<void> {
    await this.expire(stopped);
    await forgetFetchHosts(this.database);
    if (now < this.nextFiles) return;
    await this.removeStrayFiles(stopped, new Date(now - ON_ITS_WAY));
    this.nextFiles = now + FILES_EVERY;
  }

  private async expire(stopped: () => boolean): Promise<void> {
    const { keepSnapshotsDays: snapshots, keepSealedDays: sealed } = this.options;
    while (!stopped()) {
      const keep = { snapshots, sealed };
      const checked = await this.database.inIndexedTransaction((tx) =>
        checkSnapshots(tx, keep, LOOK_EVERY_MINUTES, AT_ONCE),
      );
      for (const { expired, ...ref } of checked) {
        if (!expired && (await this.store.has(ref))) continue;
        // The files first: a row without files is found again by its next look, files without a row only in a day.
        await this.store.delete(ref);
        await removeSnapshotRow(this.database, ref);
      }
      if (checked.length < AT_ONCE) return;
    }
  }

  private async removeStrayFiles(stopped: () => boolean, before: Date): Promise<void> {
    let found: SnapshotRef[] = [];
    let removed = 0;
    const settle = async (): Promise<void> => {
      for (const ref of await unknownSnapshots(this.database, found)) {
        await this.store.delete(ref);
        removed += 1;
      }
      found = [];
    };
    for await (const ref of this.store.storedBefore(before)) {
      if (stopped()) return;
      found.push(ref);
      if (found.length >= AT_ONCE) await settle();
    }
    await settle();
    if (removed > 0) this.logger.log(`${removed} files of snapshots that nothing knows of were removed.`);
  }
}
