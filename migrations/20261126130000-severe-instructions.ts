import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a newsroom must do when somebody gives the severe reason. `site` takes an access exclusive lock for the moment that
 * its column takes; the check reads the table once, which has a row for each site.
 */
export class SevereInstructions20261126130000 implements MigrationInterface {
  name = 'SevereInstructions20261126130000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- By the site, in its country's terms; null: it has written none.
      alter table site
        add column severe_instructions text check (char_length(severe_instructions) between 1 and 4000);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table site drop column severe_instructions');
  }
}
