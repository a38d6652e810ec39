import type { Tx } from '../../tx.js';

/** What a change of an account goes by, read under its lock. */
export interface LockedAccount {
  readonly id: string;
  readonly email: string;
  readonly admin: boolean;
  readonly legal: boolean;
  readonly closed: boolean;
  readonly hasPassword: boolean;
}

const columns = `id, email, admin, legal, disabled_at is not null as closed, password_hash is not null as "hasPassword"`;

const one = {
  name: 'lock-staff',
  // Leases and votes of others refer to it meanwhile: this lock lets foreign keys be checked.
  text: `select ${columns} from staff where id = $1 for no key update`,
};

const withAdmins = {
  name: 'lock-staff-and-admins',
  text: `
    select ${columns}
    from staff
    where id = $1 or (admin and disabled_at is null)
    order by id
    for no key update`,
};

const admins = {
  name: 'count-admins',
  text: `select count(*)::int as n from staff where admin and disabled_at is null`,
};

/** Locks an account until the transaction ends, so that what is known of it changes one after the other. */
export async function lockStaff(tx: Tx, staffId: string): Promise<LockedAccount | undefined> {
  const [row] = await tx.query<LockedAccount>(one, [staffId]);
  return row;
}

/** Locks an account and every admin's, in id order: who may be the last admin is known then. */
export const lockStaffAndAdmins = (tx: Tx, staffId: string): Promise<LockedAccount[]> =>
  tx.query<LockedAccount>(withAdmins, [staffId]);

/** How many admins there are whose accounts are open. */
export async function countAdmins(db: Pick<Tx, 'query'>): Promise<number> {
  const [row] = await db.query<{ n: number }>(admins);
  return row?.n ?? 0;
}
