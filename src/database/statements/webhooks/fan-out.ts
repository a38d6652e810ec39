import type { Visibility } from '../../../core/image-state.js';
import type { Tx } from '../../tx.js';

const cursor = {
  name: 'lock-webhook-cursor',
  // Locks, and so writes, only when there is something to do.
  text: `
    select c.seq
    from webhook_cursor c
    where exists (select from event e where e.seq > c.seq)
    for update skip locked`,
};

const end = {
  name: 'fan-out-page-end',
  text: `
    select max(p.seq) as seq, count(*)::int as events
    from (select e.seq from event e where e.seq > $1 order by e.seq limit $2) p`,
};

const wanted = {
  name: 'read-wanted-events',
  // Endpoints are read after the events: one that was there when something was logged is seen. They are locked, so that
  // none is deleted before its messages are in. Of addresses no more than are wanted: each endpoint's row has its own; and of
  // rows no more than are wanted, of whose addresses alone anything is read. Nothing in an event makes the statement fail, or
  // all sites would wait for ever.
  text: `
    select w.site_id as "siteId", w.id as "endpointId", e.seq, t.message as type, e.at, e.actor_kind as "actorKind",
           e.case_id as "caseId", e.data - 'evidence' - 'urls' as data, e.visibility,
           i.key_kind as "keyKind", i.key, i.url,
           array(select a.url from address a
                 where a.site_id = e.site_id and a.image_id = e.image_id and a.bound_by = 'bytes'
                   and e.visibility is not null
                 order by a.url
                 limit $5) as "alsoAt",
           array(select u.url
                 from jsonb_array_elements_text(case when jsonb_typeof(e.data -> 'urls') = 'array' then e.data -> 'urls' end)
                      with ordinality as u (url, n)
                 order by u.n
                 limit $5) as bound
    from event e
    join unnest($3::text[], $4::text[]) as t (event, message) on t.event = e.type
    join webhook_endpoint w on w.site_id = e.site_id
    left join image i on i.site_id = e.site_id and i.id = e.image_id
    where e.seq >= $1 and e.seq <= $2 and (e.seq, w.id, t.message) > ($1, $6, $7)
      and e.seq > w.after_seq and w.disabled_at is null
      and (t.message = any (w.events) or '*' = any (w.events))
    order by e.seq, w.id, t.message
    limit $8
    for key share of w`,
};

const move = {
  name: 'move-webhook-cursor',
  text: `update webhook_cursor set seq = $1`,
};

/** An event, for one endpoint that asks for it. */
export interface WantedEvent {
  readonly siteId: string;
  readonly endpointId: string;
  readonly seq: string;
  /** Of the message. */
  readonly type: string;
  readonly at: Date;
  readonly actorKind: 'reader' | 'rule' | 'staff' | 'site' | 'operator';
  readonly caseId: string | null;
  readonly data: Readonly<Record<string, unknown>>;
  readonly visibility: Visibility | null;
  /** Of the image: null for events that are about none. */
  readonly keyKind: 'url' | 'id' | null;
  readonly key: string | null;
  readonly url: string | null;
  /** Of a change of what is seen: further addresses of the image, which the site can only know from us. */
  readonly alsoAt: readonly string[];
  /** Addresses that became part of the image by this event. */
  readonly bound: readonly string[];
}

/** Where the log is to be read on; undefined when nothing is new, or another process is at it. */
export async function lockWebhookCursor(tx: Tx): Promise<string | undefined> {
  return (await tx.query<{ seq: string }>(cursor))[0]?.seq;
}

/** The number of the last of the next `limit` events, and how many they are. */
export async function fanOutPageEnd(
  tx: Tx,
  after: string,
  limit: number,
): Promise<{ seq: string; events: number }> {
  const [row] = await tx.query<{ seq: string | null; events: number }>(end, [after, limit]);
  return { seq: row?.seq ?? after, events: row?.events ?? 0 };
}

/** The last of the wanted events that was read. */
export type WantedPlace = Pick<WantedEvent, 'seq' | 'endpointId' | 'type'>;

/** Before all that was wanted of what comes after this event. */
export const behind = (seq: string): WantedPlace => ({ seq, endpointId: LAST_ID, type: '' });

/** Greater than any id. */
const LAST_ID = '9223372036854775807';

/**
 * The next of them, in order.
 *
 * @param types which message an event of which type makes; of two, each is an event here
 * @param most.events at most
 * @param most.addresses of each kind, at most
 */
export const readWantedEvents = (
  tx: Tx,
  after: WantedPlace,
  upTo: string,
  types: readonly (readonly [event: string, message: string])[],
  most: { readonly events: number; readonly addresses: number },
): Promise<WantedEvent[]> =>
  tx.query(wanted, [
    after.seq,
    upTo,
    types.map(([event]) => event),
    types.map(([, message]) => message),
    most.addresses,
    after.endpointId,
    after.type,
    most.events,
  ]);

export const moveWebhookCursor = (tx: Tx, seq: string): void => tx.send(move, [seq]);
