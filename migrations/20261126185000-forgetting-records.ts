import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Records of reporters get an end (docs/adr/0033). The indexes are built in this transaction and lock their tables against
 * writing: about a second each two million rows.
 */
export class ForgettingRecords20261126185000 implements MigrationInterface {
  name = 'ForgettingRecords20261126185000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What decisions said that long ago that it may go, page by page (forget-verdicts-unused).
      create index reporter_verdict_at on reporter_verdict (at, site_id, reporter, decision_id);
      -- The same of links of devices (forget-links-unused).
      create index device_account_at on device_account (at, site_id, device);
      -- The devices of an account: is the account still in use, and what goes with it when it asks to be forgotten?
      create index device_account_account on device_account (site_id, account);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index device_account_account, device_account_at, reporter_verdict_at');
  }
}
