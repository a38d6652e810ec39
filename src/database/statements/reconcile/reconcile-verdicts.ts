import type { Tx } from '../../tx.js';
import { castOn, crossingsBefore } from '../readers/reporter-verdicts.js';
import { MOST_PROBLEMS, type ReconcileProblem } from './reconcile-problem.js';

/** Decisions that stand and say something of reports, and the rounds that they judged. */
const JUDGING = `
    judging as materialized (
      select d.site_id, d.id, d.image_id, d.at, d.reports = 'valid' as valid, d.round as last_round,
             coalesce(c.round, d.round) as first_round
      from decision d
      left join moderation_case c on c.id = d.case_id and c.site_id = d.site_id
      where d.undone_at is null and d.reports <> 'ignore' and d.action <> 'escalate'
    )`;

const strange = {
  name: 'reconcile-strange-verdicts',
  text: `
    with ${JUDGING}
    select r.site_id as "siteId", d.image_id as "imageId",
           format(case when j.id is null then '%s verdicts are of decision %s, which does not stand or says nothing of reports'
                       else '%s verdicts of decision %s say the opposite' end, count(*), r.decision_id) as problem
    from reporter_verdict r
    left join decision d on d.site_id = r.site_id and d.id = r.decision_id
    left join judging j on j.site_id = r.site_id and j.id = r.decision_id
    where j.id is null or j.valid <> r.valid
    group by r.site_id, d.image_id, r.decision_id, j.id
    order by r.site_id, r.decision_id
    limit ${MOST_PROBLEMS}`,
};

/** Has this person a verdict, or had they one already when this decision was taken, for what they said of the image? */
const judgedBefore = `
      exists (select from decision f
              join reporter_verdict e on e.site_id = f.site_id and e.decision_id = f.id
              where f.site_id = j.site_id and f.image_id = j.image_id and f.id < j.id and f.round >= v.round
                and e.reporter in (v.reporter, l.account))`;

/** Did this person report an image that became part of this one? Whether their vote was here at the decision, nobody knows. */
const cameOver = `
      exists (select from image o
              join vote x on x.site_id = o.site_id and x.image_id = o.id
                          and (x.reporter = v.reporter or x.forgotten_at is not null)
              where o.site_id = j.site_id and o.merged_into = j.image_id)`;

const tookInOthers = `exists (select from image o where o.site_id = j.site_id and o.merged_into = j.image_id)`;

const unequal = {
  name: 'reconcile-verdicts',
  // Votes change after they were judged: they are withdrawn, cast again, become an account's, or are left out when images
  // become one. So there are those who must have a verdict, and those who may. A device's is its account's by now; of a
  // device that changed hands nobody knows whose was its first, so it only has to make up for a verdict without a vote. A vote of the
  // very moment of the decision is taken for either. A vote whose reporter is forgotten may be anybody's who has a verdict. What stayed
  // behind on an image that became part of this one may have done so after the decision.
  text: `
    with recursive ${JUDGING},
    judged as (select site_id, image_id, id as decision_id, first_round, last_round from judging),
    crossing as materialized (${crossingsBefore('judged')}
    ),${castOn('judged')},
    candidate as materialized (
      select j.site_id, j.id, j.image_id, v.reporter, l.account, v.linked_to, v.forgotten_at,
             v.left_out is null and v.forgotten_at is null and v.at < j.at - interval '2 milliseconds'
               and case when c.at is null then v.withdrawn_at is null or v.withdrawn_at > j.at
                        else v.at <= c.at and (v.withdrawn_at is null or v.withdrawn_at > c.at) end
               and not ${judgedBefore} and not ${cameOver} as must,
             case when v.left_out = 'linked' then true
                  when v.left_out is not null then ${tookInOthers}
                  else c.at is null or v.at <= c.at
                       or v.at > j.at - interval '2 milliseconds' end as may
      from judging j
      join vote v on v.site_id = j.site_id and v.image_id = j.image_id and v.round between j.first_round and j.last_round
      left join crossing c on c.decision_id = j.id and c.round = v.round
      left join device_account l on l.site_id = v.site_id and l.device = v.reporter
      union all
      select j.site_id, j.id, j.image_id, v.reporter, l.account, v.linked_to, v.forgotten_at, false, true
      from judging j
      join cast_on o on o.decision_id = j.id and o.image_id <> j.image_id
      join crossing c on c.decision_id = j.id and c.round = o.round
      join vote v on v.site_id = o.site_id and v.image_id = o.image_id and v.round = o.own_round
                  and v.at <= c.at and v.withdrawn_at > c.at
      left join device_account l on l.site_id = v.site_id and l.device = v.reporter
    ),
    missing as (
      select c.site_id, c.id, c.image_id, count(distinct c.reporter) filter (where c.account is null) as people,
             count(distinct c.reporter) filter (where c.account is not null) as linked
      from candidate c
      where c.must and not exists (select from reporter_verdict r
                                   where r.site_id = c.site_id and r.decision_id = c.id
                                     and r.reporter in (c.reporter, c.account))
      group by c.site_id, c.id, c.image_id
    ),
    unfounded as (
      select j.site_id, j.id, j.image_id, count(*) as people
      from judging j
      join reporter_verdict r on r.site_id = j.site_id and r.decision_id = j.id
      where not exists (select from candidate c
                        where c.site_id = j.site_id and c.id = j.id and c.may
                          and r.reporter in (c.reporter, c.account, c.linked_to))
      group by j.site_id, j.id, j.image_id
    ),
    forgotten as (
      select c.site_id, c.id, count(distinct c.reporter) as people
      from candidate c
      where c.may and c.forgotten_at is not null
      group by c.site_id, c.id
    )
    select site_id as "siteId", image_id as "imageId",
           format('of those who voted before decision %s, %s have no verdict, and %s who did not have one', id,
                  coalesce(m.people, 0), coalesce(u.people, 0)) as problem
    from missing m
    full join unfounded u using (site_id, id, image_id)
    left join forgotten f using (site_id, id)
    where m.people > 0 or u.people > coalesce(m.linked, 0) + coalesce(f.people, 0)
    order by site_id, id
    limit ${MOST_PROBLEMS}`,
};

/** Decisions whose verdicts on reporters are not what they and the votes say (docs/rules.md, rules 2, 8 and 15). */
export const reconcileVerdicts = async (tx: Tx): Promise<ReconcileProblem[]> => {
  const found = [
    ...(await tx.query<ReconcileProblem>(strange)),
    ...(await tx.query<ReconcileProblem>(unequal)),
  ];
  return found.slice(0, MOST_PROBLEMS);
};
