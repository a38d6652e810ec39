import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Looking at what is at an address, and keeping a picture of it. Takes ACCESS EXCLUSIVE on staff and installation for a
 * moment (a column with a constant default rewrites nothing), and SHARE on vote while its index is made: reports wait for as long as all
 * votes are read once. `down` takes ACCESS EXCLUSIVE on the same; files of snapshots stay on the disk.
 */
export class Fetching20261126080000 implements MigrationInterface {
  name = 'Fetching20261126080000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- May open what is sealed (docs/rules.md, rule 6). Given and taken by the operator alone.
      alter table staff add column legal boolean not null default false;

      -- What the file that marks the folder of copies says; null: no folder has been chosen yet (own-folder.ts).
      alter table installation add column snapshots text check (snapshots ~ '^[0-9a-f]{32}$');

      -- Did anybody, counted or not, give the severe reason in this round (sealed-content.ts)?
      create index vote_child_abuse on vote (site_id, image_id, round) where 'child_abuse' = any (reasons);

      -- An address at which an image is looked at again and again. No foreign keys: nothing of it is of any use to
      -- anybody else, and it goes when nothing is at its hash any more.
      create table watched_address (
        -- The site is inside it, as in image_key and address.
        hash            bytea       primary key check (octet_length(hash) = 16),
        site_id         bigint      not null,
        url             text        not null check (length(url) <= 2048),
        -- The one job that looks: a later one takes over, and the one before ends.
        job_id          bigint      not null,
        started_at      timestamptz not null default clock_timestamp(),
        looked_at       timestamptz,
        next_at         timestamptz,
        -- In a row, each: looks that found the same bytes, and looks that failed.
        unchanged       int         not null default 0 check (unchanged >= 0),
        failures        int         not null default 0 check (failures >= 0),
        problem         text        check (length(problem) <= 500),
        etag            text        check (length(etag) <= 1000),
        last_modified   text        check (length(last_modified) <= 100),
        sha256          bytea       check (octet_length(sha256) = 32),
        -- Until then other bytes are what the site has announced.
        announced_until timestamptz,
        ended_at        timestamptz
      );
      -- Which looks fail, and which are overdue: for the operator (count-watched.ts).
      create index watched_address_next on watched_address (next_at) where ended_at is null;

      -- How many have asked for a host in a minute, over all processes.
      create table fetch_host (
        host   text        primary key check (length(host) <= 300),
        minute timestamptz not null,
        asked  int         not null check (asked >= 1)
      );

      -- Our copies of what was reported; the files are in DATA_DIR/snapshots. No foreign key to the site: the files
      -- must go first.
      create table snapshot (
        site_id         bigint      not null,
        sha256          bytea       not null check (octet_length(sha256) = 32),
        thumbnail_bytes int         not null check (thumbnail_bytes > 0),
        preview_bytes   int         not null check (preview_bytes > 0),
        stored_at       timestamptz not null default clock_timestamp(),
        -- When it was last found needed, and since when it is sealed: as the sweeper saw it.
        needed_at       timestamptz not null default clock_timestamp(),
        sealed_at       timestamptz,
        checked_at      timestamptz not null default clock_timestamp(),
        -- By hand: the files are gone, and the row stays so that they are not made again.
        deleted_at      timestamptz,
        primary key (site_id, sha256)
      );
      -- Those that the sweeper has not looked at for the longest time.
      create index snapshot_checked on snapshot (checked_at) where deleted_at is null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table snapshot, fetch_host, watched_address;
      drop index vote_child_abuse;
      alter table installation drop column snapshots;
      alter table staff drop column legal;
    `);
  }
}
