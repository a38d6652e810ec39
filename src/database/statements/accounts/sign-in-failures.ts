import type { Tx } from '../../tx.js';

/** How often somebody guessed wrong. */
export interface GuessCount {
  readonly failures: number;
  /** Seconds since the last time; as if long ago where that is yet to come, since the clock was set back. */
  readonly since: number;
}

/** Who has not guessed for so long begins anew. */
const FORGOTTEN = `interval '24 hours'`;

/** For so long it is remembered that an account signed in from a network. */
const REMEMBERED = `interval '30 days'`;

const lock = {
  name: 'lock-sign-in-failures',
  // In order of the keys: many may lock some of the same.
  text: `
    insert into sign_in_failure as f (key, failures)
    select key, 0 from unnest($1::bytea[]) as k (key) order by key
    on conflict (key) do update set key = excluded.key
    returning encode(f.key, 'hex') as key,
              case when f.last_at > clock_timestamp() - ${FORGOTTEN} then f.failures else 0 end as failures,
              extract(epoch from case when f.last_at <= clock_timestamp() then clock_timestamp() - f.last_at
                                      else ${FORGOTTEN} end)::float8 as since`,
};

const known = {
  name: 'find-sign-in-place',
  text: `select 1 from sign_in_failure where key = $1 and last_at > clock_timestamp() - ${REMEMBERED}`,
};

const add = {
  name: 'add-sign-in-failure',
  text: `
    update sign_in_failure
    set failures = case when last_at > clock_timestamp() - ${FORGOTTEN} then failures else 0 end + 1,
        last_at = clock_timestamp()
    where key = any ($1::bytea[])`,
};

const take = {
  name: 'take-back-sign-in-failures',
  text: `
    with locked as materialized (
      select key from sign_in_failure where key = any ($1::bytea[]) order by key for update
    )
    update sign_in_failure f
    set failures = greatest(0, f.failures - $2::int)
    from locked
    where f.key = locked.key`,
};

const forget = {
  name: 'forget-guesses',
  text: `
    delete from sign_in_failure
    where key = any ($1::bytea[]) or (key = any ($2::bytea[]) and failures = 0)`,
};

const note = {
  name: 'note-sign-in-place',
  text: `
    insert into sign_in_failure (key, failures) values ($1, 0)
    on conflict (key) do update set last_at = clock_timestamp()`,
};

/** Locks the counts of these keys, made where there are none; by key in hexadecimal. */
export async function lockGuesses(tx: Tx, keys: readonly Buffer[]): Promise<ReadonlyMap<string, GuessCount>> {
  const rows = await tx.query<GuessCount & { key: string }>(lock, [keys]);
  return new Map(rows.map((row) => [row.key, row]));
}

/** Whether an account signed in from a network in the last 30 days. */
export async function isSignInPlace(tx: Pick<Tx, 'query'>, place: Buffer): Promise<boolean> {
  return (await tx.query(known, [place])).length > 0;
}

/** Counts a guess for each of these keys, which are locked. */
export const addGuess = (tx: Tx, keys: readonly Buffer[]): Promise<number> => tx.count(add, [keys]);

/** Counts so many guesses less for each of these keys. */
export const takeBackGuesses = (tx: Tx, keys: readonly Buffer[], guesses: number): Promise<number> =>
  tx.count(take, [keys, guesses]);

/** Forgets what was counted for these keys, and the others where nothing is left to count. */
export const forgetGuesses = (tx: Tx, keys: readonly Buffer[], others: readonly Buffer[]): Promise<number> =>
  tx.count(forget, [keys, others]);

/** Remembers that an account signed in from a network. */
export const noteSignInPlace = (tx: Tx, place: Buffer): Promise<number> => tx.count(note, [place]);
