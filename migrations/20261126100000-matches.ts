import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Blocks that follow a person's elsewhere, and what is known of near pictures. The new columns take their tables' access
 * exclusive lock for a moment and rewrite nothing; the index on `block` holds up its writers while it is built, and so
 * does the one on `content_bytes`: seconds for a million rows.
 */
export class Matches20261126100000 implements MigrationInterface {
  name = 'Matches20261126100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Who follows an image: to release them as a set, and to list them.
      create index block_match on block (site_id, ref, image_id) where source = 'match';

      -- Which images of a site have these bytes, in the order of their ids, some at a time.
      create index content_bytes_sha_image on content_bytes (site_id, sha256, image_id);
      drop index content_bytes_sha;

      -- When people said what they say of these bytes, or took it back; null: they never said anything.
      alter table content_version add column judged_at timestamptz;
      create function stamp_verdict() returns trigger language plpgsql as $$
      begin
        if tg_op = 'INSERT' then
          if new.verdict is not null then new.judged_at := clock_timestamp(); end if;
        elsif (old.verdict, old.reason, old.image_id) is distinct from (new.verdict, new.reason, new.image_id) then
          new.judged_at := clock_timestamp();
        end if;
        return new;
      end $$;
      -- Whoever writes a verdict: those who keep near pictures in memory look for what changed since.
      create trigger content_version_judged before insert or update on content_version
        for each row execute function stamp_verdict();
      -- Following what people say.
      create index content_version_judged_at on content_version (judged_at) where judged_at is not null;
      -- Loading it.
      create index content_version_verdict on content_version (site_id, image_id, version) where verdict is not null;

      -- What a near picture of a block by a person leads to.
      alter table site
        add column near_matches text not null default 'suggest' check (near_matches in ('suggest', 'block'));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table site drop column near_matches;
      drop index content_version_verdict;
      drop index content_version_judged_at;
      drop trigger content_version_judged on content_version;
      drop function stamp_verdict();
      alter table content_version drop column judged_at;
      create index content_bytes_sha on content_bytes (site_id, sha256);
      drop index content_bytes_sha_image;
      drop index block_match;
    `);
  }
}
