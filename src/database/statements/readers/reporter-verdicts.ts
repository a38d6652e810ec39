import type { Tx } from '../../tx.js';

/**
 * When the rule's blocks began that decisions found, or that an earlier decision which stands had taken away before them: of
 * each round the latest.
 *
 * @param judging what has (site_id, image_id, decision_id): decisions that are stored
 */
export const crossingsBefore = (judging: string): string => `
      select distinct on (d.decision_id, b.round) d.decision_id, b.round, b.at
      from ${judging} d
      join decision e on e.site_id = d.site_id and e.image_id = d.image_id and e.id <= d.decision_id
                     and e.undone_at is null
      cross join lateral (
        select (r ->> 'ref')::int as round, to_timestamp((r ->> 'since')::float8 / 1000) as at
        from jsonb_array_elements(e.delta -> 'removed') as r
        where r ->> 'source' = 'threshold'
      ) b
      order by d.decision_id, b.round, e.id desc, b.at desc`;

/**
 * The table cast_on, of a `with recursive`: where the votes of each judged round were cast, on the image and on what became part of
 * it in that round.
 *
 * @param judging what has (site_id, image_id, decision_id, first_round, last_round)
 */
export const castOn = (judging: string): string => `
    cast_on (decision_id, round, site_id, image_id, own_round) as (
      select d.decision_id, r, d.site_id, d.image_id, r
      from ${judging} d
      cross join generate_series(d.first_round, d.last_round) r
      union all
      select c.decision_id, c.round, i.site_id, i.id, i.round
      from cast_on c
      join image i on i.site_id = c.site_id and i.merged_into = c.image_id and i.merged_round = c.own_round
    )`;

const judge = {
  name: 'judge-reporters',
  // Who is judged: each person whose vote in these rounds counted, by these rules.
  // - One verdict per person, however many votes they have there. A device that is linked to an account is that account.
  // - Where the rule had blocked in the round, the votes that stood when it did. Where a block of 10:00 is kept at noon, a vote of
  //   11:00 is not judged, and one of 9:00 that was withdrawn at 11:00 is. The same holds where another decision had taken that block's place
  //   in between: a block by the rule at 10:00, by a moderator at 11:00, kept at noon judges the votes until 10:00.
  // - Also on an image that became part of this one. Votes that stood came along; one that was withdrawn stayed behind, and counts
  //   for this where it stood when the rule blocked either.
  // - Where the rule had not blocked, all votes that were not withdrawn.
  // - Nobody twice for one vote: an image that is blocked again, for another reason, judges those who have reported since. Nor
  //   for one that came along with an image which became part of this one after a decision had judged it there.
  // - Nobody who was forgotten: their hash in the vote is random by then.
  // In order of the hashes, as all that locks these rows.
  text: `
    with recursive judged as materialized (
      select *
      from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::int[], $5::int[], $6::boolean[])
           as d (site_id, decision_id, image_id, first_round, last_round, valid)
    ),
    crossing as materialized (${crossingsBefore('judged')}
    ),${castOn('judged')}
    insert into reporter_verdict (site_id, reporter, decision_id, valid, at)
    select d.site_id, coalesce(l.account, v.reporter) as person, d.decision_id, d.valid,
           coalesce($7::timestamptz, clock_timestamp())
    from judged d
    join cast_on o on o.decision_id = d.decision_id
    join vote v on v.site_id = o.site_id and v.image_id = o.image_id and v.round = o.own_round
    left join crossing c on c.decision_id = d.decision_id and c.round = o.round
    left join device_account l on l.site_id = v.site_id and l.device = v.reporter
    where v.left_out is null and v.forgotten_at is null
      and case when c.at is null then v.withdrawn_at is null
               else v.at <= c.at and (v.withdrawn_at is null or v.withdrawn_at > c.at) end
      and (o.image_id = d.image_id or v.withdrawn_at is not null)
      and not exists (
        select from cast_on p
        join decision e on e.site_id = p.site_id and e.image_id = p.image_id and e.round >= p.own_round
        join reporter_verdict r on r.site_id = e.site_id and r.decision_id = e.id
        where p.decision_id = d.decision_id and p.round = o.round and e.undone_at is null
          and r.reporter = coalesce(l.account, v.reporter))
    group by d.site_id, person, d.decision_id, d.valid
    order by d.site_id, person, d.decision_id`,
};

const forget = {
  name: 'forget-verdicts',
  // By reporter_verdict_decision.
  text: `delete from reporter_verdict where decision_id = $1 returning reporter, valid`,
};

/** What a decision says of the reports of an image. */
export interface JudgedReports {
  readonly siteId: string;
  readonly decisionId: string;
  readonly imageId: string;
  readonly firstRound: number;
  readonly lastRound: number;
  readonly valid: boolean;
}

/** Notes of everybody whose vote was counted that they were right, or wrong. The decisions are stored. @param at null: now */
export const judgeReporters = (tx: Tx, judged: readonly JudgedReports[], at: Date | null): void =>
  tx.send(judge, [
    judged.map(({ siteId }) => siteId),
    judged.map(({ decisionId }) => decisionId),
    judged.map(({ imageId }) => imageId),
    judged.map(({ firstRound }) => firstRound),
    judged.map(({ lastRound }) => lastRound),
    judged.map(({ valid }) => valid),
    at,
  ]);

/** Takes back what a decision said of reporters; returns who had been wrong. */
export async function forgetVerdicts(tx: Tx, decisionId: string): Promise<Buffer[]> {
  const gone = await tx.query<{ reporter: Buffer; valid: boolean }>(forget, [decisionId]);
  return gone.filter(({ valid }) => !valid).map(({ reporter }) => reporter);
}
