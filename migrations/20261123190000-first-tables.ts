import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The tables of step 1. Runs on an empty schema, so its locks block nobody.
 * `job`, `webhook_*`, `session` and `reporter_record` come with the rooms that use them.
 */
export class FirstTables20261123190000 implements MigrationInterface {
  name = 'FirstTables20261123190000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- One row: proves that a process holds the secret under which this database was filled.
      create table installation (
        only_row     boolean     primary key default true check (only_row),
        secret_check bytea       not null check (octet_length(secret_check) = 32),
        created_at   timestamptz not null default clock_timestamp()
      );

      create table site (
        id           bigint      generated always as identity primary key,
        slug         text        not null unique
                                 check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 63),
        name         text        not null check (length(name) between 1 and 200),
        origins      text[]      not null,
        image_hosts  text[]      not null,
        locale       text        not null check (locale in ('fr', 'ar', 'es', 'en')),
        time_zone    text        not null,
        reasons      text[]      not null
                                 check (cardinality(reasons) > 0 and reasons <@ array[
                                   'nudity', 'violence', 'hate', 'harassment', 'child_abuse',
                                   'privacy', 'misinformation', 'copyright', 'spam', 'other']),
        rule_version int         not null default 1 check (rule_version >= 1),
        demo         boolean     not null default false,
        created_at   timestamptz not null default clock_timestamp()
      );

      create table staff (
        id            bigint      generated always as identity primary key,
        email         text        not null unique check (email = lower(email) and length(email) <= 254),
        password_hash text        not null,
        admin         boolean     not null default false,
        created_at    timestamptz not null default clock_timestamp(),
        disabled_at   timestamptz
      );

      create table membership (
        site_id    bigint      not null references site on delete cascade,
        staff_id   bigint      not null references staff on delete cascade,
        role       text        not null check (role in ('moderator', 'lead')),
        created_at timestamptz not null default clock_timestamp(),
        primary key (site_id, staff_id)
      );
      -- The sites of one member of staff, read with every token.
      create index membership_staff on membership (staff_id);

      create table api_key (
        id         bigint      generated always as identity primary key,
        kind       text        not null check (kind in ('publishable', 'secret', 'staff')),
        site_id    bigint      references site on delete cascade,
        staff_id   bigint      references staff on delete cascade,
        hash       bytea       not null unique check (octet_length(hash) = 32),
        hint       text        not null,
        name       text        not null default '',
        scopes     text[]      not null default '{}',
        created_at timestamptz not null default clock_timestamp(),
        created_by bigint      references staff on delete set null,
        expires_at timestamptz,
        revoked_at timestamptz,
        check ((kind = 'staff') = (staff_id is not null)),
        check ((kind = 'staff') = (site_id is null)),
        check (kind <> 'staff' or expires_at is not null)
      );
      -- Listing the keys of a site, and counting its live ones before another is made.
      create index api_key_site on api_key (site_id, kind) where site_id is not null;
      -- Listing the tokens of a member of staff.
      create index api_key_staff on api_key (staff_id) where staff_id is not null;

      create table threshold_rule (
        site_id    bigint      not null references site on delete cascade,
        version    int         not null check (version >= 1),
        rule       jsonb       not null,
        created_at timestamptz not null default clock_timestamp(),
        created_by bigint      references staff on delete set null,
        primary key (site_id, version)
      );
    `);

    await runner.query(`
      create table image (
        site_id          bigint      not null references site on delete restrict,
        id               bigint      generated always as identity,
        key_kind         text        not null check (key_kind in ('url', 'id')),
        key              text        not null check (length(key) between 1 and 2048),
        key_hash         bytea       not null check (octet_length(key_hash) = 16),
        url              text        check (length(url) <= 2048),
        round            int         not null default 1 check (round >= 1),
        round_started_at timestamptz not null default clock_timestamp(),
        kept_at          timestamptz,
        tally            jsonb       not null default '{}',
        not_counted      int         not null default 0 check (not_counted >= 0),
        review_state     text        not null default 'none'
                                     check (review_state in ('none', 'open', 'escalated', 'closed')),
        protected        boolean     not null default false,
        blocked          boolean     not null default false,
        shown_reason     text,
        reviewed         boolean     not null default false,
        since            timestamptz,
        version          int         not null default 0 check (version >= 0),
        merged_into      bigint,
        merged_round     int,
        created_at       timestamptz not null default clock_timestamp(),
        primary key (site_id, id),
        check (blocked = (shown_reason is not null) and blocked = (since is not null)),
        check ((merged_into is null) = (merged_round is null)),
        check (merged_into is null or not blocked),
        foreign key (site_id, merged_into) references image (site_id, id)
      ) with (fillfactor = 75);
      -- Every report and every question by key finds its image here. A merged image has given its key away. The site
      -- is inside the hash: led by site_id, this index and the primary key look alike on an empty table, and a plan
      -- that was made then walks all images of the site for each key (12.7 ms instead of 0.3 for 35 keys).
      create unique index image_key on image (key_hash) where merged_into is null;
      -- Loading the block index, and the list of blocked images.
      create index image_blocked on image (site_id, id) where blocked;
      -- The list of protected images.
      create index image_protected on image (site_id, id) where protected;

      create table address (
        site_id  bigint      not null,
        hash     bytea       not null check (octet_length(hash) = 16),
        url      text        not null check (length(url) <= 2048),
        image_id bigint      not null,
        bound_at timestamptz not null default clock_timestamp(),
        -- The site is inside the hash, as in image_key.
        primary key (hash),
        foreign key (site_id, image_id) references image (site_id, id) on delete restrict
      );
      -- All addresses of one image.
      create index address_image on address (site_id, image_id);

      create table block (
        site_id      bigint      not null,
        image_id     bigint      not null,
        source       text        not null check (source in ('publisher', 'moderator', 'threshold', 'match')),
        ref          text        not null,
        reason       text        not null,
        note         text,
        since        timestamptz not null,
        rule_version int,
        evidence     jsonb,
        primary key (site_id, image_id, source, ref),
        foreign key (site_id, image_id) references image (site_id, id) on delete restrict,
        check ((source = 'threshold') = (rule_version is not null and evidence is not null))
      );
      -- Severe blocks of the last hour, for the site's budget (docs/rules.md, rule 6).
      create index block_severe on block (site_id, since) where source = 'threshold' and reason = 'child_abuse';

      -- No foreign key: the image's row is locked by whoever writes here and is never deleted, and the check
      -- would cost a query per vote on the hottest path. Reconcile proves it (invariants 2 and 3).
      create table vote (
        site_id       bigint      not null,
        image_id      bigint      not null,
        round         int         not null check (round >= 1),
        reporter      bytea       not null check (octet_length(reporter) = 16),
        reporter_kind text        not null check (reporter_kind in ('device', 'account', 'named')),
        reasons       text[]      not null check (cardinality(reasons) > 0),
        left_out      text,
        severe_at     timestamptz,
        withdrawn_at  timestamptz,
        at            timestamptz not null default clock_timestamp(),
        primary key (site_id, image_id, round, reporter)
      );
      -- Has this reporter spent the severe reason's budget in the last seven days?
      create index vote_severe on vote (site_id, reporter, severe_at) where severe_at is not null;

      -- What a report says beyond its vote. A report that repeats itself word for word is stored once.
      create table report_note (
        site_id     bigint      not null,
        image_id    bigint      not null,
        round       int         not null,
        reporter    bytea       not null,
        digest      bytea       not null check (octet_length(digest) = 16),
        reason      text        not null,
        comment     text        check (length(comment) <= 1000),
        page_url    text        check (length(page_url) <= 2048),
        page_title  text        check (length(page_title) <= 500),
        claimed_url text        check (length(claimed_url) <= 2048),
        at          timestamptz not null default clock_timestamp(),
        primary key (site_id, image_id, round, reporter, digest)
      );

      create table moderation_case (
        site_id          bigint      not null,
        id               bigint      generated always as identity,
        image_id         bigint      not null,
        round            int         not null check (round >= 1),
        status           text        not null check (status in ('open', 'escalated', 'closed')),
        held             boolean     not null default false,
        severe           boolean     not null default false,
        flags            text[]      not null default '{}',
        priority         int         not null default 0,
        version          int         not null default 1 check (version >= 1),
        outcome          text        check (outcome in ('block', 'keep', 'superseded', 'merged')),
        opened_at        timestamptz not null default clock_timestamp(),
        closed_at        timestamptz,
        lease_holder     bigint      references staff on delete set null,
        lease_token      bytea       check (octet_length(lease_token) = 32),
        lease_expires_at timestamptz,
        primary key (site_id, id),
        unique (site_id, image_id, round),
        foreign key (site_id, image_id) references image (site_id, id) on delete restrict,
        check ((status = 'closed') = (outcome is not null) and (status = 'closed') = (closed_at is not null)),
        check (not held or status = 'open')
      ) with (fillfactor = 75);
      -- Cases are addressed by their id alone; the site is checked afterwards.
      create unique index moderation_case_id on moderation_case (id);
      -- At most one case of an image awaits a decision.
      create unique index moderation_case_awaiting on moderation_case (site_id, image_id) where status <> 'closed';
      -- Claiming the next case, and listing the queue by priority.
      create index moderation_case_queue on moderation_case (site_id, status, priority desc, opened_at, id)
        where status <> 'closed';
      -- Listing the queue by age, and the closed cases.
      create index moderation_case_age on moderation_case (site_id, status, opened_at, id);
      -- Freeing the leases of somebody who leaves.
      create index moderation_case_lease on moderation_case (lease_holder) where lease_holder is not null;

      create table case_skip (
        site_id  bigint      not null,
        case_id  bigint      not null,
        staff_id bigint      not null references staff on delete cascade,
        until    timestamptz not null,
        primary key (case_id, staff_id),
        foreign key (site_id, case_id) references moderation_case (site_id, id) on delete cascade
      );

      create table decision (
        site_id      bigint      not null,
        id           bigint      generated always as identity,
        image_id     bigint      not null,
        case_id      bigint,
        round        int         not null,
        action       text        not null check (action in ('block', 'keep', 'escalate')),
        policy       text,
        note         text        check (length(note) <= 4000),
        reports      text        not null check (reports in ('valid', 'invalid', 'ignore')),
        staff_id     bigint      not null references staff on delete restrict,
        case_version int,
        lease_token  bytea,
        delta        jsonb       not null,
        at           timestamptz not null default clock_timestamp(),
        undone_at    timestamptz,
        undone_by    bigint      references staff on delete restrict,
        primary key (site_id, id),
        foreign key (site_id, image_id) references image (site_id, id) on delete restrict,
        foreign key (site_id, case_id) references moderation_case (site_id, id) on delete restrict,
        check (action <> 'block' or policy is not null),
        check ((undone_at is null) = (undone_by is null))
      );
      create unique index decision_id on decision (id);
      -- The latest decision on an image: only that one can be undone.
      create index decision_image on decision (site_id, image_id, id);

      -- The log. Its one writer at a time holds pg_advisory_xact_lock, so the order of seq is the order of commit.
      create table event (
        seq          bigint      generated always as identity primary key,
        site_id      bigint      not null,
        image_id     bigint,
        case_id      bigint,
        decision_id  bigint,
        type         text        not null,
        actor_kind   text        not null check (actor_kind in ('reader', 'rule', 'staff', 'site', 'operator')),
        actor_id     bigint,
        rule_version int,
        data         jsonb       not null default '{}',
        visibility   jsonb,
        at           timestamptz not null default clock_timestamp(),
        check ((actor_kind = 'staff') = (actor_id is not null))
      );
      -- The history of one image, and of one site.
      create index event_image on event (site_id, image_id, seq);
      create index event_site on event (site_id, seq);
      -- Followers of the log read only what changes the visible state.
      create index event_visibility on event (seq) where visibility is not null;

      create function refuse_change_of_log() returns trigger language plpgsql as $$
      begin
        raise exception 'the event log is append-only';
      end $$;
      create trigger event_append_only before update or delete or truncate on event
        for each statement execute function refuse_change_of_log();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table event;
      drop function refuse_change_of_log();
      drop table decision, case_skip, moderation_case, report_note, vote, block, address, image;
      drop table threshold_rule, api_key, membership, staff, site, installation;
    `);
  }
}
