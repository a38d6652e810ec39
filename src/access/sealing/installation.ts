import { timingSafeEqual } from 'node:crypto';
import { deriveKey } from '../../config/secret.js';
import { secretCheck } from '../../database/statements/server/secret-check.js';
import type { Tx } from '../../database/tx.js';

/** This process holds another secret than the one under which the database was filled. */
export class WrongSecretError extends Error {
  override readonly name = 'WrongSecretError';
}

/**
 * Refuses a secret under which the database was not filled: every reader would become somebody else, and every
 * receipt, device and id would be void. The first process to ask decides. The value stored says nothing of the secret.
 *
 * @throws WrongSecretError
 */
export async function checkInstallation(db: Pick<Tx, 'query'>, secret: Buffer): Promise<void> {
  const ours = checkOf(secret);
  const stored = await secretCheck(db, ours);
  if (stored === undefined || !isSame(stored, ours)) {
    throw new WrongSecretError(
      'This database was filled under another secret. Set VIGIE_SECRET to the one it was first started with ' +
        '(or, where none was set, restore the file "secret" in DATA_DIR).',
    );
  }
}

/**
 * The same of what a backup holds, before a database is filled with it.
 *
 * @param stored the value of the database that was backed up
 * @param secret null: there is none
 * @throws WrongSecretError
 */
export function checkBackup(stored: Buffer, secret: Buffer | null): void {
  if (secret !== null && isSame(stored, checkOf(secret))) return;
  throw new WrongSecretError(
    'This backup is of a database that was filled under another secret; nothing of it is in. Set VIGIE_SECRET to the one of ' +
      'that database (or, where none was set, put its file "secret" into DATA_DIR), and restore again.',
  );
}

const checkOf = (secret: Buffer): Buffer => deriveKey(secret, 'installation check');

const isSame = (stored: Buffer, ours: Buffer): boolean =>
  stored.length === ours.length && timingSafeEqual(stored, ours);
