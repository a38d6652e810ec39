import type { Tx } from '../../tx.js';
import { aboutToBeTried } from './about-to-be-tried.js';

/** A message to be. `seq`: of the event; null for a test. */
export interface NewMessage {
  readonly siteId: string;
  readonly endpointId: string;
  readonly seq: string | null;
  readonly type: string;
  readonly body: string;
}

const insert = {
  name: 'insert-messages',
  text: `
    insert into webhook_message (site_id, endpoint_id, event_seq, type, body)
    select m.site_id, m.endpoint_id, m.event_seq, m.type, m.body
    from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::text[])
         with ordinality as m (site_id, endpoint_id, event_seq, type, body, n)
    order by m.n
    on conflict (endpoint_id, event_seq) do nothing
    returning id, endpoint_id as "endpointId"`,
};

const untriedTest = {
  name: 'find-untried-test',
  text: `
    select id
    from webhook_message
    where site_id = $1 and endpoint_id = $2 and event_seq is null and attempts = 0
      and ${aboutToBeTried}
    order by id
    limit 1`,
};

/** One for each event and endpoint: what is there already is left alone, and is not returned. */
export const insertMessages = (
  tx: Tx,
  messages: readonly NewMessage[],
): Promise<{ id: string; endpointId: string }[]> =>
  tx.query(insert, [
    messages.map(({ siteId }) => siteId),
    messages.map(({ endpointId }) => endpointId),
    messages.map(({ seq }) => seq),
    messages.map(({ type }) => type),
    messages.map(({ body }) => body),
  ]);

/** The test of this endpoint that is about to be tried, if there is one. */
export async function findUntriedTest(
  tx: Tx,
  siteId: string,
  endpointId: string,
): Promise<string | undefined> {
  return (await tx.query<{ id: string }>(untriedTest, [siteId, endpointId]))[0]?.id;
}
