import type { Tx } from '../../tx.js';

/**
 * Who is forgotten when: a person is, in a round of an image, when so many days have passed since all of these
 *
 * - what they said last, vote or note;
 * - the closing of the case to which the round belongs, if one does: while it is open, nobody is forgotten;
 *
 * and when, in the round that is being counted, their vote has left the window of the site's rule. `$1`, `$2`: the images;
 * `$3`: now; `$4`: days.
 */
const ROUNDS = `
      select i.site_id, i.id as image_id, r.round, c.status is not null and c.status <> 'closed' as open, c.closed_at,
             case when r.round = i.round and i.merged_into is null
                  then make_interval(hours => (t.rule ->> 'windowHours')::int) - make_interval(days => $4::int)
                  else interval '0' end as longer
      from unnest($1::bigint[], $2::bigint[]) as w (site_id, id)
      join image i on i.site_id = w.site_id and i.id = w.id
      join site s on s.id = i.site_id
      join threshold_rule t on t.site_id = s.id and t.version = s.rule_version
      cross join lateral generate_series(1, i.round) as r (round)
      left join lateral (
        select x.status, x.closed_at
        from moderation_case x
        where x.site_id = i.site_id and x.image_id = i.id and x.round <= r.round
        order by x.round desc
        limit 1
      ) c on true`;

const CUTOFF = `$3::timestamptz - make_interval(days => $4::int)`;

/** The notes of one reporter in a round, by the primary key. */
const notesOf = (reporter: string): string =>
  `n.site_id = r.site_id and n.image_id = r.image_id and n.round = r.round and n.reporter = ${reporter}`;

/** Notes that came with a merge, and whose votes did not. */
const WITHOUT_VOTE = `
        from report_note n
        where n.site_id = r.site_id and n.image_id = r.image_id and n.round = r.round and n.forgotten_at is null
          and not exists (select from vote v
                          where v.site_id = n.site_id and v.image_id = n.image_id and v.round = n.round
                            and v.reporter = n.reporter)
        group by n.reporter`;

/** Exported for the proof of its plan. */
export const lockImagesToForgetStatement = {
  name: 'lock-images-to-forget',
  // Waits for nobody: whatever is locked is in use, and comes next time. So it is in nobody's way, in whatever order.
  text: `
    select i.site_id as "siteId", i.id as "imageId"
    from image i
    where i.readers_since < $1::timestamptz - make_interval(days => $2::int)
    order by i.readers_since
    limit $3
    for no key update skip locked`,
};

/** Exported for the proof of its plan. */
export const findForgettableStatement = {
  name: 'find-forgettable-readers',
  // Round after round, and no further than the limit.
  text: `
    with rounds as materialized (${ROUNDS}
    )
    select r.site_id as "siteId", r.image_id as "imageId", r.round, d.reporter, d.network as narrow,
           d.wide_network as wide, d.minted_network as minted, d.linked_to as "linkedTo"
    from rounds r
    cross join lateral (
      select v.reporter, v.network, v.wide_network, v.minted_network, v.linked_to
      from vote v
      where v.site_id = r.site_id and v.image_id = r.image_id and v.round = r.round and v.forgotten_at is null
        and v.at < ${CUTOFF} - greatest(r.longer, interval '0')
        and not exists (select from report_note n where ${notesOf('v.reporter')} and n.at >= ${CUTOFF})
      union all
      select g.reporter, null, null, null, null
      from (select n.reporter, max(n.at) as at${WITHOUT_VOTE}) g
      where g.at < ${CUTOFF} - greatest(r.longer, interval '0')
    ) d
    where not r.open and (r.closed_at is null or r.closed_at < ${CUTOFF})
    limit $5`,
};

const forgetVotes = {
  name: 'forget-voters',
  text: `
    update vote v
    set reporter = w.fresh, network = w.narrow, wide_network = w.wide, minted_network = w.minted, linked_to = w.linked,
        forgotten_at = $10
    from unnest($1::bigint[], $2::bigint[], $3::int[], $4::bytea[], $5::bytea[], $6::bytea[], $7::bytea[], $8::bytea[],
                $9::bytea[])
         as w (site_id, image_id, round, reporter, fresh, narrow, wide, minted, linked)
    where v.site_id = w.site_id and v.image_id = w.image_id and v.round = w.round and v.reporter = w.reporter`,
};

const forgetNotes = {
  name: 'forget-what-they-wrote',
  // The digest is one of what they wrote: who guesses the words could prove them by it. Reason and time stay: from when on a
  // vote gave a reason is known by them.
  text: `
    update report_note n
    set reporter = w.fresh, digest = uuid_send(gen_random_uuid()), comment = null, page_url = null, page_title = null,
        claimed_url = null, forgotten_at = $6
    from unnest($1::bigint[], $2::bigint[], $3::int[], $4::bytea[], $5::bytea[])
         as w (site_id, image_id, round, reporter, fresh)
    where n.site_id = w.site_id and n.image_id = w.image_id and n.round = w.round and n.reporter = w.reporter`,
};

