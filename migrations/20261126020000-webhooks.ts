import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Webhooks: endpoints, their messages, every attempt to deliver one, and how far the log has been turned into messages.
 * Takes "share row exclusive" on site for the foreign key; reads event once.
 */
export class Webhooks20261126020000 implements MigrationInterface {
  name = 'Webhooks20261126020000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table webhook_endpoint (
        site_id         bigint      not null references site on delete cascade,
        id              bigint      generated always as identity,
        url             text        not null check (length(url) <= 2048),
        events          text[]      not null check (cardinality(events) > 0),
        description     text        not null default '' check (length(description) <= 500),
        -- Encrypted: signing needs them, so no hash would do.
        secret          text        not null,
        old_secret      text,
        old_until       timestamptz,
        -- It gets what was logged after this.
        after_seq       bigint      not null,
        -- Since when it has done nothing but fail.
        failing_since   timestamptz,
        last_failed_at  timestamptz,
        disabled_at     timestamptz,
        disabled_reason text        check (disabled_reason in ('by_site', 'gone', 'failing')),
        created_at      timestamptz not null default clock_timestamp(),
        primary key (site_id, id),
        unique (site_id, url),
        check ((old_secret is null) = (old_until is null)),
        check ((failing_since is null) = (last_failed_at is null)),
        check ((disabled_at is null) = (disabled_reason is null))
      );
      -- Endpoints are addressed by their id alone; the site is checked afterwards.
      create unique index webhook_endpoint_id on webhook_endpoint (id);

      create table webhook_message (
        site_id         bigint      not null,
        id              bigint      generated always as identity,
        endpoint_id     bigint      not null,
        -- Null: a test.
        event_seq       bigint,
        type            text        not null,
        -- The very bytes that are signed, at every attempt.
        body            text        not null,
        status          text        not null default 'pending' check (status in ('pending', 'delivered', 'failed')),
        -- Attempts in all, and in the series that a retry by hand begins anew.
        attempts        int         not null default 0 check (attempts >= 0),
        series          int         not null default 1 check (series >= 1),
        series_attempts int         not null default 0 check (series_attempts >= 0),
        next_attempt_at timestamptz default clock_timestamp(),
        created_at      timestamptz not null default clock_timestamp(),
        finished_at     timestamptz,
        primary key (site_id, id),
        foreign key (site_id, endpoint_id) references webhook_endpoint (site_id, id) on delete cascade,
        -- One message for each event and endpoint (invariant 4).
        unique (endpoint_id, event_seq),
        check ((status = 'pending') = (next_attempt_at is not null)),
        check ((status = 'pending') = (finished_at is null))
      ) with (fillfactor = 75);
      -- Messages are addressed by their id alone.
      create unique index webhook_message_id on webhook_message (id);
      -- The list of an endpoint's messages, the newest first; and what goes when the endpoint goes.
      create index webhook_message_endpoint on webhook_message (site_id, endpoint_id, id);
      -- What waits for an endpoint that is disabled.
      create index webhook_message_pending on webhook_message (site_id, endpoint_id) where status = 'pending';
      -- What has been kept for long enough.
      create index webhook_message_finished on webhook_message (finished_at) where finished_at is not null;

      create table webhook_attempt (
        site_id      bigint      not null,
        message_id   bigint      not null,
        number       int         not null check (number >= 1),
        at           timestamptz not null default clock_timestamp(),
        milliseconds int         not null check (milliseconds >= 0),
        -- Null: there was no answer.
        status       int,
        -- Null: delivered.
        error        text        check (length(error) <= 500),
        answer       text        check (length(answer) <= 1000),
        primary key (site_id, message_id, number),
        foreign key (site_id, message_id) references webhook_message (site_id, id) on delete cascade
      );

      -- How far the log has been turned into messages. Endpoints get what comes after their making, so what was logged
      -- before there were any makes none.
      create table webhook_cursor (
        one boolean primary key default true check (one),
        seq bigint  not null
      );
      insert into webhook_cursor (seq) select coalesce(max(seq), 0) from event;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table webhook_cursor, webhook_attempt, webhook_message, webhook_endpoint');
  }
}
