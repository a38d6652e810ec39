import { In } from 'typeorm';
import { Staff } from '../database/entities/staff.entity.js';
import type { ManagedTx } from '../database/tx.js';

/** The e-mail addresses of staff, by id; ids that are null or gone are left out. */
export async function emailsOf(
  tx: ManagedTx,
  staffIds: readonly (string | null)[],
): Promise<ReadonlyMap<string, string>> {
  const wanted = new Set(staffIds.filter((id) => id !== null));
  if (wanted.size === 0) return new Map();
  const rows = await tx.manager.findBy(Staff, { id: In([...wanted]) });
  return new Map(rows.map(({ id, email }) => [id, email]));
}
