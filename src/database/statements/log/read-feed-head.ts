import type { Database } from '../../database.js';
import type { Tx } from '../../tx.js';

/** Which start of which server this is, and which database of it: as an expression. */
export const SERVER = `
    concat_ws(' ', pg_postmaster_start_time()::text, (select oid from pg_database where datname = current_database()))`;

const statement = {
  name: 'read-feed-head',
  // Asked at every look at the log: nothing of it reads a file or more than a page of an index.
  text: `
    select f.epoch, (select coalesce(max(seq), 0) from event) as seq, ${SERVER} as server
    from feed_epoch f`,
};

/** Where the log ends. */
export interface FeedHead {
  readonly epoch: string;
  /** The number of the last event, 0 when there is none. */
  readonly seq: number;
  /** Changes with every start of the server, with another server and with another database. */
  readonly server: string;
}

/** @throws Error when the row is gone, which nothing of Vigie removes */
export async function readFeedHead(db: Tx | Database): Promise<FeedHead> {
  const [row] = await db.query<{ epoch: string; seq: string; server: string }>(statement);
  if (row === undefined) throw new Error('the table feed_epoch has lost its row');
  return { ...row, seq: Number(row.seq) };
}
