import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The priority of cases goes by expected harm and age (docs/priority.md). Cases that wait get a new place in the queue, and are
 * locked until the end of it, about a second for each hundred thousand of them. Priorities are numbers of another kind from
 * here on: an older version must not write them.
 */
export class Urgency20261126170000 implements MigrationInterface {
  name = 'Urgency20261126170000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Since when it waits for a decision, where that is not since it was opened.
      alter table moderation_case add column waiting_since timestamptz;

      -- The class as it was; within it the age, and as many doublings of the reporters as there were. What readers gave as
      -- their reason, and how fast, a case gets with its next vote.
      update moderation_case
      set priority = case when severe then 1000000000 else 0 end
                   + case when held then 100000000 else 0 end
                   + case when priority % 10000 >= 1000 then 10000000 else 0 end
                   + least(9999999, greatest(0,
                       5000000 + 24 * (9 + priority % 1000 / 10)
                       - floor(extract(epoch from opened_at - timestamptz '2026-01-01 00:00:00+00') / 3600 * 4)))::int
      where status <> 'closed';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- How many reporters there were is not in the number any more.
      update moderation_case
      set priority = case when severe then 100000 else 0 end
                   + case when held then 10000 else 0 end
                   + case when priority / 10000000 % 10 in (1, 4) then 1000 else 0 end,
          flags = array_remove(flags, 'appealed')
      where status <> 'closed';
      alter table moderation_case drop column waiting_since;
    `);
  }
}
