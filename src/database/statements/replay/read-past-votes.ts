import { REASONS } from '../../../core/reasons.js';
import { REPORTER_KINDS } from '../../../core/replay/past-votes.js';
import type { Statement } from '../../statement.js';
import type { Tx } from '../../tx.js';

/** Votes that are played: not those of devices that became their account's, nor those that were copied to another image. */
export const PLAYED_VOTES = `
      v.site_id = $1 and v.at >= $2 and v.at < $3 and v.left_out is distinct from 'linked'
      and (v.image_id, v.round) not in (select i.id, i.round from image i where i.site_id = $1 and i.merged_into is not null)`;

const REASON_ARRAY = `array['${REASONS.join("', '")}']`;
const KIND_ARRAY = `array['${REPORTER_KINDS.join("', '")}']`;
const bit = (reason: string): string => `(1 << (array_position(${REASON_ARRAY}, ${reason}) - 1))`;

/**
 * With which reasons a vote was cast, as bits. A reason that came with a later report was written down with that report where it
 * named its page, as the widget does; one of which nobody knows was there from the beginning.
 */
const REASONS_AT_FIRST = `
      case when cardinality(v.reasons) = 1 then ${bit('v.reasons[1]')}
           -- Where all were said once more with a page: the one that was so first.
           else coalesce((select bit_or(${bit('g.reason')})
                 from unnest(v.reasons) as g (reason)
                 where not exists (select from report_note n
                                   where n.site_id = v.site_id and n.image_id = v.image_id and n.round = v.round
                                     and n.reporter = v.reporter and n.reason = g.reason
                                   having min(n.at) > v.at)),
                         (select ${bit('n.reason')} from report_note n
                          where n.site_id = v.site_id and n.image_id = v.image_id and n.round = v.round
                            and n.reporter = v.reporter and n.reason = any (v.reasons)
                          order by n.at limit 1))
      end`;

const NO_NETWORK = `'\\x0000000000000000'::bytea`;

const count: Statement = {
  name: 'count-past-votes',
  text: `select count(*)::int as votes from vote v where ${PLAYED_VOTES}`,
};

/**
 * Each vote is one value of 55 bytes: a million rows of one column cost this process a second, and of fifteen columns five. Of a
 * reporter's hash 8 bytes come: enough to tell millions apart. Those that counted come first of those that were cast together:
 * in which order they were is not known, and places went to the first.
 */
const declare: Statement = {
  name: 'declare-past-votes',
  text: `
    declare past_votes no scroll cursor for
    select int8send(v.image_id) || substr(v.reporter, 1, 8)
           || float8send(floor(extract(epoch from v.at) * 1000)::float8)
           || coalesce(v.network, ${NO_NETWORK}) || coalesce(v.wide_network, ${NO_NETWORK})
           || coalesce(v.minted_network, ${NO_NETWORK})
           || int4send(v.round) || int2send((${REASONS_AT_FIRST})::int2) || int2send(coalesce(v.age_minutes, -1)::int2)
           || int2send((array_position(${KIND_ARRAY}, v.reporter_kind) - 1
                        + case when v.left_out is not distinct from 'muted' then 128 else 0 end)::int2) as packed
    from vote v
    where ${PLAYED_VOTES}
    order by v.at, v.image_id, v.left_out nulls first, v.severe_at nulls last, v.reporter`,
};

const fetch = (rows: number): Statement => ({
  name: `fetch-past-votes-${rows}`,
  text: `fetch ${rows} from past_votes`,
});

/** Which votes: cast from one time to another. */
export interface PastRange {
  readonly siteId: string;
  readonly from: Date;
  readonly to: Date;
}

/** How many votes there are to play. */
export async function countPastVotes(tx: Tx, { siteId, from, to }: PastRange): Promise<number> {
  const [row] = await tx.query<{ votes: number }>(count, [siteId, from, to]);
  return row?.votes ?? 0;
}

/** Opens the votes of a time, in its order; they are fetched while the transaction is open. */
export async function openPastVotes(tx: Tx, { siteId, from, to }: PastRange): Promise<void> {
  await tx.query(declare, [siteId, from, to]);
}

/** The next votes, packed (src/replay/unpack-votes.ts); none: that were all. */
export const fetchPastVotes = (tx: Tx, rows: number): Promise<{ readonly packed: Buffer }[]> =>
  tx.query(fetch(rows));
