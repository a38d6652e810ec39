import type { ReporterKind } from '../../../core/vote-facts.js';
import type { Tx } from '../../tx.js';

/**
 * Of one reporter the latest so many verdicts and votes elsewhere are heard: whoever has more has said enough, and whoever reports
 * by the thousand makes nobody wait (40 accounts with 4,000 votes each on one held image: 243 ms for each further vote, 28 ms so).
 */
const MOST_VERDICTS = 1_000;
const MOST_ELSEWHERE = 200;

/** Exported for the proof of its plan. */
export const recountVotesStatement = {
  name: 'recount-votes',
  // Run only once the cached tally reaches the threshold, so a few rows around a crossing, not every report. What was written,
  // and what decisions said of who wrote it, is read only for rules that ask for it: by the primary keys of both tables. After
  // ten half-lives (core/weights.ts) a verdict says a thousandth. What else its reporter said of undecided cases is found
  // by vote_reporter, whose condition it repeats, and without the site: a reporter's hash is another on each, and with it
  // the primary key would look as good on an empty table. A case that an undo has opened again holds the votes of the rounds
  // since its own, too.
  text: `
    select v.image_id as "imageId", v.reporter_kind as kind, array_to_string(v.reasons, '+') as reasons,
           v.network as narrow, v.wide_network as wide, v.at, v.age_minutes as "ageMinutes", n.comments, r.verdicts,
           o.undecided
    from unnest($1::bigint[], $2::bigint[], $3::int[], $4::timestamptz[], $5::boolean[], $6::boolean[],
                $7::boolean[])
         as w (site_id, image_id, round, since, hold, weigh, heard)
    join vote v on v.site_id = w.site_id and v.image_id = w.image_id and v.round = w.round
    left join lateral (
      select array_agg(n.comment order by n.digest) as comments
      from report_note n
      where w.hold and n.site_id = v.site_id and n.image_id = v.image_id and n.round = v.round
        and n.reporter = v.reporter and n.comment is not null
    ) n on true
    left join lateral (
      select jsonb_agg(jsonb_build_object('decision', r.decision_id::text, 'valid', r.valid,
                                          'at', floor(extract(epoch from r.at) * 1000))) as verdicts
      from (select r.decision_id, r.valid, r.at
            from reporter_verdict r
            where (w.hold or w.weigh) and r.site_id = v.site_id and r.reporter = v.reporter
              and r.at > statement_timestamp() - interval '1800 days'
            order by r.decision_id desc
            limit ${MOST_VERDICTS}) r
    ) r on true
    left join lateral (
      select array_agg(distinct o.image_id::text) as undecided
      from (select o.site_id, o.image_id, o.round
            from vote o
            where w.hold and v.reporter_kind <> 'named'
              and o.reporter = v.reporter and o.reporter_kind in ('device', 'account', 'named')
              and o.image_id <> v.image_id and o.withdrawn_at is null and o.at > statement_timestamp() - interval '7 days'
            order by o.at desc
            limit ${MOST_ELSEWHERE}) o
      join moderation_case c
        on c.site_id = o.site_id and c.image_id = o.image_id and c.round <= o.round and c.status <> 'closed'
    ) o on true
    where v.withdrawn_at is null and v.left_out is null and v.at > w.since and (v.forgotten_at is null or not w.heard)`,
};

export interface Recount {
  readonly siteId: string;
  readonly imageId: string;
  readonly round: number;
  /** Only votes cast after this. */
  readonly since: Date;
  /** Whether what was written beside the votes is of interest. */
  readonly hold: boolean;
  /** Whether what decisions said of their reporters is. */
  readonly weigh: boolean;
  /**
   * Whether they are to be heard: then those whose reporter is forgotten are left out, since nobody can say any more whether
   * they voted again. Else they are only counted.
   */
  readonly heard: boolean;
}

/** A counted vote, with what the rule may ask of it. */
export interface CountedVoteRow {
  readonly imageId: string;
  readonly kind: ReporterKind;
  /** Joined by "+". */
  readonly reasons: string;
  readonly narrow: Buffer | null;
  readonly wide: Buffer | null;
  readonly at: Date;
  readonly ageMinutes: number | null;
  readonly comments: readonly string[] | null;
  /** Times in ms since 1970. */
  readonly verdicts: readonly { decision: string; valid: boolean; at: number }[] | null;
  /** Images that its reporter voted on in the last seven days, counted or not, and on which nobody has decided. */
  readonly undecided: readonly string[] | null;
}

/** The counted votes of rounds that were cast since a time. */
export const recountVotes = (tx: Tx, images: readonly Recount[]): Promise<CountedVoteRow[]> =>
  tx.query(recountVotesStatement, [
    images.map(({ siteId }) => siteId),
    images.map(({ imageId }) => imageId),
    images.map(({ round }) => round),
    images.map(({ since }) => since),
    images.map(({ hold }) => hold),
    images.map(({ weigh }) => weigh),
    images.map(({ heard }) => heard),
  ]);
