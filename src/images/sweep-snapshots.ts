import { Logger } from '@nestjs/common';
import type { Database } from '../database/database.js';
import { forgetFetchHosts } from '../database/statements/content/fetch-host.js';
import {
  checkSnapshots,
  type KeepDays,
  removeExpiredSnapshot,
  removeLostSnapshot,
  type SnapshotRef,
  unknownSnapshots,
} from '../database/statements/content/snapshots.js';
import { isOwnFolder } from './own-folder.js';
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
/**
 * Milliseconds before a row is removed: what was stored since is a copy of somebody who saw it gone already. The clock of the
 * disk may lag behind by less.
 */
const STORED_ANEW = 60_000;

/** Deletes copies whose time is over, and whatever has only a row or only a file. */
export class SweepSnapshots {
  private readonly logger = new Logger('Images');
  private nextFiles = 0;

  constructor(
    private readonly database: Database,
    private readonly store: SnapshotStore,
    private readonly options: SweepOptions,
  ) {}

  /**
   * Deletes nothing unless this is the folder in which the copies are: it may not be mounted, or be another's.
   * Throws what database and store throw.
   * @param stopped whether to end early
   */
  async sweep(stopped: () => boolean = () => false, now = Date.now()): Promise<void> {
    await forgetFetchHosts(this.database);
    const isOurs = await isOwnFolder(this.database, this.store);
    if (isOurs === false) {
      this.logger.error(
        'The folder of snapshots is not the one that holds them: nothing is deleted. "doctor" says what to do.',
      );
    }
    if (isOurs !== true) return;
    await this.expire(stopped);
    if (now < this.nextFiles) return;
    await this.removeStrayFiles(stopped, new Date(now - ON_ITS_WAY));
    this.nextFiles = now + FILES_EVERY;
  }

  private async expire(stopped: () => boolean): Promise<void> {
    const keep = { snapshots: this.options.keepSnapshotsDays, sealed: this.options.keepSealedDays };
    while (!stopped()) {
      const checked = await this.database.inIndexedTransaction((tx) =>
        checkSnapshots(tx, keep, LOOK_EVERY_MINUTES, AT_ONCE),
      );
      for (const { expired, sealed, ...ref } of checked) {
        if (expired) await this.removeExpired(ref, keep);
        else if (!(await this.store.has(ref))) await this.removeLost(ref, sealed);
      }
      if (checked.length < AT_ONCE) return;
    }
  }

  /** The row first, which says whether it still is: files without a row go within a day. */
  private async removeExpired(ref: SnapshotRef, keep: KeepDays): Promise<void> {
    const before = new Date(Date.now() - STORED_ANEW);
    const removed = await this.database.inIndexedTransaction((tx) => removeExpiredSnapshot(tx, ref, keep));
    if (removed) await this.store.delete(ref, before);
  }

  private async removeLost(ref: SnapshotRef, sealed: boolean): Promise<void> {
    // Is the folder still there at all?
    if ((await isOwnFolder(this.database, this.store)) !== true) return;
    const before = new Date(Date.now() - STORED_ANEW);
    const removed =
      !sealed && (await this.database.inIndexedTransaction((tx) => removeLostSnapshot(tx, ref)));
    if (removed) await this.store.delete(ref, before);
    else if (sealed)
      this.logger.error(`Files of a sealed snapshot are missing: ${ref.sha256.toString('hex')}.`);
  }

  private async removeStrayFiles(stopped: () => boolean, before: Date): Promise<void> {
    let found: SnapshotRef[] = [];
    let removed = 0;
    const settle = async (): Promise<void> => {
      for (const ref of await unknownSnapshots(this.database, found)) {
        await this.store.delete(ref, before);
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
