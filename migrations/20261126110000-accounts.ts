import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Accounts of moderators: sessions, second factors, one-time links, and their log. `staff` takes an access exclusive lock for
 * the moment that its columns take; nothing is rewritten.
 */
export class Accounts20261126110000 implements MigrationInterface {
  name = 'Accounts20261126110000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Null: invited, and has set none yet.
      alter table staff alter column password_hash drop not null;
      -- As this was before it was taken back, if it was.
      update staff set password_hash = null where password_hash = '-';

      create table session (
        id         bigint      generated always as identity primary key,
        staff_id   bigint      not null references staff on delete cascade,
        -- SHA-256 of what the cookie holds.
        hash       bytea       not null unique check (octet_length(hash) = 32),
        -- What is still missing: the code of the second factor; the setting up of one, where it is required; nothing.
        stage      text        not null check (stage in ('totp', 'enrol', 'full')),
        -- Such as "Firefox on Linux": how its owner tells it from others.
        browser    text        not null default '' check (length(browser) <= 100),
        created_at timestamptz not null default clock_timestamp(),
        -- Of its last request, to the minute; it ends when that is long ago.
        seen_at    timestamptz not null default clock_timestamp(),
        -- It ends then, however much it is used.
        expires_at timestamptz not null,
        ended_at   timestamptz
      );
      -- Somebody's sessions, to list and to end them.
      create index session_staff on session (staff_id) where ended_at is null;
      -- Those that ended long ago are removed.
      create index session_expires_at on session (expires_at);

      create table second_factor (
        staff_id     bigint      primary key references staff on delete cascade,
        -- Of TOTP (RFC 6238), encrypted under the installation's secret. Null: there is none in force yet.
        secret       text,
        -- Null: there is none in force yet.
        confirmed_at timestamptz,
        -- One that is being set up, and takes the place of the other with its first code.
        next_secret  text,
        next_at      timestamptz,
        -- The last time step of which a code was taken: each is good once.
        last_step    bigint      not null default 0,
        created_at   timestamptz not null default clock_timestamp(),
        check ((secret is null) = (confirmed_at is null)),
        check ((next_secret is null) = (next_at is null))
      );

      create table recovery_code (
        staff_id bigint      not null references second_factor on delete cascade,
        -- SHA-256 of a code of 80 random bits.
        hash     bytea       not null check (octet_length(hash) = 32),
        used_at  timestamptz,
        primary key (staff_id, hash)
      );

      create table account_link (
        id         bigint      generated always as identity primary key,
        staff_id   bigint      not null references staff on delete cascade,
        purpose    text        not null check (purpose in ('invitation', 'reset')),
        -- SHA-256 of what the link holds; null: it is made when it is mailed.
        hash       bytea       unique check (octet_length(hash) = 32),
        -- Null: the operator, or who asked for their own.
        created_by bigint      references staff on delete set null,
        created_at timestamptz not null default clock_timestamp(),
        expires_at timestamptz not null,
        -- Used, or replaced by a newer one.
        spent_at   timestamptz
      );
      -- A person's open links: a new one spends those before it.
      create index account_link_staff on account_link (staff_id) where spent_at is null;

      create table sign_in_failure (
        -- A keyed hash of an account's e-mail address, of a network, or of both together.
        key      bytea       primary key check (octet_length(key) = 16),
        -- 0: from there that account signed in.
        failures int         not null check (failures >= 0),
        last_at  timestamptz not null default clock_timestamp()
      );
      -- Those that are long forgiven are removed.
      create index sign_in_failure_last_at on sign_in_failure (last_at);

      create table account_event (
        seq        bigint      generated always as identity primary key,
        -- Whose account it is about; null: nobody's (a failed sign-in under an unknown address).
        staff_id   bigint,
        -- The site on which rights changed; null: it is about the account itself.
        site_id    bigint,
        type       text        not null,
        actor_kind text        not null check (actor_kind in ('staff', 'operator', 'anybody')),
        actor_id   bigint,
        data       jsonb       not null default '{}',
        at         timestamptz not null default clock_timestamp(),
        check ((actor_kind = 'staff') = (actor_id is not null))
      );
      -- What happened to one account, and to the rights on one site.
      create index account_event_staff on account_event (staff_id, seq);
      create index account_event_site on account_event (site_id, seq) where site_id is not null;
      create trigger account_event_append_only before update or delete or truncate on account_event
        for each statement execute function refuse_change_of_log();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table account_event;
      drop table sign_in_failure;
      drop table account_link;
      drop table recovery_code;
      drop table second_factor;
      drop table session;
      -- Nobody's password has this hash.
      update staff set password_hash = '-' where password_hash is null;
      alter table staff alter column password_hash set not null;
    `);
  }
}
