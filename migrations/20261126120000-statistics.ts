import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What statistics walk (src/database/statements/cases/read-stats.ts has what it costs). All are built in one transaction, and
 * each locks its table against writing until the end of it, about a second for each two million rows: the smallest first, and
 * vote last, so that readers' reports wait for the shortest time.
 */
export class Statistics20261126120000 implements MigrationInterface {
  name = 'Statistics20261126120000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The decisions of a time. Led by site_id, an index would look like decision_image on an empty table, and a plan made
      -- then would walk all decisions of a site for one (as image_key says of itself); so would the next two.
      create index decision_at on decision using brin (at) with (pages_per_range = 16, autosummarize = on);
      -- The cases that were closed in a time; those opened in one are found by moderation_case_age.
      create index moderation_case_closed on moderation_case (closed_at, site_id) where closed_at is not null;
      -- The blocks of a time: few of the log's lines begin one.
      create index event_blocks on event (at, site_id) where type in ('image.blocked', 'block.added');
      -- The votes of a time. Each report writes to vote, and they come in the order of time: for a few kilobytes, and nothing
      -- that an insert would notice, this says in which pages they are.
      create index vote_at on vote using brin (at) with (pages_per_range = 32, autosummarize = on);
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
