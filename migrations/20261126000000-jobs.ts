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
        attempts      int         not null default 0 check (attempts >= 0),
        -- How often it was handed to the transport, and until when that counts.
        relays        int         not null default 0 check (relays >= 0),
        relayed_until timestamptz,
        -- Until when the worker that claimed it may be at work.
        locked_until  timestamptz,
        outcome       text        check (outcome in ('done', 'dead')),
        error         text        check (length(error) <= 2000),
        created_at    timestamptz not null default clock_timestamp(),
        finished_at   timestamptz,
        check ((outcome is null) = (finished_at is null))
      );
      -- What is due, lane by lane.
      create index job_due on job (lane, run_at, id) where outcome is null;
      -- The list of dead jobs, and the removal of old ones.
      create index job_finished on job (outcome, finished_at, id) where outcome is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table job');
  }
}
