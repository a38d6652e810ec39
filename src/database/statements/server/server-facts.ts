import type { Tx } from '../../tx.js';

const server = {
  name: 'read-server-facts',
  text: `
    select current_setting('server_version')                     as version,
           current_setting('server_version_num')::int / 10000    as major,
           current_setting('synchronous_commit')                 as "synchronousCommit",
           current_setting('fsync')                              as fsync,
           current_setting('full_page_writes')                   as "fullPageWrites",
           current_setting('server_encoding')                    as encoding,
           current_setting('DateStyle')                          as "dateStyle",
           current_setting('default_transaction_isolation')      as isolation,
           pg_is_in_recovery()                                   as standby,
           (extract(epoch from clock_timestamp()) * 1000)::float8 as now`,
};

/** What of a Postgres server decides whether Vigie can rely on it. `now` in ms since 1970. */
export interface ServerFacts {
  readonly version: string;
  readonly major: number;
  readonly synchronousCommit: string;
  readonly fsync: string;
  readonly fullPageWrites: string;
  readonly encoding: string;
  readonly dateStyle: string;
  /** Of transactions that do not say theirs. */
  readonly isolation: string;
  readonly standby: boolean;
  readonly now: number;
}

export async function readServerFacts(db: Pick<Tx, 'query'>): Promise<ServerFacts> {
  const [facts] = await db.query<ServerFacts>(server);
  if (facts === undefined) throw new Error('Postgres gave no answer');
  return facts;
}
