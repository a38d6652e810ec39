import { accessSync, constants, statfsSync } from 'node:fs';
import os from 'node:os';

/** What the logs and the databases of tests never fill. */
const ENOUGH_BYTES = 4 * 2 ** 30;

/**
 * Where clusters of tests are made: in memory where there is enough of it, since making a cluster or a database is
 * mostly waiting for the disk. Postgres and its settings are the same, and memory outlives every process that a test
 * kills.
 */
export function memoryFolder(): string {
  const memory = '/dev/shm';
  try {
    accessSync(memory, constants.W_OK | constants.X_OK);
    const { bavail, bsize } = statfsSync(memory);
    if (bavail * bsize >= ENOUGH_BYTES) return memory;
  } catch {
    // Not on this system.
  }
  return os.tmpdir();
}
