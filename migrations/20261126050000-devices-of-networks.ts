import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What keeps devices from being minted by the thousand: which challenges were spent, and how many devices each network
 * has minted of late. Takes "share row exclusive" on site for the foreign keys, for a moment.
 */
export class DevicesOfNetworks20261126050000 implements MigrationInterface {
  name = 'DevicesOfNetworks20261126050000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table spent_challenge (
        site_id    bigint      not null references site on delete cascade,
        -- SHA-256, as the challenge itself is one.
        challenge  bytea       not null check (octet_length(challenge) = 32),
        -- After this it is refused without being looked for here.
        expires_at timestamptz not null,
        -- A solution is good once: whoever comes second finds the row.
        primary key (site_id, challenge)
      );
      -- What can be forgotten.
      create index spent_challenge_expires on spent_challenge (expires_at);

      create table minted_devices (
        site_id bigint      not null references site on delete cascade,
        -- A keyed hash, of a narrow network or of a wide one.
        network bytea       not null check (octet_length(network) = 8),
        -- The beginning of an hour.
        hour    timestamptz not null,
        devices int         not null check (devices > 0),
        -- The last 24 hours of a network.
        primary key (site_id, network, hour)
      );
      -- What can be forgotten.
      create index minted_devices_hour on minted_devices (hour);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table minted_devices, spent_challenge');
  }
}
