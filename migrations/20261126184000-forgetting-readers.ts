import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Pseudonyms get an end (docs/adr/0032). Takes ACCESS EXCLUSIVE on vote, report_note and image for a moment: no table is
 * rewritten, since the new columns are null, or the same for all rows there are. The index locks image against writing for
 * about a second each two million images. `down` leaves what was forgotten forgotten.
 */
export class ForgettingReaders20261126184000 implements MigrationInterface {
  name = 'ForgettingReaders20261126184000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- When the pseudonyms of reporter and networks gave way to random values; what was written went with them.
      alter table vote add column forgotten_at timestamptz;
      alter table report_note add column forgotten_at timestamptz;

      -- Since when, at the earliest, a pseudonym on this image may wait to be forgotten; null: none is left. Whoever votes sets
      -- it where it is null, and who forgets sets it anew: so an image is looked at again only after a whole time more. All
      -- that are there already are looked at once.
      alter table image add column readers_since timestamptz default '-infinity';
      alter table image alter column readers_since set default clock_timestamp();
      -- Which images are due (lock-images-to-forget), and how late the first is.
      create index image_readers on image (readers_since) where readers_since is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index image_readers;
      alter table image drop column readers_since;
      alter table report_note drop column forgotten_at;
      alter table vote drop column forgotten_at;
    `);
  }
}
