import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Network caps (docs/rules.md, rule 3): where a vote comes from, why it is left out, and which device is whose.
 * Takes ACCESS EXCLUSIVE on vote and image, and reads all votes once for the checks, once for each of five indexes, in
 * which no vote stands yet, and once for those that are left out, which are none unless this was taken back before. No
 * table is rewritten. `down` takes the same locks and reads all votes once. Those that were left out stay so, those of
 * devices that became an account's too, as of a crowded network: whose they are is not known any more.
 */
export class NetworkCaps20261126060000 implements MigrationInterface {
  name = 'NetworkCaps20261126060000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table vote
        add column network        bytea check (octet_length(network) = 8),
        add column wide_network   bytea check (octet_length(wide_network) = 8),
        add column minted_network bytea check (octet_length(minted_network) = 8),
        add column linked_to      bytea check (octet_length(linked_to) = 16),
        add constraint vote_left_out_cause check (left_out in ('network', 'wide-network', 'linked')),
        add constraint vote_networks check ((network is null) = (wide_network is null)
                                            and (minted_network is null or minted_network <> network)),
        add constraint vote_linked check ((linked_to is not null) = (left_out is not distinct from 'linked'));

      -- How many counted votes of an image and round take the places of a narrow network (load-taken-places)?
      create index vote_network on vote (site_id, image_id, round, network)
        where left_out is null and network is not null;
      -- The same, of devices that were minted there.
      create index vote_minted_network on vote (site_id, image_id, round, minted_network)
        where left_out is null and minted_network is not null;
      -- The same, of a wide network.
      create index vote_wide_network on vote (site_id, image_id, round, wide_network)
        where left_out is null and wide_network is not null;
      -- Has this network spent the severe reason's budget within a day (load-severe-networks)?
      create index vote_severe_network on vote (site_id, network, severe_at)
        where severe_at is not null and network is not null;
      -- The same, of devices that were minted there.
      create index vote_severe_minted on vote (site_id, minted_network, severe_at)
        where severe_at is not null and minted_network is not null;

      -- Never filled until now.
      alter table image drop column not_counted;
      alter table image add column left_out jsonb not null default '{}';

      -- A report that carried both said that they are one person. Both are reporters' hashes. No foreign key, as for
      -- images: whoever writes here holds images, and the site's row comes before these.
      create table device_account (
        site_id bigint      not null,
        device  bytea       not null check (octet_length(device) = 16),
        account bytea       not null check (octet_length(account) = 16),
        at      timestamptz not null default clock_timestamp(),
        primary key (site_id, device)
      );

      update image i
      set left_out = c.left_out
      from (select g.site_id, g.image_id, g.round, jsonb_object_agg(g.left_out, g.votes) as left_out
            from (select v.site_id, v.image_id, v.round, v.left_out, count(*) as votes
                  from vote v
                  where v.left_out is not null and v.withdrawn_at is null
                  group by v.site_id, v.image_id, v.round, v.left_out) g
            group by g.site_id, g.image_id, g.round) c
      where i.site_id = c.site_id and i.id = c.image_id and i.round = c.round;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table device_account;
      drop index vote_severe_minted, vote_severe_network, vote_wide_network, vote_minted_network, vote_network;
      alter table vote
        drop constraint vote_linked, drop constraint vote_networks, drop constraint vote_left_out_cause,
        drop column linked_to, drop column minted_network, drop column wide_network, drop column network;
      update vote set left_out = 'network' where left_out = 'linked';

      alter table image drop column left_out;
      alter table image add column not_counted int not null default 0 check (not_counted >= 0);
      update image i
      set not_counted = c.votes
      from (select v.site_id, v.image_id, v.round, count(*) as votes
            from vote v
            where v.left_out is not null and v.withdrawn_at is null
            group by v.site_id, v.image_id, v.round) c
      where i.site_id = c.site_id and i.id = c.image_id and i.round = c.round;
    `);
  }
}
