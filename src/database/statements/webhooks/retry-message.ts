import type { Tx } from '../../tx.js';
import { aboutToBeTried } from './about-to-be-tried.js';

const statement = {
  name: 'retry-message',
  text: `
    update webhook_message
    set status = 'pending', series = series + 1, series_attempts = 0, next_attempt_at = clock_timestamp(),
        finished_at = null
    where site_id = $1 and endpoint_id = $2 and id = $3
      and not (${aboutToBeTried})
    returning series`,
};

/** Begins a new series of attempts; its number, or undefined when the message is about to be tried anyway. */
export async function retryMessageRow(
  tx: Tx,
  siteId: string,
  endpointId: string,
  id: string,
): Promise<number | undefined> {
  return (await tx.query<{ series: number }>(statement, [siteId, endpointId, id]))[0]?.series;
}
