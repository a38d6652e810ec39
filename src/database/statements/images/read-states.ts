import type { Reason } from '../../../core/reasons.js';
import type { Tx } from '../../tx.js';

const statement = {
  name: 'read-states',
  // As find-images: an address wins over an image of that key. Unique probes only.
  text: `
    select k.n::int as n, i.blocked, i.shown_reason as reason, i.reviewed, i.version,
           floor(extract(epoch from i.since) * 1000)::float8 as since
    from unnest($2::bytea[]) with ordinality as k (hash, n)
    left join address a on a.hash = k.hash
    left join image o on o.key_hash = k.hash and o.merged_into is null
    join image i on i.site_id = $1 and i.id = coalesce(a.image_id, o.id)`,
};

/** What is seen of an image. `n`: its place in what was asked, from 1; `since` in ms since 1970. */
export interface StateRow {
  readonly n: number;
  readonly blocked: boolean;
  readonly reason: Reason | null;
  readonly reviewed: boolean;
  readonly version: number;
  readonly since: number | null;
}

/** The states of a site's images by the hashes of their keys or addresses; the unknown ones are left out. */
export const readStates = (tx: Tx, siteId: string, hashes: readonly Buffer[]): Promise<StateRow[]> =>
  tx.query(statement, [siteId, hashes]);
