import type { Tx } from '../tx.js';

const find = {
  name: 'find-bindings',
  text: `
    select k.hash, a.image_id as "boundTo", a.bound_by as "boundBy", i.id as "ownImage"
    from unnest($1::bytea[]) as k (hash)
    left join address a on a.hash = k.hash
    left join image i on i.key_hash = k.hash and i.merged_into is null`,
};

const bind = {
  name: 'bind-addresses',
  // What the site itself said of an address stays its word when its rules say the same.
  text: `
    insert into address (site_id, hash, url, image_id, bound_by)
    select $1, hash, url, $2, $5
    from unnest($3::bytea[], $4::text[]) as n (hash, url)
    order by hash
    on conflict (hash) do update
    set image_id = excluded.image_id, bound_at = clock_timestamp(),
        bound_by = case when excluded.bound_by = 'rules' and address.bound_by = 'site' then 'site'
                        else excluded.bound_by end`,
};

const move = {
  name: 'move-addresses',
  text: `update address set image_id = $3 where site_id = $1 and image_id = $2 returning url`,
};

const bindKey = {
  name: 'bind-key-as-address',
  text: `
    insert into address (site_id, hash, url, image_id, bound_by)
    select site_id, key_hash, key, $3, 'bytes' from image where site_id = $1 and id = $2
    returning url`,
};

const reserveShown = {
  name: 'reserve-shown-addresses',
  // As an image for a moment, so that whoever makes an image of such an address waits for us; so does not whoever has made
  // one, or bound it. By the index address_image.
  text: `
    insert into image (site_id, key_kind, key, key_hash, url)
    select n.site_id, 'url', n.url, n.hash, n.url
    from (select w.site_id, w.image_id, w.hash, w.url,
                 row_number() over (partition by w.site_id, w.image_id order by w.hash) as nth
          from unnest($1::bigint[], $2::bigint[], $3::bytea[], $4::text[]) as w (site_id, image_id, hash, url)) n
    where not exists (select from address a where a.hash = n.hash)
      and n.nth + (select count(*) from address a
                   where a.site_id = n.site_id and a.image_id = n.image_id and a.bound_by = 'rules') <= $5
    order by n.hash
    on conflict (key_hash) where merged_into is null do nothing
    returning id as "imageId", key_hash as hash`,
};

const bindShown = {
  name: 'bind-shown-addresses',
  text: `
    insert into address (site_id, hash, url, image_id, bound_by)
    select site_id, hash, url, image_id, 'rules'
    from unnest($1::bigint[], $2::bigint[], $3::bytea[], $4::text[]) as n (site_id, image_id, hash, url)
    order by hash
    on conflict (hash) do nothing`,
};

const unbind = {
  name: 'unbind-address',
  text: `delete from address where hash = $1`,
};

const rekeyToAddress = {
  name: 'rekey-image-to-address',
  // The one that has led to it for longest.
  text: `
    with taken as (
      delete from address
      where hash = (select a.hash from address a where a.site_id = $1 and a.image_id = $2 order by a.bound_at, a.hash limit 1)
      returning hash, url
    )
    update image i
    set key = t.url, key_hash = t.hash, url = t.url
    from taken t
    where i.site_id = $1 and i.id = $2`,
};

const showUrl = {
  name: 'show-image-url',
  text: `update image set url = coalesce(url, $3) where site_id = $1 and id = $2`,
};

const rekey = {
  name: 'rekey-image',
  text: `update image set key_kind = 'id', key = $3, key_hash = $4 where site_id = $1 and id = $2`,
};

/** All reasons of `given`, each once, in the order of the rules. */
const inOrder = (given: string): string => `
                array(select r from unnest(array['child_abuse', 'violence', 'nudity', 'hate', 'harassment', 'privacy',
                                                 'misinformation', 'copyright', 'spam', 'other'])
                                    with ordinality as o (r, n)
                      where r = any (${given}) order by n)`;

/** Which of two votes of one reporter has the networks of both as one: whoever counts, and is not capped. */
const takesOther = `excluded.left_out is null and (vote.left_out is not null or excluded.network is null)`;

