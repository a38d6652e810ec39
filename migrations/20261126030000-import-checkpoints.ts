import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How far an import has come. Locks the table of sites against changes for the foreign key, for a moment. */
export class ImportCheckpoints20261126030000 implements MigrationInterface {
  name = 'ImportCheckpoints20261126030000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table import_checkpoint (
        site_id bigint      not null references site on delete cascade,
        kind    text        not null check (kind in ('reports', 'blocks')),
        -- SHA-256 of the first line: which file it is, as far as can be told before it is read.
        head    bytea       not null check (octet_length(head) = 32),
        -- So many lines are done; SHA-256 of all of them, so that another file with the same first line is noticed.
        lines   bigint      not null check (lines >= 1),
        digest  bytea       not null check (octet_length(digest) = 32),
        at      timestamptz not null default clock_timestamp(),
        primary key (site_id, kind, head)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table import_checkpoint');
  }
}
