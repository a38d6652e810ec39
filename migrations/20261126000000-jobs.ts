import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Background work, staged in the transaction that causes it. Locks nothing that exists. */
export class Jobs20261126000000 implements MigrationInterface {
  name = 'Jobs20261126000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table job (
        id            bigint      generated always as identity primary key,
        kind          text        not null check (length(kind) between 1 and 100),
        -- Jobs of one lane wait for each other, never for those of another.
        lane          text        not null default '' check (length(lane) <= 200),
        payload       jsonb       not null,
        run_at        timestamptz not null default clock_timestamp(),
        -- How often it was claimed: whoever finishes an attempt names its number.
        attempts      int         not null default 0 check (attempts >= 0),
        -- Attempts that threw, or ended with their process, since it last went well.
        failures      int         not null default 0 check (failures >= 0),
        -- How often it was handed to the transport, and until when that counts.
        relays        int         not null default 0 check (relays >= 0),
        relayed_until timestamptz,
        -- Until when the worker that claimed it may be at work.
        locked_until  timestamptz,
        claimed_at    timestamptz,
        outcome       text        check (outcome in ('done', 'dead')),
        error         text        check (length(error) <= 2000),
        created_at    timestamptz not null default clock_timestamp(),
        finished_at   timestamptz,
        check ((outcome is null) = (finished_at is null)),
        -- Waiting, relayed, running, done or dead: one at a time.
        check (num_nonnulls(relayed_until, locked_until, outcome) <= 1)
      )
      -- Rows come and go by the thousand: what they leave behind is removed before it is a tenth of the table.
      with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05);
      -- What waits, lane by lane: which lanes there are, and the head of each.
      create index job_waiting on job (kind, lane, run_at, id)
        where outcome is null and relayed_until is null and locked_until is null;
      -- How many of a lane are under way, and those whose time has passed.
      create index job_taken on job (lane, id)
        where outcome is null and (relayed_until is not null or locked_until is not null);
      -- The list of dead jobs, and the removal of old ones.
      create index job_finished on job (outcome, finished_at, id) where outcome is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table job');
  }
}