const lookAgainAt = {
  name: 'look-again-at-readers',
  // Whoever is known in a round that is open is for a whole time more: their case is closed now at the earliest.
  text: `
    with rounds as materialized (${ROUNDS}
    ),
    next as materialized (
      select r.site_id, r.image_id, min(k.since) as since
      from rounds r
      cross join lateral (
        select $3::timestamptz as since
        where r.open
          and (exists (select from vote v
                       where v.site_id = r.site_id and v.image_id = r.image_id and v.round = r.round
                         and v.forgotten_at is null)
               or exists (select from report_note n
                          where n.site_id = r.site_id and n.image_id = r.image_id and n.round = r.round
                            and n.forgotten_at is null))
        union all
        select greatest(p.at + greatest(r.longer, interval '0'), p.at, r.closed_at)
        from (select min(greatest(v.at, (select max(n.at) from report_note n where ${notesOf('v.reporter')}))) as at
              from vote v
              where v.site_id = r.site_id and v.image_id = r.image_id and v.round = r.round and v.forgotten_at is null
              union all
              select max(n.at) as at${WITHOUT_VOTE}) p
        where not r.open and p.at is not null
      ) k
      group by r.site_id, r.image_id)
    update image i
    set readers_since = n.since
    from unnest($1::bigint[], $2::bigint[]) as w (site_id, id)
    left join next n on n.site_id = w.site_id and n.image_id = w.id
    where i.site_id = w.site_id and i.id = w.id`,
};

/**
 * Seconds since the first image should have been looked at, one row by index; below 0: it is not yet due, null: there is none. One
 * that was made since then is not late.
 *
 * @param days `readers.pseudonymDays`
 */
export const secondsLate = (days: string): string => `
    select extract(epoch from clock_timestamp() - greatest(i.readers_since, i.created_at))::float8
             - ${days}::int * 86400.0 as seconds
    from image i
    where i.readers_since is not null
    order by i.readers_since
    limit 1`;

const latest = { name: 'read-latest-forgetting', text: secondsLate('$1') };

const count = {
  name: 'count-images-to-forget',
  text: `
    select count(*)::int as images
    from (select from image i
          where i.readers_since < clock_timestamp() - make_interval(days => $1::int)
          limit $2) c`,
};

/** An image on which somebody may have to be forgotten. */
export interface ForgettableImage {
  readonly siteId: string;
  readonly imageId: string;
}

/** A person in a round of an image. */
export interface KnownReader {
  readonly siteId: string;
  readonly imageId: string;
  readonly round: number;
  readonly reporter: Buffer;
  readonly narrow: Buffer | null;
  readonly wide: Buffer | null;
  readonly minted: Buffer | null;
  readonly linkedTo: Buffer | null;
}

const imagesOf = (images: readonly ForgettableImage[]): unknown[] => [
  images.map(({ siteId }) => siteId),
  images.map(({ imageId }) => imageId),
];

/** Locks at most so many images that are due and that nobody else has locked, until the transaction ends. */
export const lockImagesToForget = (
  tx: Tx,
  now: Date,
  days: number,
  limit: number,
): Promise<ForgettableImage[]> => tx.query(lockImagesToForgetStatement, [now, days, limit]);

/** At most so many who are to be forgotten on these images. */
export const findForgettable = (
  tx: Tx,
  images: readonly ForgettableImage[],
  { now, days, limit }: { readonly now: Date; readonly days: number; readonly limit: number },
): Promise<KnownReader[]> => tx.query(findForgettableStatement, [...imagesOf(images), now, days, limit]);

/** What takes the places of a person's pseudonyms on an image. */
export interface FreshNames {
  readonly known: Pick<KnownReader, 'siteId' | 'imageId' | 'round' | 'reporter'>;
  readonly fresh: Pick<KnownReader, 'reporter' | 'narrow' | 'wide' | 'minted' | 'linkedTo'>;
}

/** Puts these values in the place of the persons', and takes away what they wrote. Their images are locked. */
export function replaceReaders(tx: Tx, readers: readonly FreshNames[], now: Date): void {
  const keys = [
    readers.map(({ known }) => known.siteId),
    readers.map(({ known }) => known.imageId),
    readers.map(({ known }) => known.round),
    readers.map(({ known }) => known.reporter),
    readers.map(({ fresh }) => fresh.reporter),
  ];
  tx.send(forgetVotes, [
    ...keys,
    readers.map(({ fresh }) => fresh.narrow),
    readers.map(({ fresh }) => fresh.wide),
    readers.map(({ fresh }) => fresh.minted),
    readers.map(({ fresh }) => fresh.linkedTo),
    now,
  ]);
  tx.send(forgetNotes, [...keys, now]);
}

/** Says of these images when to look at them again; never where nobody is known on them any more. */
export const lookAgainAtReaders = (
  tx: Tx,
  images: readonly ForgettableImage[],
  now: Date,
  days: number,
): void => tx.send(lookAgainAt, [...imagesOf(images), now, days]);

/**
 * By how many seconds the first image is late at which one should have looked for whom to forget; at most 0: none is. One row by
 * index: cheap enough to be asked every few seconds.
 *
 * @param days `readers.pseudonymDays`
 */
export async function secondsLateToForget(db: Pick<Tx, 'query'>, days: number): Promise<number> {
  const [row] = await db.query<{ seconds: number }>(latest, [days]);
  return Math.max(0, row?.seconds ?? 0);
}

/** How many images are due, `most` at most. */
export async function countImagesToForget(
  db: Pick<Tx, 'query'>,
  days: number,
  most: number,
): Promise<number> {
  const [row] = await db.query<{ images: number }>(count, [days, most]);
  return row?.images ?? 0;
}
