import type { Tx } from '../tx.js';

const find = {
  name: 'find-bindings',
  text: `
    select k.hash, a.image_id as "boundTo", i.id as "ownImage"
    from unnest($1::bytea[]) as k (hash)
    left join address a on a.hash = k.hash
    left join image i on i.key_hash = k.hash and i.merged_into is null`,
};

const bind = {
  name: 'bind-addresses',
  text: `
    insert into address (site_id, hash, url, image_id)
    select $1, hash, url, $2
    from unnest($3::bytea[], $4::text[]) as n (hash, url)
    order by hash
    on conflict (hash) do update set image_id = excluded.image_id, bound_at = clock_timestamp()`,
};

const showUrl = {
  name: 'show-image-url',
  text: `update image set url = coalesce(url, $3) where site_id = $1 and id = $2`,
};

const rekey = {
  name: 'rekey-image',
  text: `update image set key_kind = 'id', key = $3, key_hash = $4 where site_id = $1 and id = $2`,
};

const moveVotes = {
  name: 'move-votes',
  // One vote per reporter: where both images have one, the reasons unite and the earlier time stays.
  text: `
    insert into vote (site_id, image_id, round, reporter, reporter_kind, reasons, left_out, severe_at, at)
    select v.site_id, $3, $4, v.reporter, v.reporter_kind, v.reasons, v.left_out, v.severe_at, v.at
    from vote v
    where v.site_id = $1 and v.image_id = $2 and v.round = $5 and v.withdrawn_at is null
    on conflict (site_id, image_id, round, reporter) do update
    set reasons = case when vote.withdrawn_at is not null then excluded.reasons
                       else array(select r from unnest(array['child_abuse', 'violence', 'nudity', 'hate', 'harassment',
                                                             'privacy', 'misinformation', 'copyright', 'spam',
                                                             'other']) with ordinality as o (r, n)
                                  where r = any (vote.reasons || excluded.reasons) order by n) end,
        at = case when vote.withdrawn_at is not null then excluded.at else least(vote.at, excluded.at) end,
        severe_at = coalesce(vote.severe_at, excluded.severe_at),
        withdrawn_at = null`,
};

const moveNotes = {
  name: 'move-report-notes',
  text: `
    insert into report_note (site_id, image_id, round, reporter, digest, reason, comment, page_url, page_title,
                             claimed_url, at)
    select site_id, $3, $4, reporter, digest, reason, comment, page_url, page_title, claimed_url, at
    from report_note
    where site_id = $1 and image_id = $2 and round = $5
    on conflict do nothing`,
};

const entomb = {
  name: 'entomb-image',
  // What its state was lives on in the log; its key now belongs to the image that it became.
  text: `
    with blocks as (delete from block where site_id = $1 and image_id = $2),
         cases as (
           update moderation_case
           set status = 'closed', outcome = 'merged', closed_at = clock_timestamp(), held = false, version = version + 1,
               lease_holder = null, lease_token = null, lease_expires_at = null
           where site_id = $1 and image_id = $2 and status <> 'closed')
    update image
    set merged_into = $3, merged_round = $4, blocked = false, shown_reason = null, since = null, reviewed = false,
        protected = false,
        review_state = case when review_state = 'none' then 'none' else 'closed' end
    where site_id = $1 and id = $2`,
};

export interface Binding {
  readonly hash: Buffer;
  /** The image that the site bound this address to. */
  readonly boundTo: string | null;
  /** An image whose own key this is. */
  readonly ownImage: string | null;
}

export const findBindings = (db: Pick<Tx, 'query'>, hashes: readonly Buffer[]): Promise<Binding[]> =>
  db.query(find, [hashes]);

/** Binds addresses to an image, and shows the first where the image has no address to show yet. */
export async function insertAddresses(
  tx: Tx,
  siteId: string,
  imageId: string,
  addresses: readonly { hash: Buffer; url: string }[],
): Promise<void> {
  const urls = addresses.map(({ url }) => url);
  await tx.query(bind, [siteId, imageId, addresses.map(({ hash }) => hash), urls]);
  await tx.query(showUrl, [siteId, imageId, urls[0]]);
}

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
  await tx.query(moveNotes, values);
}

/** Leaves of an image only the word which image it became. */
export const entombImage = (
  tx: Tx,
  siteId: string,
  imageId: string,
  into: { readonly id: string; readonly round: number },
): Promise<unknown[]> => tx.query(entomb, [siteId, imageId, into.id, into.round]);
