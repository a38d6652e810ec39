import type { Tx } from '../../tx.js';

const statement = {
  name: 'read-replayed-images',
  text: `
    select w.n::int as n, i.id, i.key_kind as "keyKind", i.key, i.url, c.id as "caseId"
    from unnest($2::bigint[], $3::int[]) with ordinality as w (image_id, round, n)
    join image i on i.site_id = $1 and i.id = w.image_id
    left join lateral (
      -- A keep that was undone leaves its case in the round before.
      select c.id
      from moderation_case c
      where c.site_id = i.site_id and c.image_id = i.id and c.round <= w.round
      order by c.round desc
      limit 1
    ) c on true
    order by w.n`,
};

/** An image as a replay names it, and the case of a round. */
export interface ReplayedImageRow {
  /** Its place in what was asked, from 1. */
  readonly n: number;
  readonly id: string;
  readonly keyKind: 'url' | 'id';
  readonly key: string;
  readonly url: string | null;
  readonly caseId: string | null;
}

/** What images are called, with the case of each one's round. */
export const readReplayedImages = (
  db: Pick<Tx, 'query'>,
  siteId: string,
  rounds: readonly { readonly imageId: string; readonly round: number }[],
): Promise<ReplayedImageRow[]> =>
  db.query(statement, [siteId, rounds.map(({ imageId }) => imageId), rounds.map(({ round }) => round)]);
