import { randomBytes } from 'node:crypto';
import { lstat, readdir, rm, utimes } from 'node:fs/promises';
import path from 'node:path';

/** Milliseconds after which the file that a running backup writes is touched, also where nothing is to be written. */
const TOUCHED_EVERY = 60_000;

/**
 * Milliseconds without a touch after which nobody writes it any more. A number of a process would say nothing on a folder that several
 * machines or containers share; and long enough for clocks there that are hours apart, and for a process that was paused.
 */
const LEFT_AFTER = 12 * 3_600_000;

/** Where a backup is written until all of it is there: two may be written to one name at once, and the last to end has it. */
export const partialFile = (file: string): string => `${file}.${randomBytes(8).toString('hex')}.partial`;

const SUFFIX = /^\.[\da-f]{16}\.partial$/;

/**
 * Shows that somebody writes this file, for as long as they do.
 *
 * @returns ends it
 */
export function keepTouched(partial: string): () => void {
  const timer = setInterval(() => {
    const now = new Date();
    // Not there yet, or no longer.
    void utimes(partial, now, now).catch(() => undefined);
  }, TOUCHED_EVERY).unref();
  return () => clearInterval(timer);
}

/**
 * Removes what backups to this name left that were killed while they wrote it; never what one is writing.
 *
 * @returns what was removed
 */
export async function removeLeftBehind(file: string): Promise<string[]> {
  const [folder, name] = [path.dirname(file), path.basename(file)];
  const removed: string[] = [];
  // Of a folder that is not there the one who writes tells.
  for (const found of await readdir(folder).catch(() => [])) {
    if (!found.startsWith(name) || !SUFFIX.test(found.slice(name.length))) continue;
    const partial = path.join(folder, found);
    const isLeft = await lstat(partial).then(
      (stat) => stat.isFile() && Date.now() - stat.mtimeMs > LEFT_AFTER,
      () => false,
    );
    if (!isLeft) continue;
    // Where it can not be removed the backup is none the worse.
    const isGone = await rm(partial).then(
      () => true,
      () => false,
    );
    if (isGone) removed.push(partial);
  }
  return removed;
}
