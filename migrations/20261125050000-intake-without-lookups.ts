import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a new image and its case cost in intake (docs/adr/0009): without a look at the site and at the image for each row.
 * Takes ACCESS EXCLUSIVE on image and moderation_case, for a moment: nothing is rewritten. `down` reads both tables.
 */
export class IntakeWithoutLookups20261125050000 implements MigrationInterface {
  name = 'IntakeWithoutLookups20261125050000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table image drop constraint image_site_id_fkey;
      alter table moderation_case drop constraint moderation_case_site_id_image_id_fkey;

      -- For a statement that finds the ground moved under its transaction: serialization_failure, so it is run again.
      create function retry_transaction(why text) returns void language plpgsql as $$
      begin
        raise exception using errcode = '40001', message = why;
      end $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function retry_transaction(text);
      alter table moderation_case
        add constraint moderation_case_site_id_image_id_fkey
        foreign key (site_id, image_id) references image (site_id, id) on delete restrict;
      alter table image
        add constraint image_site_id_fkey foreign key (site_id) references site on delete restrict;
    `);
  }
}
