import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The messages of an endpoint that failed, and those that wait, the newest first: all others were looked through for them. What was delivered
 * needs no index of its own, since it is most of what there is. Takes the access exclusive lock of `webhook_message` for a moment, and
 * holds up its writers while the table is read twice.
 */
export class MessagesByStatus20261128010000 implements MigrationInterface {
  name = 'MessagesByStatus20261128010000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The list of an endpoint's messages that failed.
      create index webhook_message_failed on webhook_message (site_id, endpoint_id, id) where status = 'failed';
      create index webhook_message_waiting on webhook_message (site_id, endpoint_id, id) where status = 'pending';
      drop index webhook_message_pending;
      -- The list of those that wait; and all of them, once the endpoint is disabled.
      alter index webhook_message_waiting rename to webhook_message_pending;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index webhook_message_waiting on webhook_message (site_id, endpoint_id) where status = 'pending';
      drop index webhook_message_pending;
      alter index webhook_message_waiting rename to webhook_message_pending;
      drop index webhook_message_failed;
    `);
  }
}
