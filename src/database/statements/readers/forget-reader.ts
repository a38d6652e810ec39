import type { Tx } from '../../tx.js';
import type { KnownReader } from './forget-readers.js';

const persons = {
  name: 'find-persons-devices',
  text: `
    select l.device
    from device_account l
    where l.site_id = $1 and l.account = any ($2::bytea[])
    order by l.device`,
};

const imagesOf = {
  name: 'find-images-of-readers',
  // By vote_reporter, whose condition it repeats.
  text: `
    select distinct v.image_id as "imageId"
    from vote v
    where v.reporter = any ($2::bytea[]) and v.reporter_kind in ('device', 'account', 'named') and v.site_id = $1
      and v.forgotten_at is null
    limit $3`,
};

const votesOn = {
  name: 'find-votes-of-readers',
  // Those of devices, too, that became theirs: they say whose they are.
  text: `
    select v.site_id as "siteId", v.image_id as "imageId", v.round, v.reporter, v.network as narrow, v.wide_network as wide,
           v.minted_network as minted, v.linked_to as "linkedTo"
    from unnest($2::bigint[]) as w (image_id)
    join vote v on v.site_id = $1 and v.image_id = w.image_id
    where (v.reporter = any ($3::bytea[]) or v.linked_to = any ($3::bytea[])) and v.forgotten_at is null`,
};

const forgetLinks = {
  name: 'forget-links-of-readers',
  text: `delete from device_account where site_id = $1 and (device = any ($2::bytea[]) or account = any ($2::bytea[]))`,
};

const forgetVerdicts = {
  name: 'forget-verdicts-of-readers',
  text: `delete from reporter_verdict where site_id = $1 and reporter = any ($2::bytea[])`,
};

const isMuted = {
  name: 'are-readers-muted',
  text: `select exists (select from muted_reporter where site_id = $1 and reporter = any ($2::bytea[])) as muted`,
};

/** The devices that are known to be these accounts'. */
export async function findDevicesOf(
  db: Pick<Tx, 'query'>,
  siteId: string,
  accounts: readonly Buffer[],
): Promise<Buffer[]> {
  const rows = await db.query<{ device: Buffer }>(persons, [siteId, accounts]);
  return rows.map(({ device }) => device);
}

/** At most so many images on which a vote is known to be theirs. */
export async function findImagesOfReaders(
  db: Pick<Tx, 'query'>,
  siteId: string,
  readers: readonly Buffer[],
  limit: number,
): Promise<string[]> {
  const rows = await db.query<{ imageId: string }>(imagesOf, [siteId, readers, limit]);
  return rows.map(({ imageId }) => imageId);
}

/** Their votes on these images, which are locked. */
export const findVotesOfReaders = (
  tx: Tx,
  siteId: string,
  imageIds: readonly string[],
  readers: readonly Buffer[],
): Promise<KnownReader[]> => tx.query(votesOn, [siteId, imageIds, readers]);

/** Removes whose devices these are, and what decisions said of them. */
export async function forgetRecordsOfReaders(
  tx: Tx,
  siteId: string,
  readers: readonly Buffer[],
): Promise<void> {
  await tx.query(forgetLinks, [siteId, readers]);
  await tx.query(forgetVerdicts, [siteId, readers]);
}

export async function areMuted(
  db: Pick<Tx, 'query'>,
  siteId: string,
  readers: readonly Buffer[],
): Promise<boolean> {
  const [row] = await db.query<{ muted: boolean }>(isMuted, [siteId, readers]);
  return row?.muted === true;
}
