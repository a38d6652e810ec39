import type { Tx } from '../../tx.js';
import { sealedBytes } from './sealed-content.js';

/** Which bytes a copy is of. */
export interface SnapshotRef {
  readonly siteId: string;
  /** 32 bytes. */
  readonly sha256: Buffer;
}

/** A condition: an image with these bytes, present or past, is blocked or awaits a decision. */
const needed = (site: string, sha256: string): string => `
             exists (select from content_bytes cb
                     join image i on i.site_id = cb.site_id and i.id = cb.image_id
                     where cb.site_id = ${site} and cb.sha256 = ${sha256}
                       and (i.blocked
                            or exists (select from moderation_case c
                                       where c.site_id = i.site_id and c.image_id = i.id
                                         and c.status <> 'closed')))`;

const wanted = {
  name: 'wants-snapshot',
  // One of a content version will do: re-encodings are the same picture. One that was deleted by hand is not made again.
  text: `
    select not exists (select from content_bytes cb
                       join snapshot n on n.site_id = cb.site_id and n.sha256 = cb.sha256
                       where cb.site_id = $1 and cb.image_id = $2 and cb.version = $3)
           and not exists (select from snapshot n where n.site_id = $1 and n.sha256 = $4)
           and not ${sealedBytes('$1::bigint', '$4::bytea')}
           and ${needed('$1', '$4')} as wanted`,
};

const insert = {
  name: 'insert-snapshot',
  text: `
    with door as materialized (
      select ${sealedBytes('$1::bigint', '$2::bytea')} as sealed,
             exists (select from snapshot n where n.site_id = $1 and n.sha256 = $2) as known
    ), made as (
      insert into snapshot (site_id, sha256, thumbnail_bytes, preview_bytes)
      select $1, $2, $3, $4 from door d where not d.sealed
      on conflict do nothing
    )
    select d.sealed and not d.known as refused from door d`,
};

const read = {
  name: 'read-snapshot',
  text: `
    select n.deleted_at is not null as deleted, ${sealedBytes('n.site_id', 'n.sha256')} as sealed,
           a.id is not null as member, coalesce(a.legal, false) as legal
    from snapshot n
    left join staff a on a.id = $3 and a.disabled_at is null
                     and (a.admin or (select true from membership m where m.site_id = n.site_id and m.staff_id = a.id))
    where n.site_id = $1 and n.sha256 = $2`,
};

const deleteByHand = {
  name: 'delete-snapshot-by-hand',
  text: `
    update snapshot set deleted_at = clock_timestamp()
    where site_id = $1 and sha256 = $2 and deleted_at is null
    returning site_id`,
};

const removeLost = {
  name: 'remove-lost-snapshot',
  text: `
    delete from snapshot n
    where n.site_id = $1 and n.sha256 = $2 and n.deleted_at is null
      and not ${sealedBytes('n.site_id', 'n.sha256')}
    returning n.site_id`,
};

const removeExpired = {
  name: 'remove-expired-snapshot',
  // Judged anew: since it was last looked at, it may have been reported, blocked or sealed.
  text: `
    delete from snapshot n
    where n.site_id = $1 and n.sha256 = $2 and n.deleted_at is null
      and case when ${sealedBytes('n.site_id', 'n.sha256')}
               then $4::int is not null and n.sealed_at <= clock_timestamp() - make_interval(days => $4::int)
               else n.needed_at <= clock_timestamp() - make_interval(days => $3)
                    and not ${needed('n.site_id', 'n.sha256')}
          end
    returning n.site_id`,
};

const check = {
  name: 'check-snapshots',
  text: `
    with due as materialized (
      select n.site_id, n.sha256
      from snapshot n
      where n.deleted_at is null and n.checked_at < clock_timestamp() - make_interval(mins => $1)
      order by n.checked_at
      limit $2
      for update skip locked
    ), judged as materialized (
      select d.site_id, d.sha256, ${sealedBytes('d.site_id', 'd.sha256')} as sealed,${needed('d.site_id', 'd.sha256')} as needed
      from due d
    )
    update snapshot n
    set checked_at = clock_timestamp(),
        needed_at = case when j.needed then clock_timestamp() else n.needed_at end,
        sealed_at = case when j.sealed then coalesce(n.sealed_at, clock_timestamp()) end
    from judged j
    where n.site_id = j.site_id and n.sha256 = j.sha256
    returning n.site_id as "siteId", n.sha256, j.sealed,
              case when j.sealed
                   then $4::int is not null and n.sealed_at <= clock_timestamp() - make_interval(days => $4::int)
                   else not j.needed and n.needed_at <= clock_timestamp() - make_interval(days => $3)
              end as expired`,
};

