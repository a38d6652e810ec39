import type { Tx } from '../../tx.js';
import type { VoterNetworks } from '../../voter-networks.js';
import type { VoteKey } from './cast-votes.js';

/** The votes that count and have a wanted network in this column; by the column's own partial index. */
const counted = (
  column: 'network' | 'minted_network' | 'wide_network',
  wanted: 'narrow' | 'minted' | 'wide',
): string => `
           (select count(*)::int from vote x
            where x.site_id = w.site_id and x.image_id = w.image_id and x.round = w.round
              and x.${column} = w.${wanted} and x.left_out is null)`;

/** Exported for the proof of its plan. */
export const takenPlacesStatement = {
  name: 'load-taken-places',
  // A vote that was withdrawn keeps its place. Each count walks no further than the votes that count of one network: as
  // many as the rule lets count, or let when they were cast.
  text: `
    select w.n::int as n, v.reporter is not null as stands,
           ${counted('network', 'narrow')} + ${counted('minted_network', 'narrow')} as narrow,
           ${counted('network', 'minted')} + ${counted('minted_network', 'minted')} as minted,
           ${counted('wide_network', 'wide')} as wide
    from unnest($1::bigint[], $2::bigint[], $3::int[], $4::bytea[], $5::bytea[], $6::bytea[], $7::bytea[])
         with ordinality as w (site_id, image_id, round, reporter, narrow, wide, minted, n)
    left join vote v on v.site_id = w.site_id and v.image_id = w.image_id and v.round = w.round
                     and v.reporter = w.reporter`,
};

/** How many counted votes of its image and round take the places that a vote would need. */
export interface TakenPlacesRow {
  /** The vote's place in what was asked, from 1. */
  readonly n: number;
  /** Has this reporter a vote there, withdrawn or not? */
  readonly stands: boolean;
  readonly narrow: number;
  readonly minted: number;
  readonly wide: number;
}

/** @param capsWide whether places of wide networks are of interest: without a cap there is no end to them */
export const loadTakenPlaces = (
  tx: Tx,
  votes: readonly (VoteKey & { readonly networks: VoterNetworks; readonly capsWide: boolean })[],
): Promise<TakenPlacesRow[]> =>
  tx.query(takenPlacesStatement, [
    votes.map(({ siteId }) => siteId),
    votes.map(({ imageId }) => imageId),
    votes.map(({ round }) => round),
    votes.map(({ reporter }) => reporter),
    votes.map(({ networks }) => networks.narrow),
    votes.map(({ networks, capsWide }) => (capsWide ? networks.wide : null)),
    votes.map(({ networks }) => networks.minted),
  ]);
