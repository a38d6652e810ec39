import { type DatabaseTime, laterBy } from '../database/database-time.js';
import { askFetchHost } from '../database/statements/content/fetch-host.js';
import type { Tx } from '../database/tx.js';

const MINUTE = 60_000;

/** Nobody is sent further away than this, in minutes: by then many may have given up. */
const LONGEST_LINE = 60;

/**
 * May this host be asked now? Null: yes. Otherwise when to come back: those who ask in one minute are spread over the
 * minutes after it, so that a thousand images of one host are a thousand questions of ours, not a thousand each minute.
 *
 * @param perMinute requests, over all processes
 * @param random from 0 to below 1
 */
export async function askHost(
  db: Pick<Tx, 'query'>,
  host: string,
  perMinute: number,
  random: number = Math.random(),
): Promise<DatabaseTime | null> {
  const { asked, minute } = await askFetchHost(db, host);
  const minutes = Math.min(Math.floor((asked - 1) / perMinute), LONGEST_LINE);
  return minutes === 0 ? null : laterBy(minute, (minutes + random) * MINUTE);
}
