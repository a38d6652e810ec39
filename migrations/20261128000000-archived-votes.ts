import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Which votes came from another system's archive. Without it, whoever had twenty of them on images that nobody decides on any more
 * was not heard today: they took all of their reporter's budget, for ever (docs/rules.md, rule 5).
 */
export class ArchivedVotes20261128000000 implements MigrationInterface {
  name = 'ArchivedVotes20261128000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- True: imported from before the window, so that it takes nothing of a budget; else null, which takes no room in a row.
      alter table vote add column archived boolean;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table vote drop column archived');
  }
}
