import type { Tx } from '../../tx.js';

const statement = {
  name: 'find-images',
  // An address wins over an image of that key: the site bound it. Two unique probes a key.
  text: `
    select k.n::int as n, coalesce(a.image_id, i.id) as "imageId"
    from unnest($1::bytea[]) with ordinality as k (hash, n)
    left join address a on a.hash = k.hash
    left join image i on i.key_hash = k.hash and i.merged_into is null
    where coalesce(a.image_id, i.id) is not null`,
};

/** Which image each key or address stands for, by its place in what was asked (from 1); the unknown ones are left out. */
export const findImages = (
  tx: Pick<Tx, 'query'>,
  hashes: readonly Buffer[],
): Promise<{ n: number; imageId: string }[]> => tx.query(statement, [hashes]);
