import type { Statement } from '../../statement.js';
import type { Tx } from '../../tx.js';

export interface MessageRow {
  readonly id: string;
  readonly type: string;
  readonly status: 'pending' | 'delivered' | 'failed';
  readonly body: string;
  readonly createdAt: Date;
  readonly nextAttemptAt: Date | null;
  readonly attempts: readonly {
    /** As JSON has it. */
    readonly at: string;
    readonly milliseconds: number;
    readonly status: number | null;
    readonly error: string | null;
    readonly answer: string | null;
  }[];
}

const columns = `m.id, m.type, m.status, m.body, m.created_at as "createdAt", m.next_attempt_at as "nextAttemptAt",
           coalesce((select jsonb_agg(jsonb_build_object(
                              'at', a.at, 'milliseconds', a.milliseconds, 'status', a.status, 'error', a.error,
                              'answer', a.answer) order by a.number)
                     from webhook_attempt a
                     where a.site_id = m.site_id and a.message_id = m.id), '[]') as attempts`;

const one = {
  name: 'read-message',
  text: `
    select ${columns}
    from webhook_message m
    where m.site_id = $1 and m.endpoint_id = $2 and m.id = $3`,
};

type MessageStatus = MessageRow['status'];

/**
 * A statement for each status: those that failed, or wait, are few in a long list, and the indexes that hold them alone serve a status
 * that is known when the plan is made. The endpoint is compared as a range, so that its messages are in order by these indexes only:
 * by equality they are in that of all messages, too, and where an endpoint has few of them all others' were walked. Exported for the
 * proof of its plan.
 */
export const listMessagesStatement = (status: MessageStatus | null): Statement => ({
  name: `list-messages${status === null ? '' : `-${status}`}`,
  // Of long ones fewer, and one more than the page holds, as there is of short ones: it says that there are others.
  text: `
    select ${columns}, m.before >= $5 as beyond
    from (
      select p.*,
             coalesce(sum(octet_length(p.body)) over (order by p.id desc
                                                      rows between unbounded preceding and 1 preceding), 0) as before,
             coalesce(sum(octet_length(p.body)) over (order by p.id desc
                                                      rows between unbounded preceding and 2 preceding), 0) as before_last
      from (
        select *
        from webhook_message
        where site_id = $1 and endpoint_id >= $2 and (endpoint_id, id) < ($2, $3)
          ${status === null ? '' : `and status = '${status}'`}
        order by endpoint_id desc, id desc
        limit $4
      ) p
    ) m
    where m.before_last < $5
    order by m.id desc`,
});

/** A page ends with the message that reaches so many bytes: a hundred with all their addresses have 40 MB. */
const PAGE_BYTES = 2_000_000;

/** Greater than any id. */
const END = '9223372036854775807';

/** Which messages, of which endpoint. */
export interface MessagesOf {
  readonly siteId: string;
  readonly id: string;
}

export async function readMessage(
  db: Pick<Tx, 'query'>,
  { siteId, id }: MessagesOf,
  messageId: string,
): Promise<MessageRow | undefined> {
  return (await db.query<MessageRow>(one, [siteId, id, messageId]))[0];
}

/** A message of a list. */
export interface ListedMessage extends MessageRow {
  /** The page is full without it. */
  readonly beyond: boolean;
}

/** A page of an endpoint's messages, the newest first, and one more if there is one; `status` null: all. */
export const listMessages = (
  db: Pick<Tx, 'query'>,
  { siteId, id }: MessagesOf,
  status: MessageStatus | null,
  before: string | null,
  limit: number,
): Promise<ListedMessage[]> =>
  db.query(listMessagesStatement(status), [siteId, id, before ?? END, limit + 1, PAGE_BYTES]);
