import type { DatabaseTime } from '../../database-time.js';
import type { Tx } from '../../tx.js';

const ask = {
  name: 'ask-fetch-host',
  // The next minute may have begun for somebody else; one that is further ahead is that of a clock that was set back.
  text: `
    insert into fetch_host as h (host, minute, asked)
    values ($1, date_trunc('minute', clock_timestamp()), 1)
    on conflict (host) do update
    set asked = case when h.minute between excluded.minute and excluded.minute + interval '1 minute'
                     then h.asked + 1 else 1 end,
        minute = case when h.minute between excluded.minute and excluded.minute + interval '1 minute'
                      then h.minute else excluded.minute end
    returning asked, minute`,
};

const forget = {
  name: 'forget-fetch-hosts',
  text: `delete from fetch_host where minute < clock_timestamp() - interval '1 hour'`,
};

/** The table's own bound. No name server knows a longer one: those that end alike may be counted together. */
const LONGEST_HOST = 300;

/** The how manieth request to this host it would be in the minute that began at `minute`, over all processes. */
export async function askFetchHost(
  db: Pick<Tx, 'query'>,
  host: string,
): Promise<{ readonly asked: number; readonly minute: DatabaseTime }> {
  const [row] = await db.query<{ asked: number; minute: DatabaseTime }>(ask, [host.slice(-LONGEST_HOST)]);
  if (row === undefined) throw new Error('a request to a host was not counted');
  return row;
}

/** Removes the counts of minutes that are long over. */
export async function forgetFetchHosts(db: Pick<Tx, 'query'>): Promise<void> {
  await db.query(forget);
}
