import type { Tx } from '../../tx.js';

const forget = {
  name: 'forget-messages',
  // By webhook_message_finished. What is being sent again is locked by whoever asked for that, and stays.
  text: `
    with old as materialized (
      select site_id, id
      from webhook_message
      where finished_at < clock_timestamp() - make_interval(days => $1)
      order by finished_at
      limit $2
      for update skip locked
    )
    delete from webhook_message m using old where m.site_id = old.site_id and m.id = old.id`,
};

/** Removes at most so many messages that were finished so many days ago, with their attempts; how many went. */
export const forgetMessages = (tx: Tx, days: number, limit: number): Promise<number> =>
  tx.count(forget, [days, limit]);
