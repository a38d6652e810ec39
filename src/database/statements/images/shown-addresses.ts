import type { Tx } from '../../tx.js';

const statement = {
  name: 'shown-addresses',
  // As in find-images: an address wins over an image of that key.
  text: `
    select k.n::int as n, i.id as "imageId", i.blocked, i.review_state in ('open', 'escalated') as awaits,
           w.looked_at is not null as looked
    from unnest($1::bytea[]) with ordinality as k (hash, n)
    left join address a on a.hash = k.hash
    left join image own on own.key_hash = k.hash and own.merged_into is null
    join image i on i.id = coalesce(a.image_id, own.id)
    left join watched_address w on w.hash = k.hash
    order by k.n`,
};

/** An address that stands for an image. */
export interface ShownAddressRow {
  /** Its place in what was asked, from 1. */
  readonly n: number;
  readonly imageId: string;
  readonly blocked: boolean;
  /** Does a case of it await a decision? */
  readonly awaits: boolean;
  /** Has its bytes been looked at since the last `hurryLook`? */
  readonly looked: boolean;
}

/** What is known of addresses now; the unknown ones are left out. */
export const shownAddresses = (
  tx: Pick<Tx, 'query'>,
  hashes: readonly Buffer[],
): Promise<ShownAddressRow[]> => tx.query(statement, [hashes]);

const hurry = {
  name: 'hurry-look',
  text: `update watched_address set looked_at = null where hash = $1`,
};

/** The next look at an address, by a job that is staged now, does not wait because there was one a moment ago. */
export const hurryLook = (tx: Tx, hash: Buffer): Promise<unknown> => tx.query(hurry, [hash]);
