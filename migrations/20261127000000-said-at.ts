import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * When a vote last said something new. Without it, whoever spoke after a decision was overlooked by its undo where as much had
 * been taken back by others (docs/rules.md, rule 15).
 */
export class SaidAt20261127000000 implements MigrationInterface {
  name = 'SaidAt20261127000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Null: when it was cast. Else it gained a reason or was cast again then, or came along with another image or another
      -- system's records, whose time it keeps.
      alter table vote add column said_at timestamptz;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table vote drop column said_at');
  }
}
