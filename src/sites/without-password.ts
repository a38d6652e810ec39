import { In, IsNull } from 'typeorm';
import { Staff } from '../database/entities/staff.entity.js';
import type { ManagedTx } from '../database/tx.js';

/** Those of these people who were invited and have set no password yet. */
export async function withoutPassword(tx: ManagedTx, staffIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.manager.find(Staff, {
    select: { id: true },
    where: { id: In([...staffIds]), passwordHash: IsNull() },
  });
  return new Set(rows.map(({ id }) => id));
}
