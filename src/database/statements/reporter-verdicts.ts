import type { Tx } from '../tx.js';

/**
 * The votes that counted when a decision was taken, or, where the rule had blocked in their round, when it did.
 *
 * @param decision alias of (site_id, image_id, first_round, last_round, crossed_round, crossed_at): of the block that stood,
 *   its round and its time, or nulls
 * @param vote alias of the vote
 */
export const wasCounted = (decision: string, vote: string): string => `
      ${vote}.left_out is null
      and case when ${vote}.round = ${decision}.crossed_round
               then ${vote}.at <= ${decision}.crossed_at
                    and (${vote}.withdrawn_at is null or ${vote}.withdrawn_at > ${decision}.crossed_at)
               else ${vote}.withdrawn_at is null end`;

const judge = {
  name: 'judge-reporters',
  // One verdict per person, however many of their votes the rounds have: a device that has become somebody's is that person.
  // Nobody is judged twice for what they said once: whoever blocks again, for another policy, judges only those who came
  // since. In order of the hashes, as all that touches these rows.
  text: `
    insert into reporter_verdict (site_id, reporter, decision_id, valid, at)
    select d.site_id, coalesce(l.account, v.reporter) as person, d.decision_id, d.valid,
           coalesce($9::timestamptz, clock_timestamp())
    from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::int[], $5::int[], $6::boolean[], $7::int[], $8::timestamptz[])
         as d (site_id, decision_id, image_id, first_round, last_round, valid, crossed_round, crossed_at)
    join vote v on v.site_id = d.site_id and v.image_id = d.image_id and v.round between d.first_round and d.last_round
    left join device_account l on l.site_id = v.site_id and l.device = v.reporter
    where ${wasCounted('d', 'v')}
      and not exists (
        select from decision e
        join reporter_verdict r on r.site_id = e.site_id and r.decision_id = e.id
        where e.site_id = d.site_id and e.image_id = d.image_id and e.round >= v.round and e.undone_at is null
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
  /** The rule's block that the decision found: in which round, and since when. */
  readonly crossed: { readonly round: number; readonly at: Date } | null;
}

/** Notes of everybody whose vote was counted that they were right, or wrong. @param at null: now */
export const judgeReporters = (tx: Tx, judged: readonly JudgedReports[], at: Date | null): void =>
  tx.send(judge, [
    judged.map(({ siteId }) => siteId),
    judged.map(({ decisionId }) => decisionId),
    judged.map(({ imageId }) => imageId),
    judged.map(({ firstRound }) => firstRound),
    judged.map(({ lastRound }) => lastRound),
    judged.map(({ valid }) => valid),
    judged.map(({ crossed }) => crossed?.round ?? null),
    judged.map(({ crossed }) => crossed?.at ?? null),
    at,
  ]);

/** Takes back what a decision said of reporters; returns who had been wrong. */
export async function forgetVerdicts(tx: Tx, decisionId: string): Promise<Buffer[]> {
  const gone = await tx.query<{ reporter: Buffer; valid: boolean }>(forget, [decisionId]);
  return gone.filter(({ valid }) => !valid).map(({ reporter }) => reporter);
}
