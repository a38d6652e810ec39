import type { Policy, Reason } from '../../../core/reasons.js';
import type { Statement } from '../../statement.js';
import type { Tx } from '../../tx.js';
import { type PastRange, PLAYED_VOTES } from './read-past-votes.js';

/**
 * What people did with images that were voted on in a time, and what decisions said of those who voted, in the order of time:
 * from the beginning, since what was decided years ago may still stand, up to now, since what happened is judged by what people
 * said later.
 */
const declare: Statement = {
  name: 'declare-past-facts',
  text: `
    declare past_facts no scroll cursor for
    with played as materialized (
      select v.image_id, v.round, v.reporter, v.at, v.reasons, v.withdrawn_at
      from vote v
      where ${PLAYED_VOTES}
    ),
    images as materialized (select distinct p.image_id from played p),
    facts as (
      select p.withdrawn_at as at, 'withdrawal' as type, p.image_id, p.round, p.reporter, null::jsonb as data
      from played p
      where p.withdrawn_at is not null
      union all
      select min(n.at), 'further-reason', p.image_id, p.round, p.reporter, jsonb_build_object('reason', n.reason)
      from played p
      join report_note n on n.site_id = $1 and n.image_id = p.image_id and n.round = p.round and n.reporter = p.reporter
                         and n.reason = any (p.reasons)
      where cardinality(p.reasons) > 1
      group by p.image_id, p.round, p.reporter, p.at, n.reason
      having min(n.at) > p.at
      union all
      select greatest(n.at, p.at), 'words', p.image_id, p.round, p.reporter, jsonb_build_object('comment', n.comment, 'further', n.at > p.at)
      from report_note n
      join played p on p.image_id = n.image_id and p.round = n.round and p.reporter = n.reporter
      where $4 and n.site_id = $1 and n.comment is not null
      union all
      select d.at, 'decision', d.image_id, d.round, null,
             jsonb_build_object('decision', d.id::text, 'action', d.action, 'policy', d.policy,
                                'undone', d.undone_at is not null)
      from decision d
      join images i on i.image_id = d.image_id
      where d.site_id = $1 and d.action <> 'escalate'
      union all
      select d.undone_at, 'undo', d.image_id, d.round, null,
             jsonb_build_object('decision', d.id::text, 'action', d.action)
      from decision d
      join images i on i.image_id = d.image_id
      where d.site_id = $1 and d.action <> 'escalate' and d.undone_at is not null
      union all
      select e.at, e.type, e.image_id, null, null, e.data
      from event e
      join images i on i.image_id = e.image_id
      where e.site_id = $1 and e.type in ('protection.set', 'protection.lifted', 'content.changed')
      union all
      select e.at, 'stood', e.image_id, null, null, jsonb_build_object('reason', e.data->>'reason')
      from event e
      join images i on i.image_id = e.image_id
      where e.site_id = $1 and e.at < $2 and e.type in ('image.blocked', 'block.added') and e.data->>'source' = 'threshold'
      union all
      select r.at, 'verdict', null, null, r.reporter, jsonb_build_object('decision', r.decision_id::text, 'valid', r.valid)
      from reporter_verdict r
      where r.site_id = $1 and r.reporter in (select p.reporter from played p)
    )
    select floor(extract(epoch from f.at) * 1000)::float8 as at, f.type, f.image_id as "imageId", f.round,
           substr(f.reporter, 1, 8) as reporter, f.data
    from facts f
    -- Votes have whole milliseconds. What was written is heard with the vote that it stands beside, so it comes first.
    order by floor(extract(epoch from f.at) * 1000), f.type <> 'words', f.at, f.image_id`,
};

const fetch = (rows: number): Statement => ({
  name: `fetch-past-facts-${rows}`,
  text: `fetch ${rows} from past_facts`,
});

/** A line of the past. `at` in ms since 1970; of a reporter's hash the first 8 bytes. */
export type PastFactRow = { readonly at: number } & (
  | (OfVote & { readonly type: 'withdrawal' })
  | (OfVote & { readonly type: 'further-reason'; readonly data: { readonly reason: Reason } })
  | (OfVote & {
      readonly type: 'words';
      readonly data: { readonly comment: string; readonly further: boolean };
    })
  | (OfImage & {
      readonly type: 'decision';
      readonly round: number;
      readonly data: Decided & { readonly policy: Policy | null; readonly undone: boolean };
    })
  | (OfImage & { readonly type: 'undo'; readonly data: Decided })
  | (OfImage & { readonly type: 'protection.set' | 'protection.lifted' })
  | (OfImage & {
      readonly type: 'content.changed';
      readonly data: {
        /** Null: nobody had looked at its bytes. */
        readonly from: number | null;
        readonly to: number;
        readonly announced: boolean;
      };
    })
  | (OfImage & { readonly type: 'stood'; readonly data: { readonly reason: Policy } })
  | {
      readonly type: 'verdict';
      readonly reporter: Buffer;
      readonly data: { readonly decision: string; readonly valid: boolean };
    }
);

interface OfImage {
  readonly imageId: string;
}

interface OfVote extends OfImage {
  readonly round: number;
  readonly reporter: Buffer;
}

interface Decided {
  readonly decision: string;
  readonly action: 'block' | 'keep';
}

/** @param withComments whether what readers wrote is of interest */
export async function openPastFacts(
  tx: Tx,
  { siteId, from, to }: PastRange,
  withComments: boolean,
): Promise<void> {
  await tx.query(declare, [siteId, from, to, withComments]);
}

/** The next facts; none: that were all. */
export const fetchPastFacts = (tx: Tx, rows: number): Promise<PastFactRow[]> => tx.query(fetch(rows));
