import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Cursors of the change feed name the epoch in which they were given out. The index is built under a share lock on
 * `event`: writers of the log wait for it, a second or so for each million of events.
 */
export class FeedEpoch20261126010000 implements MigrationInterface {
  name = 'FeedEpoch20261126010000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table feed_epoch (
        only_row          boolean     primary key default true check (only_row),
        -- Random: a counter would come to the same number again after the restore of an older dump.
        epoch             uuid        not null default gen_random_uuid(),
        -- Where this database was when the epoch began; null until a process has looked.
        system_identifier text,
        timeline          text,
        database_oid      text,
        cause             text        not null default 'new database'
                                      check (cause in ('new database', 'another cluster', 'shorter log', 'operator')),
        began_at          timestamptz not null default clock_timestamp()
      );
      insert into feed_epoch default values;
      -- What changed on one site after a cursor.
      create index event_feed on event (site_id, seq) where visibility is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index event_feed; drop table feed_epoch');
  }
}
