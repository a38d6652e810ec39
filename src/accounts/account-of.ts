import { VigieError } from '../core/errors.js';
import { Staff } from '../database/entities/staff.entity.js';
import type { ManagedTx } from '../database/tx.js';

/**
 * The account of an e-mail address, as the command line names people.
 *
 * @throws VigieError NOT_FOUND
 */
export async function accountOf(tx: ManagedTx, given: string): Promise<Staff> {
  const email = given.trim().toLowerCase();
  const staff = await tx.manager.findOneBy(Staff, { email });
  if (staff !== null) return staff;
  throw new VigieError('NOT_FOUND', `There is no account of ${email}: "staff invite" makes one.`);
}
