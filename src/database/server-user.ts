import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';

import { EmbeddedPostgresError } from './embedded-postgres-error.js';

/** As whom Postgres runs when Node is root. Spread into the options of `spawn`; empty means "as we are". */
export type ServerUser = { readonly uid: number; readonly gid: number } | Record<string, never>;

/** The user "nobody" of Linux and of macOS. */
const NOBODY = process.platform === 'darwin' ? -2 : 65_534;

/** The bits of CapEff (capabilities(7)) that it takes to hand folders to another user, become it and signal it. */
const NEEDED_BY_ROOT = [
  ['CAP_CHOWN', 0n],
  ['CAP_DAC_OVERRIDE', 1n],
  ['CAP_KILL', 5n],
  ['CAP_SETGID', 6n],
  ['CAP_SETUID', 7n],
] as const;

/**
 * Postgres refuses to run as root. Root then runs it as the owner of the first of these folders that belongs to
 * somebody else (so that a folder once used without root stays usable without it), else as "nobody".
 * @throws EmbeddedPostgresError when root lacks a capability that this takes
 */
export function serverUser(folders: readonly string[]): ServerUser {
  if (process.getuid?.() !== 0) return {};
  refuseWeakRoot();
  for (const folder of folders) {
    if (!existsSync(folder)) continue;
    const { uid, gid } = statSync(folder);
    if (uid !== 0) return { uid, gid };
  }
  return { uid: NOBODY, gid: NOBODY };
}

/** Whether that user gets as far as this folder: asked of the kernel, since modes are not all (ACLs, mounts). */
export function canReach(user: ServerUser, folder: string): boolean {
  return spawnSync('/bin/sh', ['-c', 'cd "$0"', folder], { ...user, cwd: '/', stdio: 'ignore' }).status === 0;
}

function refuseWeakRoot(): void {
  if (process.platform !== 'linux') return;
  const [, mask = '0'] = /CapEff:\s*([\da-f]+)/.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  const effective = BigInt(`0x${mask}`);
  const missing = NEEDED_BY_ROOT.filter(([, bit]) => ((effective >> bit) & 1n) === 0n).map(([name]) => name);
  if (missing.length === 0) return;
  throw new EmbeddedPostgresError(
    `Vigie runs as root without ${missing.join(', ')}: Postgres refuses root, and without that it can't run as ` +
      `another user. Start Vigie as a normal user, grant the capability, or set DATABASE_URL`,
  );
}
