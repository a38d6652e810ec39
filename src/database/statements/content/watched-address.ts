import type { DatabaseTime } from '../../database-time.js';
import type { Tx } from '../../tx.js';
import { severeImage } from './sealed-content.js';

/** An address that is watched, as a job names it. */
export interface WatchKey {
  readonly siteId: string;
  readonly hash: Buffer;
}

/** All that decides about the next look. */
export interface WatchRow {
  readonly imageId: string;
  /** What is asked for: the address as it was first reported. */
  readonly url: string;
  readonly blocked: boolean;
  /** Does a case of it await a decision? */
  readonly awaits: boolean;
  /** It must not be fetched. */
  readonly severe: boolean;
  /** The site itself bound this very address to the image: it vouches for it, whatever its host. */
  readonly bound: boolean;
  readonly origins: readonly string[];
  readonly imageHosts: readonly string[];
  /** Since the last report or change of the bytes; 0 for an image that is blocked or awaits a decision. */
  readonly quietSeconds: number;
  /** Since the last look; null: there was none. */
  readonly sinceLook: number | null;
  /** The last look gave nothing, or no copy. */
  readonly failed: boolean;
  /** Until the next look is due; null where none was planned. */
  readonly untilNext: number | null;
  /** In a row, each. */
  readonly unchanged: number;
  readonly failures: number;
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly sha256: Buffer | null;
  /** Other bytes are what the site announced. */
  readonly announced: boolean;
  /** The bytes of the last look are still those that the image stands for, and there is a copy of them, or was, or need be none. */
  readonly settled: boolean;
}

/** For how long other bytes are what the site announced: a CDN serves old ones for a while. */
const ANNOUNCED = `interval '1 day'`;

const take = {
  name: 'take-watch',
  // What is asked for stays what was reported first: where rules make one key of many addresses, nothing may be at the key.
  // An address wins over an image of that key, as in find-images. A job that was staged later takes over from one before:
  // of two there is never more than one that goes on.
  text: `
    with found as materialized (
      select i.site_id, i.id, i.blocked, i.content, i.round, i.created_at, i.content_changed_at,
             exists (select from moderation_case c
                     where c.site_id = i.site_id and c.image_id = i.id and c.status <> 'closed') as awaits
      from (select (select a.image_id from address a where a.hash = $2) as address_of,
                   (select m.id from image m where m.key_hash = $2 and m.merged_into is null) as key_of) k
      join image i on i.site_id = $1 and i.id = coalesce(k.address_of, k.key_of)
    ), watch as (
      insert into watched_address as w (hash, site_id, url, job_id, announced_until)
      select $2, $1, $3, $4, case when $5 then clock_timestamp() + ${ANNOUNCED} end
      from found
      on conflict (hash) do update
      set job_id = excluded.job_id, ended_at = null,
          started_at = case when w.job_id = excluded.job_id then w.started_at else excluded.started_at end,
          next_at = case when w.job_id = excluded.job_id then w.next_at end,
          unchanged = case when w.job_id = excluded.job_id then w.unchanged else 0 end,
          failures = case when w.job_id = excluded.job_id then w.failures else 0 end,
          announced_until = case when w.job_id = excluded.job_id then w.announced_until
                                 else coalesce(excluded.announced_until, w.announced_until) end
      where w.job_id <= excluded.job_id
      returning *
    )
    select f.id as "imageId", w.url, f.blocked, f.awaits, ${severeImage('f')} as severe,
           exists (select from address a
                   where a.site_id = f.site_id and a.image_id = f.id and a.url = w.url and a.bound_by = 'site') as bound,
           s.origins,
           s.image_hosts as "imageHosts", w.unchanged, w.failures, w.etag, w.last_modified as "lastModified", w.sha256,
           coalesce(w.announced_until > clock_timestamp(), false) as announced,
           case when f.blocked or f.awaits then 0
                else extract(epoch from clock_timestamp() - greatest(
                       f.created_at, f.content_changed_at, w.started_at,
                       (select max(v.at) from vote v where v.site_id = f.site_id and v.image_id = f.id)))
           end::float8 as "quietSeconds",
           extract(epoch from clock_timestamp() - w.looked_at)::float8 as "sinceLook",
           w.problem is not null as failed,
           extract(epoch from w.next_at - clock_timestamp())::float8 as "untilNext",
           exists (select from content_bytes cb
                   where cb.site_id = f.site_id and cb.image_id = f.id and cb.sha256 = w.sha256
                     and cb.version = f.content)
           and (not (f.blocked or f.awaits)
                or exists (select from content_bytes cb
                       join snapshot n on n.site_id = cb.site_id and n.sha256 = cb.sha256
                       where cb.site_id = f.site_id and cb.image_id = f.id and cb.version = f.content)) as settled
    from found f
    join site s on s.id = f.site_id
    join watch w on true`,
};