const unknown = {
  name: 'unknown-snapshots',
  text: `
    select k.n::int - 1 as place
    from unnest($1::bigint[], $2::bytea[]) with ordinality as k (site_id, sha256, n)
    where not exists (select from snapshot n
                      where n.site_id = k.site_id and n.sha256 = k.sha256 and n.deleted_at is null)`,
};

/** Is a copy of these bytes to be kept? Somebody needs one, there is none, none was deleted by hand, they are not sealed. */
export async function wantsSnapshot(
  db: Pick<Tx, 'query'>,
  { siteId, sha256 }: SnapshotRef,
  content: { readonly imageId: string; readonly version: number },
): Promise<boolean> {
  const [row] = await db.query<{ wanted: boolean }>(wanted, [
    siteId,
    content.imageId,
    content.version,
    sha256,
  ]);
  return row?.wanted === true;
}

/** Writes down that there is a copy. False when there must be none: the bytes were sealed meanwhile. */
export async function insertSnapshot(
  db: Pick<Tx, 'query'>,
  { siteId, sha256 }: SnapshotRef,
  bytes: { readonly thumbnail: number; readonly preview: number },
): Promise<boolean> {
  const [row] = await db.query<{ refused: boolean }>(insert, [
    siteId,
    sha256,
    bytes.thumbnail,
    bytes.preview,
  ]);
  return row?.refused === false;
}

export interface SnapshotState {
  readonly deleted: boolean;
  readonly sealed: boolean;
  /** Does the member of staff still work for the site? */
  readonly member: boolean;
  /** May the member of staff open what is sealed, as of now? */
  readonly legal: boolean;
}

/** A copy as of now; undefined when there is none. */
export async function readSnapshot(
  db: Pick<Tx, 'query'>,
  { siteId, sha256 }: SnapshotRef,
  staffId: string,
): Promise<SnapshotState | undefined> {
  const [row] = await db.query<SnapshotState>(read, [siteId, sha256, staffId]);
  return row;
}

/** Marks a copy as deleted for good. False when there is none, or it was before. */
export async function deleteSnapshotRow(
  db: Pick<Tx, 'query'>,
  { siteId, sha256 }: SnapshotRef,
): Promise<boolean> {
  return (await db.query(deleteByHand, [siteId, sha256])).length > 0;
}

/** Forgets a copy whose files are gone, so that another is made. False for a sealed one: that there was one stays known. */
export async function removeLostSnapshot(
  db: Pick<Tx, 'query'>,
  { siteId, sha256 }: SnapshotRef,
): Promise<boolean> {
  return (await db.query(removeLost, [siteId, sha256])).length > 0;
}

/** Forgets a copy whose time is over; its files go afterwards. False when it is not, as of now. */
export async function removeExpiredSnapshot(
  db: Pick<Tx, 'query'>,
  { siteId, sha256 }: SnapshotRef,
  keep: KeepDays,
): Promise<boolean> {
  return (await db.query(removeExpired, [siteId, sha256, keep.snapshots, keep.sealed])).length > 0;
}

/** In days, after copies were last needed; sealed ones after they were sealed, null: for ever. */
export interface KeepDays {
  readonly snapshots: number;
  readonly sealed: number | null;
}

/**
 * Looks at up to `limit` copies that were not looked at for an hour: whether they are needed, sealed, and expired.
 */
export const checkSnapshots = (
  db: Pick<Tx, 'query'>,
  keep: KeepDays,
  everyMinutes: number,
  limit: number,
): Promise<(SnapshotRef & { readonly expired: boolean; readonly sealed: boolean })[]> =>
  db.query(check, [everyMinutes, limit, keep.snapshots, keep.sealed]);

/** Those of these that no row stands for, or one that was deleted. */
export async function unknownSnapshots(
  db: Pick<Tx, 'query'>,
  refs: readonly SnapshotRef[],
): Promise<SnapshotRef[]> {
  const rows = await db.query<{ place: number }>(unknown, [
    refs.map(({ siteId }) => siteId),
    refs.map(({ sha256 }) => sha256),
  ]);
  return rows.flatMap(({ place }) => refs[place] ?? []);
}
