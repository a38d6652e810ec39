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
  const ours = deriveKey(secret, 'installation check');
  const stored = await secretCheck(db, ours);
  if (stored === undefined || !timingSafeEqual(stored, ours)) {
    throw new WrongSecretError(
      'This database was filled under another secret. Set VIGIE_SECRET to the one it was first started with ' +
        '(or, where none was set, restore the file "secret" in DATA_DIR).',
    );
  }
}
