import type { Statement } from '../../statement.js';

/** An advisory lock of its own on each site that is named, by id, until the transaction ends. */
export const siteLock = (name: string, of: string): Statement => ({
  name,
  text: `select pg_advisory_xact_lock(hashtextextended('${of}', id)) from unnest($1::bigint[]) as s (id) order by id`,
});