const moveVotes = {
  name: 'move-votes',
  // One vote per reporter: where both images have one, the reasons unite, the earlier time stays, and it counts if either
  // did. A device's vote that became its account's moves with that, and stays its account's.
  text: `
    insert into vote (site_id, image_id, round, reporter, reporter_kind, reasons, left_out, linked_to,
                      network, wide_network, minted_network, age_minutes, severe_at, at, forgotten_at)
    select v.site_id, $3, $4, v.reporter, v.reporter_kind, v.reasons, v.left_out, v.linked_to,
           v.network, v.wide_network, v.minted_network, v.age_minutes, v.severe_at, v.at, v.forgotten_at
    from vote v
    left join vote a on a.site_id = v.site_id and a.image_id = v.image_id and a.round = v.round
                     and a.reporter = v.linked_to
    where v.site_id = $1 and v.image_id = $2 and v.round = $5
      and v.withdrawn_at is null and a.withdrawn_at is null
    on conflict (site_id, image_id, round, reporter) do update
    set reasons = case when vote.withdrawn_at is not null then excluded.reasons
                       else ${inOrder('vote.reasons || excluded.reasons')} end,
        at = case when vote.withdrawn_at is not null then excluded.at else least(vote.at, excluded.at) end,
        severe_at = coalesce(vote.severe_at, excluded.severe_at),
        withdrawn_at = null,
        linked_to = coalesce(vote.linked_to, excluded.linked_to),
        left_out = case when coalesce(vote.linked_to, excluded.linked_to) is not null then 'linked'
                        when vote.left_out is not null and excluded.left_out is not null then vote.left_out end,
        network        = case when ${takesOther} then excluded.network else vote.network end,
        wide_network   = case when ${takesOther} then excluded.wide_network else vote.wide_network end,
        minted_network = case when ${takesOther} then excluded.minted_network else vote.minted_network end`,
};

const joinLinked = {
  name: 'join-linked-votes',
  // What a device said on the other image is part of its account's vote, too.
  text: `
    update vote a
    set reasons = ${inOrder('a.reasons || d.reasons')}
    from (select v.linked_to, array_agg(r.reason) as reasons
          from vote v
          cross join unnest(v.reasons) as r (reason)
          where v.site_id = $1 and v.image_id = $2 and v.round = $3 and v.linked_to is not null
          group by v.linked_to) d
    where a.site_id = $1 and a.image_id = $2 and a.round = $3 and a.reporter = d.linked_to
      and a.withdrawn_at is null and not d.reasons <@ a.reasons`,
};

const moveNotes = {
  name: 'move-report-notes',
  // With their votes: who withdrew theirs, said nothing here.
  text: `
    insert into report_note (site_id, image_id, round, reporter, digest, reason, comment, page_url, page_title,
                             claimed_url, at, forgotten_at)
    select site_id, $3, $4, reporter, digest, reason, comment, page_url, page_title, claimed_url, at, forgotten_at
    from report_note n
    where site_id = $1 and image_id = $2 and round = $5
      and exists (select from vote v
                  where v.site_id = $1 and v.image_id = $3 and v.round = $4 and v.reporter = n.reporter)
    on conflict do nothing`,
};

const lookAgain = {
  name: 'look-again-whom-to-forget',
  // What came along may have to be forgotten before what was here.
  text: `update image set readers_since = '-infinity' where site_id = $1 and id = $2`,
};

const entomb = {
  name: 'entomb-image',
  // What its state was lives on in the log; its key, and its addresses, now belong to the image that it became.
  text: `
    with addresses as (update address set image_id = $3, bound_at = clock_timestamp()
                       where site_id = $1 and image_id = $2),
         blocks as (delete from block where site_id = $1 and image_id = $2),
         views as (delete from image_views where site_id = $1 and image_id = $2),
         cases as (
           update moderation_case
           set status = 'closed', outcome = 'merged', closed_at = clock_timestamp(), held = false, version = version + 1,
               lease_holder = null, lease_token = null, lease_expires_at = null
           where site_id = $1 and image_id = $2 and status <> 'closed')
    update image
    set merged_into = $3, merged_round = $4, round = $5, blocked = false, shown_reason = null, since = null, reviewed = false,
        protected = false,
        review_state = case when review_state = 'none' then 'none' else 'closed' end
    where site_id = $1 and id = $2`,
};

export interface Binding {
  readonly hash: Buffer;
  /** The image that this address leads to, as the site says, or because of its bytes. */
  readonly boundTo: string | null;
  /** Null: it is bound to none. */
  readonly boundBy: BoundBy | null;
  /** An image whose own key this is. */
  readonly ownImage: string | null;
}

