import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { StateStore } from './state-store.js';

let temporaries = 0;

/** Ms. What nobody wrote for so long, and did not rename, is of a process that was killed; nor is it looked for more often. */
const LEFT_AFTER = 600_000;

/**
 * Keeps the state in a file: written beside it, synced, then renamed, so that after a crash or a power cut there is the
 * old one or the new one. What a killed process left beside it is taken away. Makes the folder. Processes may share a file (the last one to write wins), but one for each is
 * better.
 */
export function fileStore(file: string): StateStore {
  const target = path.resolve(file);
  let looked = 0;
  return {
    load: () => readFile(target).catch(nullWhenMissing),
    async save(bytes) {
      await mkdir(path.dirname(target), { recursive: true });
      if (Math.abs(Date.now() - looked) > LEFT_AFTER) {
        looked = Date.now();
        // What can not be taken away now may be the next time.
        await removeLeft(target).catch(() => undefined);
      }
      temporaries += 1;
      const temporary = `${target}.${process.pid}-${temporaries}.tmp`;
      try {
        const handle = await open(temporary, 'w', 0o600);
        try {
          await handle.writeFile(bytes);
          await handle.sync();
        } finally {
          await handle.close();
        }
        await rename(temporary, target);
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
      await syncFolder(path.dirname(target));
    },
  };
}

/** Processes may be of other machines or containers: nothing tells whether one of them still lives but the age of its file. */
async function removeLeft(target: string): Promise<void> {
  const folder = path.dirname(target);
  const prefix = `${path.basename(target)}.`;
  for (const name of await readdir(folder)) {
    if (!name.startsWith(prefix) || !/^\d+-\d+\.tmp$/.test(name.slice(prefix.length))) continue;
    const temporary = path.join(folder, name);
    const { mtimeMs } = await stat(temporary);
    if (Date.now() - mtimeMs > LEFT_AFTER) await rm(temporary, { force: true });
  }
}

/** So that the new name, too, is there after a power cut. Some systems can not open folders. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

function nullWhenMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}
