import type { Tx } from '../../tx.js';

export interface EndpointRow {
  readonly siteId: string;
  readonly id: string;
  readonly url: string;
  readonly events: readonly string[];
  readonly description: string;
  readonly oldUntil: Date | null;
  readonly failingSince: Date | null;
  readonly disabledAt: Date | null;
  readonly disabledReason: 'by_site' | 'gone' | 'failing' | null;
  readonly createdAt: Date;
}

/** Columns of an `EndpointRow`. An old secret that has ended is not worth telling of. */
export const endpointColumns = `site_id as "siteId", id, url, events, description,
           case when old_until > clock_timestamp() then old_until end as "oldUntil",
           failing_since as "failingSince", disabled_at as "disabledAt", disabled_reason as "disabledReason",
           created_at as "createdAt"`;

const one = {
  name: 'read-endpoint',
  text: `select ${endpointColumns} from webhook_endpoint where site_id = $1 and id = $2`,
};

const kept = {
  name: 'keep-endpoint',
  // What refers to it can be made: it may be changed meanwhile, and not go.
  text: `${one.text} for key share`,
};

const byUrl = {
  name: 'read-endpoint-by-url',
  text: `select ${endpointColumns} from webhook_endpoint where site_id = $1 and url = $2`,
};

const owner = {
  name: 'find-site-of-endpoint',
  text: `select site_id as "siteId" from webhook_endpoint where id = $1`,
};

const page = {
  name: 'list-endpoints',
  text: `
    select ${endpointColumns}
    from webhook_endpoint
    where site_id = $1 and id > $2
    order by id
    limit $3`,
};

const number = {
  name: 'count-endpoints',
  text: `select count(*)::int as n from webhook_endpoint where site_id = $1`,
};

export async function readEndpoint(
  db: Pick<Tx, 'query'>,
  siteId: string,
  id: string,
): Promise<EndpointRow | undefined> {
  return (await db.query<EndpointRow>(one, [siteId, id]))[0];
}

/** The endpoint, kept from being deleted until the transaction ends. */
export async function keepEndpoint(tx: Tx, siteId: string, id: string): Promise<EndpointRow | undefined> {
  return (await tx.query<EndpointRow>(kept, [siteId, id]))[0];
}

/** The site of the endpoint of this id, whatever it is; null where there is none. */
export async function findSiteOfEndpoint(db: Pick<Tx, 'query'>, id: string): Promise<string | null> {
  const [row] = await db.query<{ siteId: string }>(owner, [id]);
  return row?.siteId ?? null;
}

export async function readEndpointByUrl(
  db: Pick<Tx, 'query'>,
  siteId: string,
  url: string,
): Promise<EndpointRow | undefined> {
  return (await db.query<EndpointRow>(byUrl, [siteId, url]))[0];
}

/** A page of a site's endpoints, in the order in which they were made. */
export const listEndpoints = (
  db: Pick<Tx, 'query'>,
  siteId: string,
  after: string | null,
  limit: number,
): Promise<EndpointRow[]> => db.query(page, [siteId, after ?? '0', limit]);

export async function countEndpoints(db: Pick<Tx, 'query'>, siteId: string): Promise<number> {
  const [row] = await db.query<{ n: number }>(number, [siteId]);
  return row?.n ?? 0;
}
