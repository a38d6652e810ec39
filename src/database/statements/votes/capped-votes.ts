import type { LeftOut, LeftOutCause } from '../../../core/left-out.js';
import type { ReasonSet } from '../../../core/tally.js';
import type { Tx } from '../../tx.js';
import type { VoterNetworks } from '../../voter-networks.js';

const load = {
  name: 'load-capped-votes',
  // Those that were withdrawn too: they keep their places.
  text: `
    select v.reporter, v.reasons, v.network as narrow, v.wide_network as wide, v.minted_network as minted
    from vote v
    where v.site_id = $1 and v.image_id = $2 and v.round = $3 and v.left_out is null and v.network is not null
    order by v.at, v.reporter`,
};

const leaveOut = {
  name: 'leave-out-votes',
  text: `
    update vote v
    set left_out = w.cause
    from unnest($4::bytea[], $5::text[]) as w (reporter, cause)
    where v.site_id = $1 and v.image_id = $2 and v.round = $3 and v.reporter = w.reporter`,
};

const count = {
  name: 'count-left-out',
  text: `
    select coalesce(jsonb_object_agg(c.left_out, c.votes), '{}') as "leftOut"
    from (select v.left_out, count(*) as votes
          from vote v
          where v.site_id = $1 and v.image_id = $2 and v.round = $3 and v.left_out is not null
            and v.withdrawn_at is null
          group by v.left_out) c`,
};

/** A round of one image. */
export interface RoundOfImage {
  readonly siteId: string;
  readonly imageId: string;
  readonly round: number;
}

const round = ({ siteId, imageId, round: number }: RoundOfImage): unknown[] => [siteId, imageId, number];

/** Counted votes of a round that network caps hold for, the earliest first. */
export const loadCappedVotes = (
  tx: Tx,
  of: RoundOfImage,
): Promise<(VoterNetworks & { readonly reporter: Buffer; readonly reasons: ReasonSet })[]> =>
  tx.query(load, round(of));

/** Leaves out votes of a round that counted. */
export const updateLeftOut = (
  tx: Tx,
  of: RoundOfImage,
  votes: readonly { readonly reporter: Buffer; readonly cause: LeftOutCause }[],
): void =>
  tx.send(leaveOut, [...round(of), votes.map(({ reporter }) => reporter), votes.map(({ cause }) => cause)]);

/** How many votes of a round stand and are not counted, by cause. */
export async function countLeftOut(tx: Tx, of: RoundOfImage): Promise<LeftOut> {
  const [row] = await tx.query<{ leftOut: LeftOut }>(count, round(of));
  return row?.leftOut ?? {};
}
