import type { Tx } from '../../tx.js';
import { endpointColumns, type EndpointRow } from './read-endpoints.js';

// What is logged by now is not for it.
const head = `(select coalesce(max(seq), 0) from event)`;

const insert = {
  name: 'insert-endpoint',
  text: `
    insert into webhook_endpoint (site_id, url, events, description, secret, after_seq)
    values ($1, $2, $3::text[], $4, $5, ${head})
    returning ${endpointColumns}`,
};

const change = {
  name: 'change-endpoint',
  text: `
    update webhook_endpoint
    set url             = coalesce($3, url),
        events          = coalesce($4::text[], events),
        description     = coalesce($5, description),
        after_seq       = case when $6::boolean and disabled_at is not null then ${head} else after_seq end,
        failing_since   = case when $6 and disabled_at is not null or $3 <> url then null else failing_since end,
        last_failed_at  = case when $6 and disabled_at is not null or $3 <> url then null else last_failed_at end,
        disabled_at     = case $6 when true then null when false then coalesce(disabled_at, clock_timestamp())
                               else disabled_at end,
        disabled_reason = case $6 when true then null when false then coalesce(disabled_reason, 'by_site')
                               else disabled_reason end
    where site_id = $1 and id = $2
    returning ${endpointColumns}`,
};

const rotate = {
  name: 'rotate-endpoint-secret',
  // While an old secret still signs it stays: receivers have that one, and hardly the one that is replaced again.
  text: `
    update webhook_endpoint
    set old_secret = case when old_until > statement_timestamp() then old_secret else secret end,
        old_until  = case when old_until > statement_timestamp() then old_until
                          else statement_timestamp() + $4 * interval '1 hour' end,
        secret     = $3
    where site_id = $1 and id = $2
    returning ${endpointColumns}`,
};

const removeMessages = {
  name: 'delete-messages-of-endpoint',
  // By webhook_message_endpoint.
  text: `
    with first as materialized (
      select m.site_id, m.id
      from webhook_message m
      where m.site_id = $1 and m.endpoint_id = $2
      order by m.id
      limit $3
      for update
    )
    delete from webhook_message m using first f where m.site_id = f.site_id and m.id = f.id`,
};

const remove = {
  name: 'delete-endpoint',
  text: `delete from webhook_endpoint where site_id = $1 and id = $2`,
};

export interface NewEndpoint {
  readonly siteId: string;
  readonly url: string;
  readonly events: readonly string[];
  readonly description: string;
  /** Encrypted. */
  readonly secret: string;
}

export async function insertEndpoint(tx: Tx, endpoint: NewEndpoint): Promise<EndpointRow | undefined> {
  const { siteId, url, events, description, secret } = endpoint;
  return (await tx.query<EndpointRow>(insert, [siteId, url, [...events], description, secret]))[0];
}

/** Null: stays as it is. */
export interface EndpointChange {
  readonly url: string | null;
  readonly events: readonly string[] | null;
  readonly description: string | null;
  readonly enabled: boolean | null;
}

/** Undefined when there is none. */
export async function changeEndpointRow(
  tx: Tx,
  siteId: string,
  id: string,
  { url, events, description, enabled }: EndpointChange,
): Promise<EndpointRow | undefined> {
  const values = [siteId, id, url, events === null ? null : [...events], description, enabled];
  return (await tx.query<EndpointRow>(change, values))[0];
}

/**
 * Puts a new secret, encrypted, in front of the present one; or in the place of the present one while there is an older
 * one that still signs. Undefined when there is no such endpoint.
 */
export async function rotateEndpointSecret(
  tx: Pick<Tx, 'query'>,
  siteId: string,
  id: string,
  secret: string,
  oldForHours: number,
): Promise<EndpointRow | undefined> {
  return (await tx.query<EndpointRow>(rotate, [siteId, id, secret, oldForHours]))[0];
}

/** Removes so many of its messages, at most, with their attempts; how many went. */
export const deleteMessages = (tx: Tx, siteId: string, id: string, limit: number): Promise<number> =>
  tx.count(removeMessages, [siteId, id, limit]);

/** With its messages. How many there were: one or none. */
export const deleteEndpoint = (tx: Tx, siteId: string, id: string): Promise<number> =>
  tx.count(remove, [siteId, id]);
