import type { Database } from '../../src/database/database.js';

/** The tables of content versions, as far as fetching asks them. */
export async function makeContentTables(database: Database): Promise<void> {
  await database.dataSource.query(`
    create table if not exists content_version (
      site_id bigint, image_id bigint, version int, primary key (site_id, image_id, version));
    create table if not exists content_bytes (
      site_id bigint, image_id bigint, sha256 bytea check (octet_length(sha256) = 32), version int, pdq bytea,
      quality smallint, indistinct text, width int, height int, format text, bytes int,
      first_seen_at timestamptz default clock_timestamp(), primary key (site_id, image_id, sha256));
    create index if not exists content_bytes_sha on content_bytes (site_id, sha256);
    alter table image add column if not exists content int,
                      add column if not exists content_changed_at timestamptz;`);
}
