import { givesOther, isLeftOut, milliseconds, reportedAt } from './pictures.js';

/**
 * A reader's number for the k-th report of a picture: of all readers, another one each time. Of five readers three are
 * devices, one an account, one named by the site.
 */
const READER = `(p.n::bigint * 7919 + k::bigint * 104729) % p.readers`;
const reporter = (r: string): string => `decode(md5('reader ' || ${r}), 'hex')`;
const network = (kind: string, r: string): string =>
  `case when r % 5 < 3 then substring(decode(md5('${kind} network ' || ${r}), 'hex') for 8) end`;

/** What a person's decision took away and gave, as `core/undo` wants it. */
const THRESHOLD = `jsonb_build_object('ref', '1', 'note', null, 'since', ${milliseconds('p.crossed_at')}, 'reason', p.reason,
                     'source', 'threshold', 'evidence', p.evidence, 'ruleVersion', 1)`;
const MODERATOR = `jsonb_build_object('ref', p.n::text, 'note', null, 'since', ${milliseconds('p.decided_at')}, 'reason', p.reason,
                     'source', 'moderator', 'evidence', null, 'ruleVersion', null)`;

const blocked = (reviewed: boolean): string =>
  `jsonb_build_object('since', ${milliseconds('p.crossed_at')}, 'reason', p.reason, 'blocked', true, 'version', 1,
                      'reviewed', ${reviewed})`;
const rule = (version: number): string =>
  `jsonb_build_object('reason', p.reason, 'source', 'threshold', 'version', ${version}, 'evidence', p.evidence)`;

/**
 * One statement a table, for what is in `picture`. A picture's id is its number, and so are those of its case
 * and its decision; the site is the only one, and so is the person.
 */
