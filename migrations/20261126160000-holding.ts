import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the breaker counts, and what is overdue (docs/rules.md, rules 5 and 13). The columns are null and cost nothing. The
 * indexes are built in this transaction, which locks their tables against writing: the log's for about a second each two
 * million lines.
 */
export class Holding20261126160000 implements MigrationInterface {
  name = 'Holding20261126160000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The beginning of the block, or hold, of which an alert has been given; and when a rule's block was lifted because
      -- nobody had reviewed it: what was said before that blocks no more.
      alter table moderation_case add column overdue_for timestamptz;
      alter table moderation_case add column lifted_at timestamptz;
      -- Listing and counting what is held, among any number of open cases.
      create index moderation_case_held on moderation_case (site_id, priority desc, opened_at, id) where held;

      -- What a site's rule blocked within the last hour, which is asked where an image would cross, and within the last weeks.
      create index event_rule_blocks on event (site_id, at)
        where type in ('image.blocked', 'block.added') and data ->> 'source' = 'threshold';
      -- When a site's breaker tripped last.
      create index event_breaker on event (site_id, at) where type = 'site.breaker';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index event_breaker;
      drop index event_rule_blocks;
      drop index moderation_case_held;
      alter table moderation_case drop column lifted_at;
      alter table moderation_case drop column overdue_for;
    `);
  }
}
