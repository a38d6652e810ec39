import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * By which transaction people last said something of a picture, so that whoever keeps pictures in memory misses none that commits
 * late. The column takes the access exclusive lock of `content_version` for a moment and rewrites nothing; the index, which is
 * empty, holds up its writers while the table is read once. The index on `known_at` stays for processes of the version before.
 */
export class KnownIn20261127010000 implements MigrationInterface {
  name = 'KnownIn20261127010000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The transaction that set known_at; null: one before this column, or none. Of a database that was restored: of another server.
      alter table content_version add column known_in xid8;
      create or replace function stamp_verdict() returns trigger language plpgsql as $$
      begin
        if tg_op = 'INSERT' then
          if new.verdict is not null then
            new.judged_at := clock_timestamp();
            new.known_at := new.judged_at;
            new.known_in := pg_current_xact_id();
          end if;
        else
          if (old.verdict, old.reason, old.image_id) is distinct from (new.verdict, new.reason, new.image_id) then
            new.judged_at := clock_timestamp();
            new.known_at := new.judged_at;
          end if;
          if old.known_at is distinct from new.known_at then
            new.known_in := pg_current_xact_id();
          end if;
        end if;
        return new;
      end $$;
      -- Following what people say, and of what, by what a snapshot did not see.
      create index content_version_known_in on content_version (known_in) where known_in is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create or replace function stamp_verdict() returns trigger language plpgsql as $$
      begin
        if tg_op = 'INSERT' then
          if new.verdict is not null then
            new.judged_at := clock_timestamp();
            new.known_at := new.judged_at;
          end if;
        elsif (old.verdict, old.reason, old.image_id) is distinct from (new.verdict, new.reason, new.image_id) then
          new.judged_at := clock_timestamp();
          new.known_at := new.judged_at;
        end if;
        return new;
      end $$;
      drop index content_version_known_in;
      alter table content_version drop column known_in;
    `);
  }
}
