import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Blocks that follow a person's elsewhere, and what is known of near pictures. The new columns take their tables' access
 * exclusive lock; that of `content_bytes`, which is as new as this, rewrites it, the others rewrite nothing. The indexes
 * on `block` and `image` hold up their writers while they are built: seconds for a million rows.
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

      -- The fingerprint as bits, so that Postgres can count those that differ in 0.1 us and not in 20.
      alter table content_bytes
        add column pdq_bits bit(256) generated always as (('x' || encode(pdq, 'hex'))::bit(256)) stored;

      -- When people said what they say of these bytes, or took it back; null: they never said anything.
      alter table content_version
        add column judged_at timestamptz,
        -- When that, or what is known of their pictures, last became other: whoever keeps them in memory looks for it.
        add column known_at  timestamptz;
      create function stamp_verdict() returns trigger language plpgsql as $$
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
      -- Whoever writes a verdict.
      create trigger content_version_judged before insert or update on content_version
        for each row execute function stamp_verdict();
      -- A further encoding, or one that somebody has looked at by now.
      create function stamp_known_of_bytes() returns trigger language plpgsql as $$
      begin
        update content_version v set known_at = clock_timestamp()
        where v.site_id = new.site_id and v.image_id = new.image_id and v.version = new.version and v.verdict is not null;
        return null;
      end $$;
      create trigger content_bytes_known after insert or update of pdq, quality, indistinct on content_bytes
        for each row execute function stamp_known_of_bytes();
      -- Following what people say, and of what.
      create index content_version_known_at on content_version (known_at) where known_at is not null;
      -- Whose pictures are another's by now.
      create index image_merged on image (site_id, merged_into) where merged_into is not null;
      -- Loading it.
      create index content_version_verdict on content_version (site_id, image_id, version) where verdict is not null;

      -- What a near picture of a block by a person leads to.
      alter table site
        add column near_matches text not null default 'suggest' check (near_matches in ('suggest', 'block')),
        -- Since when; null: it was never changed. What was judged and seen before is not acted on.
        add column near_matches_since timestamptz;
      create function stamp_near_matches() returns trigger language plpgsql as $$
      begin
        new.near_matches_since := clock_timestamp();
        return new;
      end $$;
      create trigger site_near_matches before update of near_matches on site
        for each row when (old.near_matches is distinct from new.near_matches) execute function stamp_near_matches();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger site_near_matches on site;
      drop function stamp_near_matches();
      alter table site drop column near_matches_since, drop column near_matches;
      drop index content_version_verdict;
      drop index image_merged;
      drop index content_version_known_at;
      drop trigger content_bytes_known on content_bytes;
      drop function stamp_known_of_bytes();
      drop trigger content_version_judged on content_version;
      drop function stamp_verdict();
      alter table content_version drop column known_at, drop column judged_at;
      alter table content_bytes drop column pdq_bits;
      create index content_bytes_sha on content_bytes (site_id, sha256);
      drop index content_bytes_sha_image;
      drop index block_match;
    `);
  }
}
