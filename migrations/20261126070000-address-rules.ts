import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A site's address rules, and how far its images were given the addresses that these make (docs/adr/0016).
 * Takes ACCESS EXCLUSIVE on site, which is small, for a moment; no table is rewritten. `down` takes the same, and forgets
 * the rules: images that they joined stay joined, and are found by every address that was theirs.
 */
export class AddressRules20261126070000 implements MigrationInterface {
  name = 'AddressRules20261126070000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table site
        add column address_rules jsonb not null default '{}' check (jsonb_typeof(address_rules) = 'object'),
        add column readdressing  jsonb check (jsonb_typeof(readdressing) = 'object');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table site drop column readdressing, drop column address_rules;`);
  }
}
