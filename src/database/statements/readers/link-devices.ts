import type { Tx } from '../../tx.js';
import type { VoteKey } from '../votes/cast-votes.js';

const load = {
  name: 'load-device-accounts',
  text: `
    select l.site_id as "siteId", l.device, l.account
    from unnest($1::bigint[], $2::bytea[]) as w (site_id, device)
    join device_account l on l.site_id = w.site_id and l.device = w.device`,
};

const save = {
  name: 'save-device-accounts',
  // By device, so that two that link the same wait for each other in one direction only.
  text: `
    insert into device_account (site_id, device, account)
    select site_id, device, account
    from unnest($1::bigint[], $2::bytea[], $3::bytea[]) as l (site_id, device, account)
    order by site_id, device
    on conflict (site_id, device) do update set account = excluded.account, at = clock_timestamp()
    where device_account.account is distinct from excluded.account`,
};

const linkVotes = {
  name: 'link-votes',
  // What the device's vote spent of the severe reason's budget stays spent for the person. Where it counted and the
  // account's did not, the account's takes its place, with its networks. Of many devices of one account one gives its place,
  // perhaps not the one that has spent; an update takes one row for each that it changes, so they are made one.
  text: `
    with linked as (
      update vote d
      set left_out = 'linked', linked_to = w.account
      from unnest($1::bigint[], $2::bigint[], $3::int[], $4::bytea[], $5::bytea[], $6::boolean[])
           as w (site_id, image_id, round, device, account, gives_place)
      where d.site_id = w.site_id and d.image_id = w.image_id and d.round = w.round and d.reporter = w.device
      returning d.*, w.gives_place),
    by_account as (
      select site_id, image_id, round, linked_to, bool_or(gives_place) as gives_place, max(severe_at) as severe_at,
             (array_agg(network) filter (where gives_place))[1]        as network,
             (array_agg(wide_network) filter (where gives_place))[1]   as wide_network,
             (array_agg(minted_network) filter (where gives_place))[1] as minted_network
      from linked
      group by site_id, image_id, round, linked_to)
    update vote a
    set severe_at      = coalesce(a.severe_at, l.severe_at),
        left_out       = case when l.gives_place then null else a.left_out end,
        network        = case when l.gives_place then l.network else a.network end,
        wide_network   = case when l.gives_place then l.wide_network else a.wide_network end,
        minted_network = case when l.gives_place then l.minted_network else a.minted_network end
    from by_account l
    where a.site_id = l.site_id and a.image_id = l.image_id and a.round = l.round and a.reporter = l.linked_to
      and (l.gives_place or l.severe_at is not null)`,
};

/** A device that is known to be an account's. Both are reporters' hashes. */
export interface DeviceAccount {
  readonly siteId: string;
  readonly device: Buffer;
  readonly account: Buffer;
}

/** Whose these devices are. Those that are nobody's yet are left out. */
export const loadDeviceAccounts = (
  tx: Tx,
  devices: readonly { readonly siteId: string; readonly device: Buffer }[],
): Promise<DeviceAccount[]> =>
  tx.query(load, [devices.map(({ siteId }) => siteId), devices.map(({ device }) => device)]);

/** From now on these devices are these accounts'. Each device at most once. */
export const saveDeviceAccounts = (tx: Tx, links: readonly DeviceAccount[]): void =>
  tx.send(save, [
    links.map(({ siteId }) => siteId),
    links.map(({ device }) => device),
    links.map(({ account }) => account),
  ]);

/** A device's vote that becomes its account's, which is there already. */
export interface LinkedVote extends VoteKey {
  readonly account: Buffer;
  /** The account's vote was left out: it counts in the place of the device's. */
  readonly givesPlace: boolean;
}

export const updateLinkedVotes = (tx: Tx, votes: readonly LinkedVote[]): void =>
  tx.send(linkVotes, [
    votes.map(({ siteId }) => siteId),
    votes.map(({ imageId }) => imageId),
    votes.map(({ round }) => round),
    votes.map(({ reporter }) => reporter),
    votes.map(({ account }) => account),
    votes.map(({ givesPlace }) => givesPlace),
  ]);
