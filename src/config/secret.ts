import { hkdfSync, randomBytes, randomUUID } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { ConfigError, shortestSecretBytes, type VigieConfig } from './load-config.js';
import { makeFolder } from './make-folder.js';

/**
 * The secret from which every key is derived: VIGIE_SECRET as given, else what <dataDir>/secret holds, made at the
 * first start from 32 random bytes. The file is text, so that its content can later be given as VIGIE_SECRET and
 * readers keep their identities. Never log it, and never put it in an error.
 * @throws ConfigError when the file can't be made, read or is damaged.
 */
export const loadSecret = (config: Pick<VigieConfig, 'dataDir'>, env: NodeJS.ProcessEnv): Buffer =>
  secretIfThere(config, env) ??
  checked(
    config,
    tried(config, (file) => makeSecret(config.dataDir, file)),
  );

/**
 * The same where it was given or made; else null, and nothing is made.
 * @throws ConfigError when the file can't be read or is damaged.
 */
export function secretIfThere(config: Pick<VigieConfig, 'dataDir'>, env: NodeJS.ProcessEnv): Buffer | null {
  if (env['VIGIE_SECRET']) return Buffer.from(env['VIGIE_SECRET']);
  const secret = tried(config, readIfThere);
  return secret === undefined ? null : checked(config, secret);
}

const fileIn = ({ dataDir }: Pick<VigieConfig, 'dataDir'>): string => path.join(dataDir, 'secret');

/** What comes of the file of the secret. @throws ConfigError when it can't be made or read */
function tried<T>(config: Pick<VigieConfig, 'dataDir'>, use: (file: string) => T): T {
  const file = fileIn(config);
  try {
    return use(file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new ConfigError([
      `${file} can't be made or read (${code}): set DATA_DIR to a folder that this user may write to, or set VIGIE_SECRET`,
    ]);
  }
}

/** @throws ConfigError for one that is damaged */
function checked(config: Pick<VigieConfig, 'dataDir'>, secret: string): Buffer {
  if (Buffer.byteLength(secret) >= shortestSecretBytes) return Buffer.from(secret);
  throw new ConfigError([
    `${fileIn(config)} is damaged (shorter than ${shortestSecretBytes} bytes): restore it from a backup, or delete it, ` +
      `which gives every reader a new identity`,
  ]);
}

/** A key of 32 bytes for one purpose, by HKDF-SHA-256 (RFC 5869). Different purposes give unrelated keys. */
export function deriveKey(secret: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'vigie', purpose, 32));
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Written whole under another name and then linked, which like O_EXCL fails when the name exists: of two starts at
 * once one wins, and the other never reads half a secret.
 */
function makeSecret(folder: string, file: string): string {
  makeFolder(folder);
  const draft = path.join(folder, `.secret-${randomUUID()}`);
  writeFileSync(draft, `${randomBytes(32).toString('base64url')}\n`, {
    flag: 'wx',
    mode: 0o600,
    flush: true,
  });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readFileSync(file, 'utf8').trim();
}
