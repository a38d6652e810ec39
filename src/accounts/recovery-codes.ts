import { createHash } from 'node:crypto';
import { randomGroups } from '../access/staff/passwords.js';
import { replaceRecoveryCodes } from '../database/statements/accounts/recovery-codes.js';
import type { Tx } from '../database/tx.js';

/** How many somebody gets at once. */
const CODES = 10;

/**
 * New codes in the place of those before, of 80 random bits each, such as `k7mf-2x9q-da3h-w8et`. Returns them: nobody can
 * read them again. The account must have a second factor.
 */
export async function makeRecoveryCodes(tx: Tx, staffId: string): Promise<string[]> {
  const codes = Array.from({ length: CODES }, () => randomGroups(4, 4));
  await replaceRecoveryCodes(tx, staffId, codes.map(recoveryCodeHash));
  return codes;
}

/** What is stored of a code, however it is typed. It is random enough for a hash without salt. */
export const recoveryCodeHash = (code: string): Buffer =>
  createHash('sha256')
    .update(code.toLowerCase().replace(/[^0-9a-z]/g, ''))
    .digest();
