import { chmodSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** A folder for an embedded Postgres, and what a test must know of the server in it. */
export class DataDir {
  readonly folder: string;

  /** @param where on the disk, as in life, or in `memoryFolder`, which is sooner made and filled */
  constructor(where = os.tmpdir()) {
    this.folder = realpathSync(mkdtempSync(path.join(where, 'vigie-')));
    // Passable for the user that Postgres runs as when this is root; the cluster's own folder stays closed.
    chmodSync(this.folder, 0o755);
  }

  private get cluster(): string {
    return path.join(this.folder, 'postgres');
  }

  get databaseUrl(): string {
    return `postgresql://postgres@localhost:5432/vigie?host=${encodeURIComponent(this.cluster)}`;
  }

  /** The process id of the server; null when none runs or has just gone. */
  serverPid(): number | null {
    try {
      const pid = Number.parseInt(
        readFileSync(path.join(this.cluster, 'data', 'postmaster.pid'), 'utf8'),
        10,
      );
      process.kill(pid, 0);
      return pid;
    } catch {
      return null;
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
