import type pg from 'pg';
import { indexEqualsTable } from '../../../test/processes/index-equals-table.js';
import { BLOCKED_NAMES } from '../../../test/publishing/fold-feed.js';
import { until } from '../../../test/setup/until.js';
import { type Check, inTime, type Scene } from './check.js';

/** Names that differ, as many as one can read. */
const SHOWN = 5;

/** I7: whoever follows the feed of any process, in any way, from any cursor, believes what the tables say. */
export const feedsFoldToTheTable: Check = {
  name: 'I7: every feed, folded, gives the table; so does the index of every process',
  async find(scene) {
    const { followers, installation, client } = scene;
    const tables = new Map<string, string[]>();
    for (const { slug } of installation.sites) tables.set(slug, await blockedNames(client, slug));
    const { there, stopLate } = followers.all();
    const found: string[] = [];
    for (const follower of there) {
      const table = tables.get(follower.site.slug) ?? [];
      const equal = await inTime(() =>
        until(
          () => follower.blocked.join() === table.join(),
          () => `the ${follower.name} to fold to the table; different: ${different(follower.blocked, table)}`,
        ),
      );
      found.push(...[...equal, ...follower.wrong].map((what) => `I7: ${follower.site.slug}: ${what}`));
    }
    await stopLate();
    return [...found, ...followers.relisted, ...(await libraries(scene)), ...(await indexes(scene))];
  },
};

async function blockedNames(client: pg.Client, slug: string): Promise<string[]> {
  const { rows } = await client.query<{ line: string }>(BLOCKED_NAMES, [slug]);
  return rows.map(({ line }) => line).sort();
}

const different = (one: readonly string[], other: readonly string[]): string =>
  [
    ...one.filter((line) => !other.includes(line)).map((line) => `only followed: ${line}`),
    ...other.filter((line) => !one.includes(line)).map((line) => `only in the table: ${line}`),
  ]
    .slice(0, SHOWN)
    .join('; ');

async function libraries({ followers, client }: Scene): Promise<string[]> {
  const { rows } = await client.query<{ slug: string; url: string; blocked: boolean }>(
    `select s.slug, n.url, i.blocked
     from (select i.site_id, i.id, i.key as url from image i where i.merged_into is null and i.key_kind = 'url'
           union
           select a.site_id, a.image_id, a.url from address a) n
     join image i on i.site_id = n.site_id and i.id = n.id
     join site s on s.id = i.site_id`,
  );
  const found: string[] = [];
  for (const { name, site, client: library } of followers.libraries) {
    const wrong = () =>
      rows.filter(({ slug, url, blocked }) => slug === site.slug && library.isBlocked(url) !== blocked);
    const equal = await inTime(() =>
      until(
        () => wrong().length === 0,
        () =>
          `the ${name} to know ${wrong()
            .slice(0, SHOWN)
            .map(({ url }) => url)
            .join(', ')}`,
      ),
    );
    found.push(...equal.map((what) => `I7: ${site.slug}: ${what}`));
  }
  return found;
}

async function indexes({ installation }: Scene): Promise<string[]> {
  const found: string[] = [];
  for (const { name, service } of installation.seats.slice(0, 2)) {
    for (const { slug, secretKey } of installation.sites) {
      if (service === null) continue;
      const { url } = installation.postgres;
      const equal = await inTime(async () => void (await indexEqualsTable(url, service, secretKey, slug)));
      found.push(...equal.map((what) => `I7: ${name}, ${slug}: ${what}`));
    }
  }
  return found;
}
