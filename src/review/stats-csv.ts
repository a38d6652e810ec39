import type {
  DecisionCounts,
  DurationView,
  ReviewCounts,
  StatsAnswer,
  StatsTable,
} from '../contract/stats.js';
import { type Cell, toCsv } from './csv.js';

const REVIEWED = ['rule_blocks_upheld', 'rule_blocks_overturned', 'share_upheld'];
const DECISIONS = ['decisions_block', 'decisions_keep', 'decisions_escalate', 'decisions_undone'];
const TO_BLOCK = ['seconds_to_block_median', 'seconds_to_block_p90'];
const TO_DECISION = ['seconds_to_decision_median', 'seconds_to_decision_p90'];

const reviewed = ({ upheld, overturned, share }: ReviewCounts): Cell[] => [upheld, overturned, share];
const decided = ({ block, keep, escalate, undone }: DecisionCounts): Cell[] => [
  block,
  keep,
  escalate,
  undone,
];
const took = ({ median, p90 }: DurationView): Cell[] => [median, p90];

const TABLES: Record<StatsTable, (stats: StatsAnswer) => (readonly Cell[])[]> = {
  buckets: ({ bucket, buckets }) => [
    [
      bucket,
      'start_utc',
      'reports',
      'cases_opened',
      'cases_decided',
      'cases_merged',
      'cases_superseded',
      'blocks_rule',
      'blocks_moderator',
      'blocks_publisher',
      'blocks_match',
      ...REVIEWED,
      ...DECISIONS,
      ...TO_BLOCK,
      ...TO_DECISION,
    ],
    ...buckets.map((row) => [
      row.local,
      row.start,
      row.reports,
      row.casesOpened,
      row.casesClosed.decided,
      row.casesClosed.merged,
      row.casesClosed.superseded,
      row.blocks.rule,
      row.blocks.moderator,
      row.blocks.publisher,
      row.blocks.match,
      ...reviewed(row.ruleBlocksReviewed),
      ...decided(row.decisions),
      ...took(row.secondsToBlock),
      ...took(row.secondsToDecision),
    ]),
  ],
  reasons: ({ reasons }) => [
    ['reason', 'reports', 'blocks_rule', ...REVIEWED, ...DECISIONS, ...TO_BLOCK, ...TO_DECISION],
    ...reasons.map((row) => [
      row.reason,
      row.reports,
      row.ruleBlocks,
      ...reviewed(row.ruleBlocksReviewed),
      ...decided(row.decisions),
      ...took(row.secondsToBlock),
      ...took(row.secondsToDecision),
    ]),
  ],
  moderators: ({ moderators }) => [
    ['moderator', ...DECISIONS, ...TO_DECISION],
    ...moderators.map((row) => [
      row.moderator.email,
      ...decided(row.decisions),
      ...took(row.secondsToDecision),
    ]),
  ],
};

/** One table of the statistics, with a line of names. */
export const statsCsv = (stats: StatsAnswer, table: StatsTable): string => toCsv(TABLES[table](stats));

/** Such as `vigie-nouvelles-days-2026-11-01-2026-11-30.csv`: which site, what, from when to when on its calendar. */
export function csvFileName(slug: string, { bucket, buckets }: StatsAnswer, table: StatsTable): string {
  const day = (local: string | undefined): string => (local ?? '').slice(0, 10);
  const what = table === 'buckets' ? `${bucket}s` : table;
  return ['vigie', slug, what, day(buckets[0]?.local), day(buckets.at(-1)?.local)].join('-') + '.csv';
}
