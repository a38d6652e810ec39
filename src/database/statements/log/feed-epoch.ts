import type { Tx } from '../../tx.js';
import { LOG_CHANNEL } from './append-events.js';

/** Why an epoch began. */
export type EpochCause = 'new database' | 'another cluster' | 'shorter log' | 'operator';

/** Where a database is: null where the server does not tell. */
export interface ServerIdentity {
  readonly systemIdentifier: string | null;
  readonly timeline: string | null;
  readonly databaseOid: string | null;
}

/** The feed's epoch, and where the database was when it began. */
export interface FeedEpochRow extends ServerIdentity {
  readonly epoch: string;
  readonly cause: EpochCause;
  readonly beganAt: Date;
}

const columns = `epoch, system_identifier as "systemIdentifier", timeline, database_oid as "databaseOid", cause,
           began_at as "beganAt"`;

const read = { name: 'read-feed-epoch', text: `select ${columns} from feed_epoch` };

const place = {
  name: 'read-server-place',
  // The control file's own timeline is that of the last checkpoint, which may be from before a promotion.
  text: `
    select case when pg_is_in_recovery() then null
                else substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) end as timeline,
           (select oid::text from pg_database where datname = current_database()) as "databaseOid"`,
};

const adopt = {
  name: 'adopt-server-identity',
  text: `
    update feed_epoch
    set system_identifier = coalesce(system_identifier, $2), timeline = coalesce(timeline, $3),
        database_oid = coalesce(database_oid, $4)
    where epoch = $1`,
};

/**
 * Numbers of messages that are left out after a restore: what was posted under them before it the receivers know, and would
 * take another message under the same number for a repetition.
 */
const SKIPPED_MESSAGES = 1_000_000;

const MESSAGE_NUMBERS = `pg_get_serial_sequence('webhook_message', 'id')`;
const skip = `setval(${MESSAGE_NUMBERS}, nextval(${MESSAGE_NUMBERS}) + ${SKIPPED_MESSAGES})`;

/** Goes on with numbers for messages that nobody has seen. */
export const skipMessageNumbers = { name: 'skip-message-numbers', text: `select ${skip}` };

const begin = {
  name: 'begin-feed-epoch',
  // Only in the place of the epoch that was looked at: of many processes that find the same, one begins a new one.
  text: `
    with begun as (
      update feed_epoch
      set epoch = gen_random_uuid(), cause = $2, system_identifier = $3, timeline = $4, database_oid = $5,
          began_at = clock_timestamp()
      where epoch = $1
      returning *
    )
    select ${columns}, pg_notify('${LOG_CHANNEL}', ''), ${skip} from begun`,
};

/** @throws Error when the row is gone, which nothing of Vigie removes */
export async function readFeedEpoch(db: Pick<Tx, 'query'>): Promise<FeedEpochRow> {
  const [row] = await db.query<FeedEpochRow>(read);
  if (row === undefined) throw new Error('the table feed_epoch has lost its row');
  return row;
}

/** Timeline and database; every role may ask. */
export async function readServerPlace(
  db: Pick<Tx, 'query'>,
): Promise<Pick<ServerIdentity, 'timeline' | 'databaseOid'>> {
  const [row] = await db.query<Pick<ServerIdentity, 'timeline' | 'databaseOid'>>(place);
  return row ?? { timeline: null, databaseOid: null };
}

/** Notes where the database is, as far as that was not known. */
export const adoptServerIdentity = (
  db: Pick<Tx, 'query'>,
  epoch: string,
  { systemIdentifier, timeline, databaseOid }: ServerIdentity,
): Promise<unknown[]> => db.query(adopt, [epoch, systemIdentifier, timeline, databaseOid]);

/** Begins a new epoch, also of the numbers of messages, and rings for all processes; undefined when somebody else has begun one since. */
export async function beginFeedEpoch(
  db: Pick<Tx, 'query'>,
  instead: string,
  cause: EpochCause,
  { systemIdentifier, timeline, databaseOid }: ServerIdentity,
): Promise<FeedEpochRow | undefined> {
  const [row] = await db.query<FeedEpochRow>(begin, [
    instead,
    cause,
    systemIdentifier,
    timeline,
    databaseOid,
  ]);
  return row;
}
