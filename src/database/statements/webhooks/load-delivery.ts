import type { DatabaseTime } from '../../database-time.js';
import type { Tx } from '../../tx.js';

/** A message, with what its next attempt needs of its endpoint. */
export interface DeliveryRow {
  readonly siteId: string;
  readonly id: string;
  readonly endpointId: string;
  readonly status: 'pending' | 'delivered' | 'failed';
  readonly body: string;
  readonly series: number;
  readonly seriesAttempts: number;
  /** Null when it is due. */
  readonly dueAt: DatabaseTime | null;
  readonly url: string;
  readonly disabled: boolean;
  /** Encrypted. */
  readonly secret: string;
  /** Encrypted; null unless it still signs. */
  readonly oldSecret: string | null;
}

const statement = {
  name: 'load-delivery',
  text: `
    select m.site_id as "siteId", m.id, m.endpoint_id as "endpointId", m.status, m.body, m.series,
           m.series_attempts as "seriesAttempts",
           case when m.next_attempt_at > clock_timestamp() then m.next_attempt_at end as "dueAt",
           w.url, w.disabled_at is not null as disabled, w.secret,
           case when w.old_until > clock_timestamp() then w.old_secret end as "oldSecret"
    from webhook_message m
    join webhook_endpoint w on w.site_id = m.site_id and w.id = m.endpoint_id
    where m.id = $1`,
};

/** Undefined when the message went with its endpoint. */
export async function loadDelivery(
  db: Pick<Tx, 'query'>,
  messageId: string,
): Promise<DeliveryRow | undefined> {
  return (await db.query<DeliveryRow>(statement, [messageId]))[0];
}
