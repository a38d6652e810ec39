import type { Tx } from '../../tx.js';

/** A second factor as it is kept. */
export interface SecondFactorRow {
  /** Encrypted; null: none is in force yet. */
  readonly secret: string | null;
  /** One that is being set up, and was not left lying. */
  readonly nextSecret: string | null;
  /** Of the last code that was taken. */
  readonly lastStep: number;
  /** The database's time, in seconds since 1970. */
  readonly now: number;
}

const lock = {
  name: 'lock-second-factor',
  // One code at a time: of two who send the same one, the other finds its step taken.
  text: `
    select secret, last_step::float8 as "lastStep", extract(epoch from clock_timestamp())::float8 as now,
           case when next_at > clock_timestamp() - interval '1 hour' then next_secret end as "nextSecret"
      from second_factor
     where staff_id = $1
       for update`,
};

const begin = {
  name: 'begin-second-factor',
  text: `
    insert into second_factor (staff_id, next_secret, next_at)
    values ($1, $2, clock_timestamp())
    on conflict (staff_id) do update set next_secret = excluded.next_secret, next_at = excluded.next_at`,
};

const confirm = {
  name: 'confirm-second-factor',
  text: `
    update second_factor
    set secret = next_secret, confirmed_at = clock_timestamp(), next_secret = null, next_at = null, last_step = $2
    where staff_id = $1`,
};

const spend = {
  name: 'spend-second-factor-step',
  text: `update second_factor set last_step = $2 where staff_id = $1`,
};

/** Somebody's second factor, locked; undefined: they never began to set one up. */
export async function lockSecondFactor(tx: Tx, staffId: string): Promise<SecondFactorRow | undefined> {
  const [row] = await tx.query<SecondFactorRow>(lock, [staffId]);
  return row;
}

/** Keeps a secret that is being set up, encrypted. What is in force stays so. */
export const beginSecondFactor = (tx: Tx, staffId: string, secret: string): Promise<number> =>
  tx.count(begin, [staffId, secret]);

/** Puts into force what was being set up, with the step of the code that proved it. */
export const confirmSecondFactor = (tx: Tx, staffId: string, step: number): Promise<number> =>
  tx.count(confirm, [staffId, step]);

/** A code of this step was taken: none of it, or of one before, is good any more. */
export const spendStep = (tx: Tx, staffId: string, step: number): Promise<number> =>
  tx.count(spend, [staffId, step]);
