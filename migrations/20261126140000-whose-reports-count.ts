import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Whose reports count (docs/rules.md, rules 2, 4, 5, 9 and 17). The index on vote is built in this transaction and locks the table
 * against writing for some seconds each two million votes; the new columns are null, and cost nothing.
 */
export class WhoseReportsCount20261126140000 implements MigrationInterface {
  name = 'WhoseReportsCount20261126140000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What a decision said of a reporter's vote. The votes' pseudonyms go, and the weight that they earned stays.
      create table reporter_verdict (
        site_id     bigint      not null,
        reporter    bytea       not null check (octet_length(reporter) = 16),
        decision_id bigint      not null,
        valid       boolean     not null,
        at          timestamptz not null,
        primary key (site_id, reporter, decision_id)
      );
      -- An undo takes back exactly what its decision said.
      create index reporter_verdict_decision on reporter_verdict (decision_id);

      -- A reporter whose votes do not count: by a person's word, or by the site's rule after a run of dismissed votes.
      create table muted_reporter (
        site_id     bigint      not null references site on delete cascade,
        reporter    bytea       not null check (octet_length(reporter) = 16),
        id          bigint      generated always as identity unique,
        cause       text        not null check (cause in ('staff', 'rule')),
        staff_id    bigint      references staff on delete set null,
        decision_id bigint,
        case_id     bigint,
        note        text        check (length(note) <= 1000),
        at          timestamptz not null default clock_timestamp(),
        until       timestamptz check (until > at),
        primary key (site_id, reporter)
      );

      -- What is usual on a site, measured now and then.
      create table site_baseline (
        site_id         bigint      primary key references site on delete cascade,
        at              timestamptz not null default clock_timestamp(),
        blocks_per_hour real        not null check (blocks_per_hour >= 0),
        upheld          int         not null check (upheld >= 0),
        span_seconds    int         check (span_seconds >= 0),
        newcomer_share  real        check (newcomer_share between 0 and 1)
      );

      -- How often an image is seen in an hour, as its site last said.
      create table image_views (
        site_id  bigint      not null,
        image_id bigint      not null,
        per_hour int         not null check (per_hour >= 0),
        at       timestamptz not null default clock_timestamp(),
        primary key (site_id, image_id)
      );

      alter table moderation_case add column hold jsonb;

      alter table vote add column age_minutes smallint check (age_minutes >= 0);
      alter table vote drop constraint vote_left_out_cause;
      alter table vote add constraint vote_left_out_cause
        check (left_out in ('muted', 'budget', 'network', 'wide-network', 'linked')) not valid;
      alter table vote validate constraint vote_left_out_cause;
      -- What one reporter has on undecided cases, and all votes of somebody who asks. A reporter's hash is another on each site. The
      -- condition holds for every vote, and lets only those use this index who repeat it: on an empty table it looks like the
      -- primary key, and a plan that was made then would walk all votes of a reporter for one.
      create index vote_reporter on vote (reporter, at) where reporter_kind in ('device', 'account', 'named');

      update threshold_rule
      set rule = rule || '{"holdBounds": {"burst": 4, "newcomers": 0.25, "sameComment": 3, "cohort": 2, "prolific": 2},
                           "reporterBudget": {"device": 5, "account": 20}, "muteAfter": null}';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      update threshold_rule set rule = rule - 'holdBounds' - 'reporterBudget' - 'muteAfter';

      drop index vote_reporter;
      alter table vote drop constraint vote_left_out_cause;
      -- Whoever was left out stays so.
      update vote set left_out = 'network' where left_out in ('muted', 'budget');
      update image
      set left_out = (left_out - 'muted' - 'budget') || jsonb_build_object(
            'network', coalesce((left_out ->> 'network')::int, 0) + coalesce((left_out ->> 'muted')::int, 0)
                       + coalesce((left_out ->> 'budget')::int, 0))
      where left_out ?| array['muted', 'budget'];
      alter table vote add constraint vote_left_out_cause check (left_out in ('network', 'wide-network', 'linked'));
      alter table vote drop column age_minutes;

      alter table moderation_case drop column hold;
      drop table image_views;
      drop table site_baseline;
      drop table muted_reporter;
      drop table reporter_verdict;
    `);
  }
}
