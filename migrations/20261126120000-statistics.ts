import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What statistics walk (src/database/statements/read-stats.ts has what it costs). Building them takes SHARE on vote, event,
 * decision and moderation_case in turn: nobody writes to that table meanwhile, about a second for each two million rows.
 */
export class Statistics20261126120000 implements MigrationInterface {
  name = 'Statistics20261126120000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The votes of a time. Each report writes to vote, and they come in the order of time: for a few kilobytes, and nothing
      -- that an insert would notice, this says in which pages they are.
      create index vote_at on vote using brin (at) with (pages_per_range = 32, autosummarize = on);
      -- The decisions of a time. Led by site_id, an index would look like decision_image on an empty table, and a plan made
      -- then would walk all decisions of a site for one (as image_key says of itself); so would the next two.
      create index decision_at on decision using brin (at) with (pages_per_range = 16, autosummarize = on);
      -- The blocks of a time: few of the log's lines begin one.
      create index event_blocks on event (at, site_id) where type in ('image.blocked', 'block.added');
      -- The cases that were closed in a time; those opened in one are found by moderation_case_age.
      create index moderation_case_closed on moderation_case (closed_at, site_id) where closed_at is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index moderation_case_closed;
      drop index decision_at;
      drop index event_blocks;
      drop index vote_at;
    `);
  }
}
