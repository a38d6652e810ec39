import type { Tx } from '../../tx.js';
import type { VoterNetworks } from '../../voter-networks.js';

/** Where a device is minted: keyed hashes. */
export interface MintingNetworks extends Pick<VoterNetworks, 'narrow' | 'wide'> {
  readonly siteId: string;
}

/** What a network has minted within the last 24 hours, counted by the hour: the current one and the 23 before. */
export interface Minted {
  readonly devices: number;
  /** Seconds until some of them are counted no more; 0 when there are none. */
  readonly fewerIn: number;
}

/** What both networks around an address have minted. */
export interface MintedAround {
  readonly narrow: Minted;
  readonly wide: Minted;
}

/** The beginning of the hour, whatever the session's time zone is. */
const THIS_HOUR = `date_bin('1 hour', statement_timestamp(), timestamptz '2000-01-01 00:00:00+00')`;

const lock = {
  name: 'lock-minted-devices',
  // A narrow network is in one wide network, so this is a lock on both. Rows alone would not do: when the hour changes,
  // two transactions write different ones.
  text: `select pg_advisory_xact_lock(hashtextextended('minted-devices ' || encode($2::bytea, 'hex'), $1::bigint))`,
};

const count = {
  name: 'count-minted-devices',
  // Network by network, so that outside of an indexed transaction too it is their rows alone that are read.
  text: `
    select m.devices, m."fewerIn"
    from unnest($2::bytea[]) with ordinality as n (network, place)
    cross join lateral (
      select coalesce(sum(d.devices), 0)::int as devices,
             coalesce(extract(epoch from min(d.hour) + interval '24 hours' - statement_timestamp()), 0)::float8
               as "fewerIn"
      from minted_devices d
      where d.site_id = $1 and d.network = n.network and d.hour > ${THIS_HOUR} - interval '24 hours') m
    order by n.place`,
};

const add = {
  name: 'add-minted-device',
  text: `
    insert into minted_devices (site_id, network, hour, devices)
    select $1, network, ${THIS_HOUR}, 1
    from unnest($2::bytea[]) as n (network)
    on conflict (site_id, network, hour) do update set devices = minted_devices.devices + 1`,
};

const forget = {
  name: 'forget-minted-devices',
  // By minted_devices_hour.
  text: `
    with old as materialized (
      select site_id, network, hour
      from minted_devices
      where hour <= ${THIS_HOUR} - interval '24 hours'
      order by hour
      limit $1
      for update skip locked
    )
    delete from minted_devices m using old
    where m.site_id = old.site_id and m.network = old.network and m.hour = old.hour`,
};

/** One at a time of each wide network counts and mints, until the transaction ends. */
export const lockMintedDevices = (tx: Tx, { siteId, wide }: MintingNetworks): void =>
  tx.send(lock, [siteId, wide]);

/** What both networks have minted. */
export async function countMintedDevices(
  by: Pick<Tx, 'query'>,
  { siteId, narrow, wide }: MintingNetworks,
): Promise<MintedAround> {
  const [ofNarrow, ofWide] = await by.query<Minted>(count, [siteId, [narrow, wide]]);
  const none = { devices: 0, fewerIn: 0 };
  return { narrow: ofNarrow ?? none, wide: ofWide ?? none };
}

/** Counts one more for both networks. */
export const addMintedDevice = (tx: Tx, { siteId, narrow, wide }: MintingNetworks): void =>
  tx.send(add, [siteId, [narrow, wide]]);

/** Removes at most `limit` counts of hours that matter no more; how many went. */
export const forgetMintedDevices = (tx: Tx, limit: number): Promise<number> => tx.count(forget, [limit]);