const announce = {
  name: 'announce-bytes',
  // With the word of the site, and not only once the look comes that is staged for it: another one may be due before, or under way.
  text: `
    insert into watched_address (hash, site_id, url, job_id, announced_until)
    values ($1, $2, $3, 0, clock_timestamp() + ${ANNOUNCED})
    on conflict (hash) do update set announced_until = excluded.announced_until`,
};

const announced = {
  name: 'are-bytes-announced',
  text: `select announced_until > clock_timestamp() is true as announced from watched_address where hash = $1`,
};

const forget = {
  name: 'forget-watch',
  text: `
    delete from watched_address w
    where w.hash = $1 and w.job_id <= $2
      and not exists (select from address a where a.hash = w.hash)
      and not exists (select from image i where i.key_hash = w.hash and i.merged_into is null)`,
};

const save = {
  name: 'save-look',
  text: `
    update watched_address
    set looked_at = case when $10 then clock_timestamp() else looked_at end,
        next_at = clock_timestamp() + make_interval(secs => $3::float8),
        unchanged = $4, failures = $5, problem = $6, etag = $7, last_modified = $8, sha256 = $9,
        announced_until = case when $11 then null else announced_until end
    where hash = $1 and job_id = $2
    returning next_at as "nextAt"`,
};

const end = {
  name: 'end-watch',
  text: `
    update watched_address
    set ended_at = clock_timestamp(), next_at = null, problem = coalesce($3, problem)
    where hash = $1 and job_id = $2`,
};

/** What came of a look. */
export interface SavedLook {
  readonly hash: Buffer;
  readonly jobId: string;
  /** Until the next one. */
  readonly seconds: number;
  readonly unchanged: number;
  readonly failures: number;
  /** A sentence for people; null: it went well. */
  readonly problem: string | null;
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly sha256: Buffer | null;
  /** Did anybody ask the host? */
  readonly looked: boolean;
  /** The bytes that the site announced have come. */
  readonly announcementKept: boolean;
}

/**
 * Makes the job the one that watches the address. Undefined when nothing is there to watch (`forgetWatch` tidies up), or
 * a later job watches it.
 */
export async function takeWatch(
  db: Pick<Tx, 'query'>,
  { siteId, hash }: WatchKey,
  given: { readonly url: string; readonly jobId: string; readonly announced: boolean },
): Promise<WatchRow | undefined> {
  const [row] = await db.query<WatchRow>(take, [siteId, hash, given.url, given.jobId, given.announced]);
  return row;
}

/** The site says that the bytes at an address change: whoever looks there next, from now on, sees what was announced. */
export const announceBytes = (tx: Tx, { siteId, hash }: WatchKey, url: string): void =>
  tx.send(announce, [hash, siteId, url]);

/** Has the site announced other bytes at this address that have not come yet? */
export async function areBytesAnnounced(tx: Pick<Tx, 'query'>, hash: Buffer): Promise<boolean> {
  const [row] = await tx.query<{ announced: boolean }>(announced, [hash]);
  return row?.announced === true;
}

/** Removes what is known of an address at which nothing is any more. */
export async function forgetWatch(db: Pick<Tx, 'query'>, hash: Buffer, jobId: string): Promise<void> {
  await db.query(forget, [hash, jobId]);
}

/** When to look again; undefined when another job watches the address by now. */
export async function saveLook(db: Pick<Tx, 'query'>, look: SavedLook): Promise<DatabaseTime | undefined> {
  const { hash, jobId, seconds, unchanged, failures, problem, etag, lastModified, sha256 } = look;
  const [row] = await db.query<{ nextAt: DatabaseTime }>(save, [
    hash,
    jobId,
    seconds,
    unchanged,
    failures,
    problem,
    etag,
    lastModified,
    sha256,
    look.looked,
    look.announcementKept,
  ]);
  return row?.nextAt;
}

/** The address is looked at no more. @param problem in the place of the last one; null: that one stays */
export async function endWatch(
  db: Pick<Tx, 'query'>,
  hash: Buffer,
  jobId: string,
  problem: string | null = null,
): Promise<void> {
  await db.query(end, [hash, jobId, problem]);
}
