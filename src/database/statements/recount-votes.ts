import type { Tx } from '../tx.js';

const statement = {
  name: 'recount-votes',
  // Run only once the cached tally reaches the threshold, so a few rows around a crossing, not every report.
  text: `
    select v.image_id as "imageId", array_to_string(v.reasons, '+') as reasons, v.network as narrow,
           v.wide_network as wide, count(*)::int as votes
    from unnest($1::bigint[], $2::bigint[], $3::int[], $4::timestamptz[]) as w (site_id, image_id, round, since)
    join vote v on v.site_id = w.site_id and v.image_id = w.image_id and v.round = w.round
    where v.withdrawn_at is null and v.left_out is null and v.at > w.since
    group by v.image_id, v.reasons, v.network, v.wide_network`,
};

export interface Recount {
  readonly siteId: string;
  readonly imageId: string;
  readonly round: number;
  /** Only votes cast after this. */
  readonly since: Date;
}

/** Counted votes that give the same reasons and come from the same networks, or from none that are capped. */
export interface VoteGroup {
  readonly imageId: string;
  readonly reasons: string;
  readonly narrow: Buffer | null;
  readonly wide: Buffer | null;
  readonly votes: number;
}

/** The counted votes of a round cast since a time, by exact set of reasons and by network. */
export const recountVotes = (tx: Tx, images: readonly Recount[]): Promise<VoteGroup[]> =>
  tx.query(statement, [
    images.map(({ siteId }) => siteId),
    images.map(({ imageId }) => imageId),
    images.map(({ round }) => round),
    images.map(({ since }) => since),
  ]);