export const STATEMENTS: readonly string[] = [
  `insert into image (site_id, id, key_kind, key, key_hash, url, round, round_started_at, kept_at, tally, left_out,
                      review_state, blocked, shown_reason, reviewed, since, version, created_at)
          overriding system value
   select s.id, p.n, 'url', p.url,
          -- As src/database/image-hash.ts has it.
          substring(sha256(convert_to(s.id::text, 'UTF8') || '\\x00'::bytea || 'url'::bytea || '\\x00'::bytea
                           || convert_to(p.url, 'UTF8')) for 16),
          p.url, case when p.fate = 'kept' then 2 else 1 end,
          case when p.fate = 'kept' then p.decided_at else p.created_at end,
          case when p.fate = 'kept' then p.decided_at end,
          case when p.fate = 'kept' then '{}' else p.tally end, case when p.fate = 'kept' then '{}' else p.left_out end,
          case when p.fate in ('blocked', 'kept') then 'closed' else 'open' end, p.fate in ('blocked', 'crossed'),
          case when p.fate in ('blocked', 'crossed') then p.reason end, p.fate = 'blocked',
          case when p.fate in ('blocked', 'crossed') then p.crossed_at end,
          case p.fate when 'waiting' then 0 when 'kept' then 2 else 1 end, p.created_at
   from picture p, site s
   order by p.n`,
  `insert into vote (site_id, image_id, round, reporter, reporter_kind, reasons, left_out, at, network, wide_network,
                     age_minutes)
   select s.id, p.n, 1, ${reporter('r')}, case r % 5 when 3 then 'account' when 4 then 'named' else 'device' end,
          array[case when ${givesOther('k')} then 'other' else p.reason end], case when ${isLeftOut('k')} then 'budget' end,
          ${reportedAt('k')}, ${network('narrow', 'r / 15')}, ${network('wide', 'r / 1500')},
          case when r % 5 < 4 then r % 32767 end
   from picture p
   cross join site s
   cross join lateral generate_series(1, p.votes) as k
   cross join lateral (select ${READER} as r) as reader
   order by p.n, k`,
  `insert into report_note (site_id, image_id, round, reporter, digest, reason, comment, page_url, at)
   select s.id, p.n, 1, ${reporter('r')}, decode(md5('note ' || p.n || ' ' || k), 'hex'), p.reason,
          'Cette photo ne va pas, dit le lecteur ' || r || '.', 'https://www.example.ma/article/' || p.n, ${reportedAt('k')}
   from picture p
   cross join site s
   cross join lateral generate_series(1, p.votes) as k
   cross join lateral (select ${READER} as r) as reader
   where (p.n + k) % 4 = 0
   order by p.n, k`,
  `insert into moderation_case (site_id, id, image_id, round, status, priority, version, outcome, opened_at, closed_at)
          overriding system value
   select s.id, p.n, p.n, 1, case when p.fate in ('blocked', 'kept') then 'closed' else 'open' end,
          -- Some points for harm, and fewer the later it began to wait (src/core/priority.ts).
          case when p.fate = 'waiting' then 0 else 10000000 end + 5000000 + (p.n::bigint * 7919 % 96)::int
            - (extract(epoch from p.created_at - '2026-01-01 00:00+00') / 900)::int,
          case when p.fate in ('blocked', 'kept') then 2 else 1 end,
          case p.fate when 'blocked' then 'block' when 'kept' then 'keep' end, p.created_at,
          case when p.fate in ('blocked', 'kept') then p.decided_at end
   from picture p, site s
   order by p.n`,
  `insert into block (site_id, image_id, source, ref, reason, since, rule_version, evidence)
   select s.id, p.n, case p.fate when 'blocked' then 'moderator' else 'threshold' end,
          case p.fate when 'blocked' then p.n::text else '1' end, p.reason,
          case p.fate when 'blocked' then p.decided_at else p.crossed_at end,
          case when p.fate = 'crossed' then 1 end, case when p.fate = 'crossed' then p.evidence end
   from picture p, site s
   where p.fate in ('blocked', 'crossed')
   order by p.n`,
  `insert into decision (site_id, id, image_id, case_id, round, action, policy, reports, staff_id, case_version, delta, at)
          overriding system value
   select s.id, p.n, p.n, p.n, 1, case p.fate when 'blocked' then 'block' else 'keep' end,
          case p.fate when 'blocked' then p.reason end, case p.fate when 'blocked' then 'valid' else 'invalid' end,
          m.id, 1,
          jsonb_build_object('held', false, 'given', 0, 'keptAt', null, 'caseStatus', 'open',
                             'removed', jsonb_build_array(${THRESHOLD}),
                             'added', case p.fate when 'blocked' then jsonb_build_array(${MODERATOR}) else '[]' end),
          p.decided_at
   from picture p, site s, staff m
   where p.fate in ('blocked', 'kept')
   order by p.n`,
  // The five who made the rule block are right or wrong; the others came later, and are not judged.
  `insert into reporter_verdict (site_id, reporter, decision_id, valid, at)
   select s.id, ${reporter('r')}, p.n, p.fate = 'blocked', p.decided_at
   from picture p
   cross join site s
   cross join lateral generate_series(1, 5) as k
   cross join lateral (select ${READER} as r) as reader
   where p.fate in ('blocked', 'kept')`,
  `insert into event (site_id, image_id, case_id, decision_id, type, actor_kind, actor_id, rule_version, data, visibility, at)
   select s.id, p.n, p.n, case when e.place > 2 then p.n end, e.type, case when e.place > 2 then 'staff' else 'rule' end,
          case when e.place > 2 then m.id end, case when e.place < 3 then 1 end, e.data, e.visibility, e.at
   from picture p
   cross join site s
   cross join staff m
   cross join lateral (
     values (1, 'case.opened', '{"again": false, "round": 1, "severe": false}'::jsonb, null::jsonb, p.created_at),
            (2, 'image.blocked', ${rule(1)}, ${blocked(false)}, p.crossed_at),
            (3, 'case.resolved',
             jsonb_build_object('round', 1, 'action', case p.fate when 'blocked' then 'block' else 'keep' end)
               || case p.fate when 'blocked' then jsonb_build_object('policy', p.reason) else '{}' end,
             case p.fate when 'blocked' then ${blocked(true)} end, p.decided_at),
            (4, 'image.unblocked', ${rule(2)}, '{"blocked": false, "version": 2}'::jsonb, p.decided_at)
   ) as e (place, type, data, visibility, at)
   where e.place = 1 or e.place = 2 and p.fate <> 'waiting' or e.place = 3 and p.fate in ('blocked', 'kept')
      or e.place = 4 and p.fate = 'kept'
   order by p.n, e.place`,
  // What is done is kept for a while, and what crossed of late is looked at again when it is overdue.
  `insert into job (kind, lane, payload, run_at, attempts, outcome, created_at, finished_at)
   select 'fetch-image', 'fetch example.ma',
          jsonb_build_object('url', p.url, 'site', s.id::text, 'hash', md5(p.url)),
          p.created_at, 1, 'done', p.created_at, now()
   from picture p, site s
   where p.place > 0.98
   union all
   select 'case-overdue', 'overdue ' || s.id,
          jsonb_build_object('site', s.id::text, 'cause', 'block', 'image', p.n::text, 'mayLift', false,
                             'since', ${milliseconds('p.crossed_at')}),
          now() + interval '1 day', 0, null, p.crossed_at, null
   from picture p, site s
   where p.fate = 'crossed' and p.place > 0.9`,
  `insert into image_views (site_id, image_id, per_hour)
   select s.id, p.n, 10 + p.n % 5000
   from picture p, site s
   where p.slot % 50 = 9`,
];

/** What is not of pictures: of $1 readers one in twenty has a device that became theirs before it voted, and some are muted. */
export const OF_READERS: readonly string[] = [
  `insert into device_account (site_id, device, account)
   select s.id, decode(md5('spare device ' || n), 'hex'), decode(md5('reader ' || n), 'hex')
   from site s, generate_series(3, $1::int, 20) n`,
  `insert into muted_reporter (site_id, reporter, cause, staff_id)
   select s.id, decode(md5('muted reader ' || n), 'hex'), 'staff', m.id
   from site s, staff m, generate_series(1, least($1::int, 1000)) n`,
];
