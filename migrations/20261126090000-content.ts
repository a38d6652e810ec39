import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What bytes were seen behind an image. The new columns have no default, or one that is no expression, so each takes its
 * table's access exclusive lock for a moment and rewrites nothing; the check on `address` reads that table once.
 */
export class Content20261126090000 implements MigrationInterface {
  name = 'Content20261126090000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table image
        -- The content version that is shown; null while nobody has looked at the bytes.
        add column content            int check (content >= 1),
        -- When other bytes last came; null: they are the first.
        add column content_changed_at timestamptz;

      -- Who says that the address is this image: the site, its address rules, or the bytes that were found there.
      alter table address add column bound_by text not null default 'site' check (bound_by in ('site', 'rules', 'bytes'));

      -- Which bytes were decided on.
      alter table decision add column content int check (content >= 1);

      -- The bytes behind an image at a time. Re-encodings of one picture are one version.
      create table content_version (
        site_id    bigint      not null,
        image_id   bigint      not null,
        version    int         not null check (version >= 1),
        announced  boolean     not null default false,
        -- What people said of these bytes last, and why: what it says decides what follows them elsewhere.
        verdict    text        check (verdict in ('block', 'keep')),
        reason     text,
        -- When they went: the blocks that were theirs, and when a person last kept them. They come back with the bytes.
        blocks     jsonb       not null default '[]',
        kept_at    timestamptz,
        began_at   timestamptz not null default clock_timestamp(),
        left_at    timestamptz,
        primary key (site_id, image_id, version),
        foreign key (site_id, image_id) references image (site_id, id) on delete restrict,
        check ((verdict = 'block') is true = (reason is not null))
      );

      -- What was found at the image's addresses, byte by byte.
      create table content_bytes (
        site_id       bigint      not null,
        image_id      bigint      not null,
        sha256        bytea       not null check (octet_length(sha256) = 32),
        version       int         not null,
        pdq           bytea       check (octet_length(pdq) = 32),
        quality       smallint    check (quality between 0 and 100),
        indistinct    text        check (indistinct in ('quality', 'size', 'graphic')),
        width         int         check (width >= 1),
        height        int         check (height >= 1),
        bytes         int         check (bytes >= 0),
        format        text        check (length(format) <= 20),
        first_seen_at timestamptz not null default clock_timestamp(),
        primary key (site_id, image_id, sha256),
        foreign key (site_id, image_id, version)
          references content_version (site_id, image_id, version) on delete restrict,
        check ((pdq is null) = (quality is null)),
        check ((width is null) = (height is null))
      );
      -- Which images of a site have these bytes.
      create index content_bytes_sha on content_bytes (site_id, sha256);

      -- What was last found at an address, or told of an id: the bytes are others only where these were not.
      create table found_bytes (
        site_id  bigint      not null,
        hash     bytea       not null check (octet_length(hash) = 16),
        sha256   bytea       not null check (octet_length(sha256) = 32),
        found_at timestamptz not null default clock_timestamp(),
        -- When other bytes than the image's last came there; null: never.
        changed_at timestamptz,
        -- The site is inside the hash, as in image_key.
        primary key (hash)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table found_bytes, content_bytes, content_version;
      alter table decision drop column content;
      alter table address drop column bound_by;
      alter table image drop column content_changed_at, drop column content;
    `);
  }
}
