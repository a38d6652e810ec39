import type { Tx } from '../../tx.js';
import { stoodWhenBlocked } from '../votes/rule-blocks.js';

const move = {
  name: 'move-addresses',
  text: `update address set image_id = $3 where site_id = $1 and image_id = $2 returning url`,
};

/** All reasons of `given`, each once, in the order of the rules. */
const inOrder = (given: string): string => `
                array(select r from unnest(array['child_abuse', 'violence', 'nudity', 'hate', 'harassment', 'privacy',
                                                 'misinformation', 'copyright', 'spam', 'other'])
                                    with ordinality as o (r, n)
                      where r = any (${given}) order by n)`;

/** Which of two votes of one reporter has the networks of both as one: whoever counts, and is not capped. */
const takesOther = `excluded.left_out is null and (vote.left_out is not null or excluded.network is null)`;

/** The account whose vote this device's became took it back: what the device said of the other image is its own again. */
const isTakenBack = `exists (select from vote b
                                     where b.site_id = vote.site_id and b.image_id = vote.image_id and b.round = vote.round
                                       and b.reporter = vote.linked_to and b.withdrawn_at is not null)`;

/** What stood here of this reporter was taken back, by themselves or by the account whose it is. */
const isOver = `(vote.withdrawn_at is not null or ${isTakenBack})`;

const moveVotes = {
  name: 'move-votes',
  // One vote per reporter: where both images have one, the reasons unite, the earlier time stays, and it counts if either
  // did. A device's vote that became its account's moves with that, and stays its account's. One that was taken back here is over,
  // but for its time where it stood when the rule blocked.
  text: `
    insert into vote (site_id, image_id, round, reporter, reporter_kind, reasons, left_out, linked_to,
                      network, wide_network, minted_network, age_minutes, severe_at, at, said_at, archived,
                      forgotten_at)
    select v.site_id, $3, $4, v.reporter, v.reporter_kind, v.reasons, v.left_out, v.linked_to,
           v.network, v.wide_network, v.minted_network, v.age_minutes, v.severe_at, v.at, clock_timestamp(), v.archived,
           v.forgotten_at
    from vote v
    left join vote a on a.site_id = v.site_id and a.image_id = v.image_id and a.round = v.round
                     and a.reporter = v.linked_to
    where v.site_id = $1 and v.image_id = $2 and v.round = $5
      and v.withdrawn_at is null and a.withdrawn_at is null
    on conflict (site_id, image_id, round, reporter) do update
    set said_at = clock_timestamp(),
        reasons = case when ${isOver} then excluded.reasons
                       else ${inOrder('vote.reasons || excluded.reasons')} end,
        at = case when ${isOver} and not ${stoodWhenBlocked('vote')} then excluded.at else least(vote.at, excluded.at) end,
        severe_at = coalesce(vote.severe_at, excluded.severe_at),
        archived = case when vote.archived or ${isOver} then excluded.archived end,
        withdrawn_at = null,
        linked_to = case when ${isTakenBack} then excluded.linked_to else coalesce(vote.linked_to, excluded.linked_to) end,
        left_out = case when ${isTakenBack} then excluded.left_out
                        when coalesce(vote.linked_to, excluded.linked_to) is not null then 'linked'
                        when vote.left_out is not null and excluded.left_out is not null then vote.left_out end,
        network        = case when ${takesOther} then excluded.network else vote.network end,
        wide_network   = case when ${takesOther} then excluded.wide_network else vote.wide_network end,
        minted_network = case when ${takesOther} then excluded.minted_network else vote.minted_network end`,
};

const findPlaces = {
  name: 'find-places-of-linked-votes',
  // A device's vote that counts on one of the two, and on the other has become its account's.
  text: `
    select distinct on (l.linked_to) l.linked_to as account, v.network as narrow, v.wide_network as wide,
           v.minted_network as minted
    from (values ($2::bigint, $5::int, $3::bigint, $4::int), ($3, $4, $2, $5)) as w (image_id, round, other_id, other_round)
    join vote v on v.site_id = $1 and v.image_id = w.image_id and v.round = w.round
    join vote l on l.site_id = $1 and l.image_id = w.other_id and l.round = w.other_round and l.reporter = v.reporter
    where v.left_out is null and v.withdrawn_at is null and l.linked_to is not null
    order by l.linked_to, v.at, v.reporter`,
};

const givePlaces = {
  name: 'give-places-to-accounts',
  // As where an account reports with a device whose vote counts, and its own does not (link-devices.ts).
  text: `
    update vote a
    set left_out = null, network = w.narrow, wide_network = w.wide, minted_network = w.minted
    from unnest($4::bytea[], $5::bytea[], $6::bytea[], $7::bytea[]) as w (account, narrow, wide, minted)
    where a.site_id = $1 and a.image_id = $2 and a.round = $3 and a.reporter = w.account
      and a.left_out is not null and a.withdrawn_at is null`,
};

const joinLinked = {
  name: 'join-linked-votes',
  // What a device said on the other image is part of its account's vote, too.
  text: `
    update vote a
    set said_at = clock_timestamp(), reasons = ${inOrder('a.reasons || d.reasons')}
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

/** The addresses of an image lead to another from now on. Returns them. */
export async function moveAddresses(tx: Tx, siteId: string, from: string, to: string): Promise<string[]> {
  const rows = await tx.query<{ url: string }>(move, [siteId, from, to]);
  return rows.map(({ url }) => url);
}

/** The networks of a device's vote, for the account whose it is. */
interface PlaceOfDevice {
  readonly account: Buffer;
  readonly narrow: Buffer | null;
  readonly wide: Buffer | null;
  readonly minted: Buffer | null;
}

/** Moves what readers said of one image in its round to another image's round, one vote per reporter. */
export async function moveReports(
  tx: Tx,
  siteId: string,
  from: { readonly id: string; readonly round: number },
  to: { readonly id: string; readonly round: number },
): Promise<void> {
  const values = [siteId, from.id, to.id, to.round, from.round];
  const places = await tx.query<PlaceOfDevice>(findPlaces, values);
  await tx.query(moveVotes, values);
  if (places.length > 0) {
    await tx.query(givePlaces, [
      ...[siteId, to.id, to.round],
      places.map(({ account }) => account),
      places.map(({ narrow }) => narrow),
      places.map(({ wide }) => wide),
      places.map(({ minted }) => minted),
    ]);
  }
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
