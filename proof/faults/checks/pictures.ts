import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { DiskSnapshots } from '../../../src/images/disk-snapshots.js';
import { SNAPSHOT_FILES } from '../../../src/images/snapshot-store.js';
import { until } from '../../../test/setup/until.js';
import { drawPicture } from '../picture-host.js';
import { imageOf, type PictureRecord } from '../record.js';
import { type Check, inTime, type Scene } from './check.js';

/**
 * In ms: what a dead process looked at is free after its lease, and a look that failed, or for which it was not the host's turn,
 * comes again after a minute and some.
 */
const SEEN_WITHIN = 110_000;
/** Levels by which the mean of a colour differs between a picture and its copy, at most. */
const SAME_COLOUR = 8;

/** Of one address, as the service has it. */
interface Row {
  readonly name: string;
  readonly image: string;
  readonly sha256: string | null;
  /** When the last look was over. */
  readonly looked: Date | null;
  /** Whether that is what the image shows, and enough of a picture to be followed. */
  readonly shown: boolean;
  readonly blocked: boolean;
  readonly cleared: boolean;
}

/** I10: whoever was fetching when they died, every picture is looked at; after it everything that follows from that is done. */
export const picturesAreSeen: Check = {
  name: 'I10: every reported picture is looked at, and what follows from it is done',
  async find({ client, known }) {
    const waits = async (): Promise<string[]> => {
      const { rows } = await client.query<{ url: string }>(
        'select url from watched_address where sha256 is not null and problem is null',
      );
      const seen = new Set(rows.map(({ url }) => url));
      const { rows: jobs } = await client.query<{ job: string }>(
        `select format('job %s (%s)', id, kind) as job from job
         where kind in ('spread-block', 'match-content') and outcome is null`,
      );
      return [
        ...[...known.pictures.values()].map(({ url }) => url).filter((url) => !seen.has(url)),
        ...jobs.map(({ job }) => job),
      ];
    };
    let left: string[] = [];
    const seen = await inTime(() =>
      until(
        async () => (left = await waits()).length === 0,
        () => `${left.length} looks and what follows, such as ${left[0]}`,
        SEEN_WITHIN,
      ),
    );
    return seen.map((what) => `I10: ${what}`);
  },
};

/** I1: each picture is known by its bytes, one with all others of them, followed where it is blocked, and there is a copy. */
export const picturesAreRight: Check = {
  name: 'I1: pictures have their bytes, are joined by them, follow blocks of them, and have whole copies',
  async find(scene) {
    const rows = new Map((await rowsOf(scene)).map((row) => [row.name, row]));
    const drawings = new Map<string, PictureRecord[]>();
    for (const picture of scene.known.pictures.values())
      drawings.set(picture.drawing, [...(drawings.get(picture.drawing) ?? []), picture]);
    const keeps = await firstKeeps(scene);
    const found: string[] = [];
    for (const [drawing, pictures] of drawings) {
      const bytes = await drawPicture(drawing);
      const sha256 = createHash('sha256').update(bytes).digest();
      const there = pictures.flatMap((picture) => {
        const row = rows.get(imageOf(picture.site, picture.url));
        if (row?.sha256 === sha256.toString('hex') && row.shown) return [{ ...picture, ...row }];
        found.push(`I1: ${picture.url} does not show its bytes, but ${JSON.stringify(row)}`);
        return [];
      });
      const isBlocked = pictures.some((one) => scene.known.published.get(imageOf(one.site, one.url))?.block);
      // Of two of which people kept one and blocked the other each stays as they left it; one that was kept needs no copy.
      const last = Math.max(...there.map(({ looked }) => looked?.getTime() ?? 0));
      const wasKept = there.some(({ image }) => (keeps.get(image)?.getTime() ?? Infinity) < last);
      const images = new Set(there.filter(({ id }) => id === null).map(({ image }) => image));
      if (images.size > 1 && !wasKept)
        found.push(`I1: ${drawing} is ${images.size} images: ${[...images].join(', ')}`);
      for (const { url, blocked, cleared } of there) {
        if (isBlocked && !blocked && !cleared)
          found.push(`I1: ${url} is visible, and the site blocks the same bytes`);
      }
      const { site } = pictures[0] ?? {};
      if (site !== undefined) found.push(...(await copyOf(scene, site.id, sha256, bytes, wasKept)));
    }
    return found;
  },
};

async function rowsOf({ client }: Scene): Promise<Row[]> {
  const { rows } = await client.query<Row>(
    `select s.slug || ' ' || n.url as name, i.id as image, encode(f.sha256, 'hex') as sha256, w.looked_at as looked,
            exists (select from content_bytes b
                    where b.site_id = i.site_id and b.image_id = i.id and b.sha256 = f.sha256
                      and b.version = i.content and b.indistinct is null) as shown,
            i.blocked, i.protected or i.kept_at is not null as cleared
     from (select i.site_id, i.id, i.key as url, i.key_hash as hash from image i
           where i.merged_into is null and i.key_kind = 'url'
           union
           select a.site_id, a.image_id, a.url, a.hash from address a) n
     join image i on i.site_id = n.site_id and i.id = n.id
     join site s on s.id = i.site_id
     left join found_bytes f on f.hash = n.hash
     left join watched_address w on w.hash = n.hash`,
  );
  return rows;
}

/** Images that somebody kept, they or what became part of them, and when first. */
async function firstKeeps({ client }: Scene): Promise<Map<string, Date>> {
  const { rows } = await client.query<{ image: string; at: Date }>(
    `with recursive kept (image, at) as (
       select image_id, at from decision where action = 'keep'
       union
       select i.merged_into, k.at from kept k join image i on i.id = k.image where i.merged_into is not null
     )
     select image, min(at) as at from kept group by image`,
  );
  return new Map(rows.map(({ image, at }) => [image, at]));
}

async function copyOf(
  { client, installation }: Scene,
  siteId: string,
  sha256: Buffer,
  picture: Buffer,
  mayLack: boolean,
): Promise<string[]> {
  const name = `the copy of ${sha256.toString('hex')}`;
  const { rows } = await client.query<{ thumbnail: number; preview: number }>(
    'select thumbnail_bytes as thumbnail, preview_bytes as preview from snapshot where site_id = $1 and sha256 = $2',
    [siteId, sha256],
  );
  const [sizes] = rows;
  if (sizes === undefined) return mayLack ? [] : [`I1: ${name} was never made`];
  const store = new DiskSnapshots(installation.snapshots);
  const found: string[] = [];
  for (const file of SNAPSHOT_FILES) {
    const bytes = await store.get({ siteId, sha256 }, file);
    if (bytes?.length !== sizes[file])
      found.push(`I1: ${name} has ${bytes?.length ?? 'no'} bytes (${file}), and should have ${sizes[file]}`);
    else if (!(await isAlike(bytes, picture))) found.push(`I1: ${name} shows something else (${file})`);
  }
  return found;
}

async function isAlike(copy: Buffer, picture: Buffer): Promise<boolean> {
  const [one, other] = await Promise.all([copy, picture].map((bytes) => sharp(bytes).stats()));
  return (one?.channels ?? []).every(
    ({ mean }, channel) => Math.abs(mean - (other?.channels[channel]?.mean ?? -1)) <= SAME_COLOUR,
  );
}
