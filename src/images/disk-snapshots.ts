import { randomBytes } from 'node:crypto';
import { access, link, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { makeFolder } from '../config/make-folder.js';
import type { SnapshotRef } from '../database/statements/content/snapshots.js';
import { syncFolder } from '../database/sync-folder.js';
import { SNAPSHOT_FILES, type SnapshotFile, type SnapshotStore } from './snapshot-store.js';

const FILE = /^([0-9a-f]{64})-(?:thumbnail|preview)\.webp$/;
const HALF_WRITTEN = /\.half$/;
const SITE = /^[1-9]\d*$/;
/** Beside the sites' folders. */
export const MARK_FILE = 'installation';

/**
 * Snapshots as files, `<site>/<aa>/<sha256>-thumbnail.webp`: a folder for each site, so that all of one can be removed,
 * and 256 in it, so that none grows without end. Paths are made of digits and hexadecimal only. Readable for nobody else.
 */
export class DiskSnapshots implements SnapshotStore {
  /** @param root absolute; made with the first file */
  constructor(readonly root: string) {}

  async put(ref: SnapshotRef, file: SnapshotFile, bytes: Buffer): Promise<void> {
    const target = this.pathOf(ref, file);
    const folder = path.dirname(target);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    // Of a name of its own: two processes may store the same picture at once.
    const half = `${target}.${randomBytes(8).toString('hex')}.half`;
    try {
      await writeSynced(half, bytes);
      await rename(half, target);
    } catch (error) {
      await rm(half, { force: true });
      throw error;
    }
    await syncFolder(folder);
  }

  async get(ref: SnapshotRef, file: SnapshotFile): Promise<Buffer | null> {
    try {
      return await readFile(this.pathOf(ref, file));
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  async has(ref: SnapshotRef): Promise<boolean> {
    const there = SNAPSHOT_FILES.map((file) =>
      access(this.pathOf(ref, file)).then(
        () => true,
        (error: unknown) => {
          if (isMissing(error)) return false;
          throw error;
        },
      ),
    );
    return (await Promise.all(there)).every(Boolean);
  }

  async delete(ref: SnapshotRef, storedBefore?: Date): Promise<void> {
    for (const file of SNAPSHOT_FILES) {
      const target = this.pathOf(ref, file);
      if (storedBefore === undefined || (await isOlder(target, storedBefore)))
        await rm(target, { force: true });
    }
  }

  async *storedBefore(time: Date): AsyncGenerator<SnapshotRef> {
    for (const siteId of await namesIn(this.root, SITE)) {
      for (const folder of await namesIn(path.join(this.root, siteId), /^[0-9a-f]{2}$/)) {
        const inside = path.join(this.root, siteId, folder);
        for (const name of await namesIn(inside, /./)) {
          const [, hex] = FILE.exec(name) ?? [];
          if (hex === undefined && !HALF_WRITTEN.test(name)) continue;
          const file = path.join(inside, name);
          if (!(await isOlder(file, time))) continue;
          if (hex === undefined) await rm(file, { force: true });
          else yield { siteId, sha256: Buffer.from(hex, 'hex') };
        }
      }
    }
  }

  async readMark(): Promise<string | null> {
    try {
      return (await readFile(path.join(this.root, MARK_FILE), 'utf8')).trim();
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  async mark(mark: string): Promise<string> {
    const target = path.join(this.root, MARK_FILE);
    makeFolder(this.root, 0o700);
    const half = `${target}.${randomBytes(8).toString('hex')}.half`;
    try {
      await writeSynced(half, mark);
      // Unlike a rename it fails where there is one: of two processes one decides.
      await link(half, target);
    } catch (error) {
      if (!isThere(error)) throw error;
    } finally {
      await rm(half, { force: true });
    }
    await syncFolder(this.root);
    return (await this.readMark()) ?? mark;
  }

  async holdsCopies(): Promise<boolean> {
    return (await namesIn(this.root, SITE)).length > 0;
  }

  private pathOf({ siteId, sha256 }: SnapshotRef, file: SnapshotFile): string {
    if (!/^[1-9]\d{0,18}$/.test(siteId) || sha256.length !== 32 || !SNAPSHOT_FILES.includes(file)) {
      throw new RangeError('This is not the name of a snapshot.');
    }
    const hex = sha256.toString('hex');
    return path.join(this.root, siteId, hex.slice(0, 2), `${hex}-${file}.webp`);
  }
}

async function writeSynced(file: string, content: Buffer | string): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function namesIn(folder: string, pattern: RegExp): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => pattern.test(name));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

async function isOlder(file: string, time: Date): Promise<boolean> {
  try {
    return (await stat(file)).mtimeMs < time.getTime();
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

const codeOf = (error: unknown): unknown => (error as { code?: unknown } | null)?.code;
const isMissing = (error: unknown): boolean => codeOf(error) === 'ENOENT';
const isThere = (error: unknown): boolean => codeOf(error) === 'EEXIST';
