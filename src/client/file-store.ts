import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { StateStore } from './state-store.js';

let temporaries = 0;

/**
 * Keeps the state in a file: written beside it, synced, then renamed, so that after a crash or a power cut there is the
 * old one or the new one. Makes the folder. Processes may share a file (the last one to write wins), but one for each is
 * better.
 */
export function fileStore(file: string): StateStore {
  const target = path.resolve(file);
  return {
    load: () => readFile(target).catch(nullWhenMissing),
    async save(bytes) {
      await mkdir(path.dirname(target), { recursive: true });
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
