import type { DecisionAction } from '../../../core/command.js';
import type { Policy } from '../../../core/reasons.js';
import type { Tx } from '../../tx.js';

/** Of this round people are forgotten: the vote of a receipt that is not found is one of theirs. */
const hasForgotten = (round: string): string => `exists (
        select from vote f
        where f.site_id = i.site_id and f.image_id = i.id and f.round = ${round} and f.forgotten_at is not null)`;

const statement = {
  name: 'load-receipt',
  // A vote that counted when its image became part of another lives on there; one that was withdrawn or of an ended round
  // stayed behind, and what became of its image is told all the same. Bounded: an image is merged once. A device's vote that
  // became its account's goes the way of that. Whose vote is forgotten is answered by what became of the image, as one whose
  // vote stands: that they have a receipt proves that they cast one.
  text: `
    with recursive trail as (
      select i.site_id, i.id, $3::int as round, i.merged_into, i.merged_round, 1 as step, true as has_vote,
             i.round = $3 and coalesce(v.withdrawn_at, a.withdrawn_at) is null as goes_along,
             coalesce(v.withdrawn_at, a.withdrawn_at) as withdrawn_at
      from image i
      left join vote v on v.site_id = i.site_id and v.image_id = i.id and v.round = $3 and v.reporter = $4
      left join vote a on a.site_id = v.site_id and a.image_id = v.image_id and a.round = v.round
                       and a.reporter = v.linked_to
      where i.site_id = $1 and i.id = $2 and (v.reporter is not null or ${hasForgotten('$3')})
      union all
      select i.site_id, i.id, t.merged_round, i.merged_into, i.merged_round, t.step + 1, t.goes_along,
             t.goes_along and i.round = t.merged_round and coalesce(v.withdrawn_at, a.withdrawn_at) is null,
             coalesce(v.withdrawn_at, a.withdrawn_at)
      from trail t
      join image i on i.site_id = t.site_id and i.id = t.merged_into
      left join vote v on t.goes_along and v.site_id = i.site_id and v.image_id = i.id and v.round = t.merged_round
                       and v.reporter = $4
      left join vote a on a.site_id = v.site_id and a.image_id = v.image_id and a.round = v.round
                       and a.reporter = v.linked_to
      where t.step < 32 and (not t.goes_along or v.reporter is not null or ${hasForgotten('t.merged_round')})
    )
    select t.id as "imageId", t.round, t.withdrawn_at as "withdrawnAt", i.blocked, i.reviewed,
           i.shown_reason as "shownReason", i.since, d.action, d.policy, d.at as "decidedAt"
    from trail t
    join trail today on today.merged_into is null
    join image i on i.site_id = today.site_id and i.id = today.id
    left join lateral (
      select d.action, d.policy, d.at
      from trail o
      join decision d on d.site_id = o.site_id and d.image_id = o.id and d.round >= o.round
      where d.action <> 'escalate' and d.undone_at is null
      order by d.id desc
      limit 1) d on true
    where t.has_vote
    order by t.step desc
    limit 1`,
};

/** What became of the image that a vote was cast on. */
export interface ReceiptRow {
  readonly imageId: string;
  readonly round: number;
  readonly withdrawnAt: Date | null;
  readonly blocked: boolean;
  readonly reviewed: boolean;
  readonly shownReason: string | null;
  readonly since: Date | null;
  /** The latest standing decision since the vote was cast. */
  readonly action: DecisionAction | null;
  /** What a decision to block cites. */
  readonly policy: Policy | null;
  readonly decidedAt: Date | null;
}

/** The vote behind a receipt, undefined when it is gone. */
export async function loadReceipt(
  db: Pick<Tx, 'query'>,
  vote: { siteId: string; imageId: string; round: number; reporter: Buffer },
): Promise<ReceiptRow | undefined> {
  const [row] = await db.query<ReceiptRow>(statement, [vote.siteId, vote.imageId, vote.round, vote.reporter]);
  return row;
}
