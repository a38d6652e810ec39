import type { Tx } from '../../tx.js';

/** Links that are free; from then on each doubles the wait, from half a minute to an hour. */
const FREE = 3;

const wait = (row: string): string =>
  `interval '30 seconds' * case when ${row}.failures < ${FREE} then 0 else least(power(2, ${row}.failures - ${FREE}), 120) end`;

const count = {
  name: 'count-asked-link',
  // Forgiven after a day. Where the wait is not over nothing is written, and no row comes back. A time to come is that of a clock
  // that was set back: whoever waited for it would do so for as long.
  text: `
    insert into sign_in_failure as f (key, failures)
    values ($1, 1)
    on conflict (key) do update
    set failures = case when f.last_at < clock_timestamp() - interval '1 day' then 1 else least(f.failures + 1, 1000) end,
        last_at = clock_timestamp()
    where f.last_at + ${wait('f')} <= clock_timestamp() or f.last_at > clock_timestamp()
    returning 1`,
};

const left = {
  name: 'wait-for-asked-link',
  text: `
    select extract(epoch from f.last_at + ${wait('f')} - clock_timestamp())::float8 as seconds
    from sign_in_failure f where f.key = $1`,
};

const account = {
  name: 'find-account-of-email',
  text: `select id from staff where email = $1 and disabled_at is null`,
};

/**
 * Counts that somebody asked for a link.
 *
 * @param key a keyed hash of the address, or of the network, for this purpose alone
 * @returns how many seconds too early it was, and then counts nothing; 0: it is not
 */
export async function countAskedLink(tx: Tx, key: Buffer): Promise<number> {
  if ((await tx.count(count, [key])) === 1) return 0;
  const [row] = await tx.query<{ seconds: number }>(left, [key]);
  return Math.max(1, row?.seconds ?? 1);
}

/** The id of the account of an address in lower case; null: none, or it was closed. */
export async function findAccountId(tx: Tx, email: string): Promise<string | null> {
  const [row] = await tx.query<{ id: string }>(account, [email]);
  return row?.id ?? null;
}
