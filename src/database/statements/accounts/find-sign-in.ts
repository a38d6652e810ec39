import type { Tx } from '../../tx.js';
import { lockStaff } from './lock-staff.js';

/** What signing in needs of an account. */
export interface SignInRow {
  readonly staffId: string;
  readonly email: string;
  /** Null: invited, and has set none yet. */
  readonly passwordHash: string | null;
  readonly disabled: boolean;
  readonly hasSecondFactor: boolean;
}

const columns = `
  staff.id::text as "staffId", staff.email, staff.password_hash as "passwordHash",
  staff.disabled_at is not null as disabled, f.confirmed_at is not null as "hasSecondFactor"`;

const byEmail = {
  name: 'find-sign-in',
  text: `
    select ${columns}
      from staff
      left join second_factor f on f.staff_id = staff.id
     where staff.email = $1`,
};

const byId = {
  name: 'read-locked-sign-in',
  text: `
    select ${columns}
      from staff
      left join second_factor f on f.staff_id = staff.id
     where staff.id = $1`,
};

/** The account of an address in lower case, closed ones too. */
export async function findSignIn(db: Pick<Tx, 'query'>, email: string): Promise<SignInRow | undefined> {
  const [row] = await db.query<SignInRow>(byEmail, [email]);
  return row;
}

/**
 * Locks an account and reads it. By two statements: of one that has to wait only the locked row is as new as the lock, and a
 * second factor that was set up meanwhile is not seen.
 */
export async function lockSignIn(tx: Tx, staffId: string): Promise<SignInRow | undefined> {
  // A change of the password, or the closing of the account, comes before or after, and not in between.
  await lockStaff(tx, staffId);
  const [row] = await tx.query<SignInRow>(byId, [staffId]);
  return row;
}
