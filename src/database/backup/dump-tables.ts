import { to as copyTo } from 'pg-copy-streams';
import { HeardClient } from '../heard-client.js';
import { keepingSchema } from '../schema-lock.js';
import { backupCounters, type BackupCounter, backupTables, type BackupTable } from './backup-tables.js';

/** What comes before the rows. */
export interface BackupHead {
  readonly migrations: readonly string[];
  readonly tables: readonly BackupTable[];
  readonly counters: readonly BackupCounter[];
  readonly takenAt: string;
  /**
   * In hexadecimal, by which a secret is known as the one of this database. Null: no process had started on it. Left away by versions that did
   * not say so.
   */
  readonly secretCheck?: string | null;
}

/** Where a backup goes. */
export interface BackupSink {
  begin(head: BackupHead): Promise<void>;
  /** The rows of the next table, as `copy` writes them. */
  rows(chunks: AsyncIterable<Buffer>): Promise<void>;
}

/**
 * Tells all rows of a database as they are at one moment, while everybody goes on writing. Migrations wait until it is over,
 * and it for one that has begun.
 *
 * @param tell is told for what it waits
 * @returns how many tables there were
 * @throws what Postgres and the sink throw
 */
export const dumpTables = (
  url: string,
  sink: BackupSink,
  tell: (line: string) => void = () => undefined,
): Promise<number> => keepingSchema(url, tell, () => dump(url, sink));

async function dump(url: string, sink: BackupSink): Promise<number> {
  const client = new HeardClient({ connectionString: url, application_name: 'vigie backup' });
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read, read only');
    const tables = await backupTables(client);
    const { rows: migrations } = await client.query<{ name: string }>(
      'select name from migration order by id',
    );
    const { rows: now } = await client.query<{ at: string }>('select clock_timestamp()::text as at');
    const { rows: checks } = await client.query<{ secretCheck: string }>(
      `select encode(secret_check, 'hex') as "secretCheck" from installation`,
    );
    await sink.begin({
      migrations: migrations.map(({ name }) => name),
      tables,
      counters: await backupCounters(client),
      takenAt: now[0]?.at ?? '',
      secretCheck: checks[0]?.secretCheck ?? null,
    });
    for (const table of tables) {
      // A query and not the table, so that rows of its partitions or heirs, should there ever be any, are there, too.
      const columns = table.columns.map((column) => client.escapeIdentifier(column)).join(', ');
      const text = `copy (select ${columns} from ${client.escapeIdentifier(table.name)}) to stdout`;
      await sink.rows(client.query(copyTo(text)));
    }
    await client.query('commit');
    return tables.length;
  } finally {
    await client.end();
  }
}
