import type { Tx } from '../../tx.js';

const remove = {
  name: 'remove-recovery-codes',
  text: `delete from recovery_code where staff_id = $1`,
};

const insert = {
  name: 'insert-recovery-codes',
  text: `insert into recovery_code (staff_id, hash) select $1, hash from unnest($2::bytea[]) as c (hash)`,
};

const spend = {
  name: 'spend-recovery-code',
  text: `
    update recovery_code set used_at = clock_timestamp()
    where staff_id = $1 and hash = $2 and used_at is null
    returning (select count(*) from recovery_code r
                where r.staff_id = $1 and r.used_at is null)::int - 1 as left`,
};

/** Gives somebody these codes, by their hashes, in the place of those before. */
export async function replaceRecoveryCodes(
  tx: Tx,
  staffId: string,
  hashes: readonly Buffer[],
): Promise<void> {
  tx.send(remove, [staffId]);
  await tx.query(insert, [staffId, hashes]);
}

/** Takes a code, once; how many are left then, null when it is none of theirs or was used. */
export async function spendRecoveryCode(tx: Tx, staffId: string, hash: Buffer): Promise<number | null> {
  const [row] = await tx.query<{ left: number }>(spend, [staffId, hash]);
  return row?.left ?? null;
}
