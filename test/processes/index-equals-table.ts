import pg from 'pg';
import type { ServiceProcess } from '../setup/process.js';
import { until } from '../setup/until.js';

/** As many as one request may ask for. */
const AT_ONCE = 1000;

/** A key or address by which images are asked for, and what the tables say of its image. */
interface Row {
  readonly image: { readonly url?: string; readonly id?: string };
  readonly state: Record<string, unknown>;
}

/**
 * Waits until a process answers for every image of a site, by its key and by each of its addresses, what the tables
 * say. Nothing may be written meanwhile.
 *
 * @returns of how many images
 */
export async function indexEqualsTable(
  databaseUrl: string,
  service: ServiceProcess,
  secretKey: string,
  slug: string,
): Promise<number> {
  const rows = await imagesOf(databaseUrl, slug);
  let different: unknown[] = [];
  await until(
    async () => {
      different = await differences(service, secretKey, rows);
      return different.length === 0;
    },
    () => `the index to equal the table; different: ${JSON.stringify(different.slice(0, 5))}`,
  );
  return rows.length;
}

async function differences(
  service: ServiceProcess,
  secretKey: string,
  rows: readonly Row[],
): Promise<unknown[]> {
  const found: unknown[] = [];
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    const some = rows.slice(from, from + AT_ONCE);
    const images = some.map(({ image }) => image);
    const { status, body } = await service.ask('POST', '/v1/images/state', secretKey, { images });
    const states = (body['states'] ?? []) as Record<string, unknown>[];
    some.forEach(({ image, state }, n) => {
      const wanted = { image, ...state };
      const got = states[n];
      if (!sameFields(wanted, got)) found.push({ status, wanted, got });
    });
  }
  return found;
}

function sameFields(a: Record<string, unknown>, b: Record<string, unknown> | undefined): boolean {
  const text = (fields: Record<string, unknown>) => JSON.stringify(Object.entries(fields).sort());
  return b !== undefined && text(a) === text(b);
}

async function imagesOf(databaseUrl: string, slug: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<Row>(
      `with named as (
         select i.site_id, i.id, i.key_kind as kind, i.key as name from image i where i.merged_into is null
         union
         select a.site_id, a.image_id, 'url', a.url from address a
       )
       select jsonb_build_object(n.kind, n.name) as image,
              case when i.blocked
                   then jsonb_build_object('blocked', true, 'reason', i.shown_reason, 'reviewed', i.reviewed,
                                           'version', i.version, 'since',
                                           to_char(i.since at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
                   else jsonb_build_object('blocked', false) end as state
       from named n
       join image i on i.site_id = n.site_id and i.id = n.id
       join site s on s.id = i.site_id
       where s.slug = $1`,
      [slug],
    );
    return rows;
  } finally {
    await client.end();
  }
}