export const findBindings = (db: Pick<Tx, 'query'>, hashes: readonly Buffer[]): Promise<Binding[]> =>
  db.query(find, [hashes]);

/**
 * Who says that an address is an image: its site, the site's address rules, or the same bytes found there. The rules make
 * addresses of those that readers reported: the site vouches for no host by them.
 */
export type BoundBy = 'site' | 'rules' | 'bytes';

/** An address as it was given, of an image that is known by what its site's rules make of it. */
export interface ShownAddress {
  readonly siteId: string;
  readonly imageId: string;
  readonly hash: Buffer;
  readonly url: string;
}

/** Binds addresses to an image, and shows the first where the image has no address to show yet. */
export async function insertAddresses(
  tx: Tx,
  siteId: string,
  imageId: string,
  addresses: readonly { hash: Buffer; url: string }[],
  boundBy: BoundBy,
): Promise<void> {
  const urls = addresses.map(({ url }) => url);
  await tx.query(bind, [siteId, imageId, addresses.map(({ hash }) => hash), urls, boundBy]);
  await tx.query(showUrl, [siteId, imageId, urls[0]]);
}

/**
 * Makes the keys of addresses that nobody has, each as an image that stands for nothing; returns those made here. Of an
 * image's addresses no more than `most` become its own in this way.
 */
export const reserveShownAddresses = (
  tx: Tx,
  addresses: readonly ShownAddress[],
  most: number,
): Promise<{ imageId: string; hash: Buffer }[]> => tx.query(reserveShown, [...columnsOf(addresses), most]);

/** These addresses lead to their images from now on, by the rules of their sites; what is bound already stays. */
export const insertShownAddresses = (tx: Tx, addresses: readonly ShownAddress[]): void =>
  tx.send(bindShown, columnsOf(addresses));

const columnsOf = (addresses: readonly ShownAddress[]): unknown[] => [
  addresses.map(({ siteId }) => siteId),
  addresses.map(({ imageId }) => imageId),
  addresses.map(({ hash }) => hash),
  addresses.map(({ url }) => url),
];

/** The addresses of an image lead to another from now on. Returns them. */
export async function moveAddresses(tx: Tx, siteId: string, from: string, to: string): Promise<string[]> {
  const rows = await tx.query<{ url: string }>(move, [siteId, from, to]);
  return rows.map(({ url }) => url);
}

/** The address by which an image was known leads, by its bytes, to the one that it became part of. Returns it. */
export async function insertKeyAsAddress(
  tx: Tx,
  siteId: string,
  younger: string,
  older: string,
): Promise<string[]> {
  const rows = await tx.query<{ url: string }>(bindKey, [siteId, younger, older]);
  return rows.map(({ url }) => url);
}

/** An address leads to its image no longer. */
export const deleteAddress = (tx: Tx, hash: Buffer): void => tx.send(unbind, [hash]);

/** An image gives its key away, and is known by one of its other addresses. */
export const rekeyToOtherAddress = (tx: Tx, siteId: string, imageId: string): void =>
  tx.send(rekeyToAddress, [siteId, imageId]);

/** An image that was known by its address is from now on known by the site's id. */
export const rekeyImage = (
  tx: Tx,
  siteId: string,
  imageId: string,
  id: string,
  hash: Buffer,
): Promise<unknown[]> => tx.query(rekey, [siteId, imageId, id, hash]);

/** Moves what readers said of one image in its round to another image's round, one vote per reporter. */
export async function moveReports(
  tx: Tx,
  siteId: string,
  from: { readonly id: string; readonly round: number },
  to: { readonly id: string; readonly round: number },
): Promise<void> {
  const values = [siteId, from.id, to.id, to.round, from.round];
  await tx.query(moveVotes, values);
  await tx.query(joinLinked, [siteId, to.id, to.round]);
  await tx.query(moveNotes, values);
  await tx.query(lookAgain, [siteId, to.id]);
}

/** Leaves of an image only the word which image it became. `round`: the one whose votes went along. */
export const entombImage = (
  tx: Tx,
  siteId: string,
  { id, round }: { readonly id: string; readonly round: number },
  into: { readonly id: string; readonly round: number },
): Promise<unknown[]> => tx.query(entomb, [siteId, id, into.id, into.round, round]);
