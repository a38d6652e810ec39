import type { SnapshotRef } from '../database/statements/content/snapshots.js';

/** For lists, and for review. */
export const SNAPSHOT_FILES = ['thumbnail', 'preview'] as const;
export type SnapshotFile = (typeof SNAPSHOT_FILES)[number];

/** Keeps the files of snapshots, WebP both. A disk does (disk-snapshots.ts); so would an object store. */
export interface SnapshotStore {
  /** Whole or not at all; again does no harm. */
  put(ref: SnapshotRef, file: SnapshotFile, bytes: Buffer): Promise<void>;
  /** Null when there is none. */
  get(ref: SnapshotRef, file: SnapshotFile): Promise<Buffer | null>;
  /** Are both files there? */
  has(ref: SnapshotRef): Promise<boolean>;
  /** Both files, or those that were stored before; none there does no harm. */
  delete(ref: SnapshotRef, storedBefore?: Date): Promise<void>;
  /** All that were stored before, each perhaps twice; what a process left half-written is removed on the way. */
  storedBefore(time: Date): AsyncIterable<SnapshotRef>;
  /** What tells this store from others; null: nothing does. */
  readMark(): Promise<string | null>;
  /** Marks it, unless it is marked; what it is marked with. */
  mark(mark: string): Promise<string>;
  /** Is there a place for copies of any site? */
  holdsCopies(): Promise<boolean>;
}

/** Rooms get the store under this token. */
export const SNAPSHOT_STORE = Symbol('SNAPSHOT_STORE');
