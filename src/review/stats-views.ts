import type {
  DecisionCounts,
  DurationView,
  ModeratorFigures,
  ReasonFigures,
  ReviewCounts,
  StatsBucketView,
  StatsFigures,
} from '../contract/stats.js';
import { REASONS } from '../core/reasons.js';
import type { StatsRow } from '../database/statements/cases/read-stats.js';
import type { StatsBucket, StatsRange } from '../database/statements/cases/stats-range.js';

/** What is said of a bucket, a reason or a person of whom nothing was counted. */
const NOTHING: StatsRow = {
  grouped: 0,
  bucket: null,
  reason: null,
  staff_id: null,
  email: null,
  reports: 0,
  reportsOfReason: 0,
  opened: 0,
  decided: 0,
  merged: 0,
  superseded: 0,
  byRule: 0,
  byPublisher: 0,
  byMatch: 0,
  upheld: 0,
  overturned: 0,
  block: 0,
  keep: 0,
  escalate: 0,
  undone: 0,
  toBlock: null,
  toDecision: null,
};

export const figuresOf = (row: StatsRow = NOTHING): StatsFigures => ({
  reports: row.reports,
  casesOpened: row.opened,
  casesClosed: { decided: row.decided, merged: row.merged, superseded: row.superseded },
  blocks: { rule: row.byRule, moderator: row.block, publisher: row.byPublisher, match: row.byMatch },
  ruleBlocksReviewed: reviewed(row),
  decisions: decisions(row),
  secondsToBlock: duration(row.toBlock),
  secondsToDecision: duration(row.toDecision),
});

/** Every bucket of the range, with zeros where nothing was counted. */
export function bucketsOf(
  { starts, localStarts }: StatsRange,
  bucket: StatsBucket,
  rows: readonly StatsRow[],
): StatsBucketView[] {
  const counted = new Map(rows.map((row) => [row.bucket, row]));
  return starts.map((start, index) => ({
    start: start.toISOString(),
    local: localName(start, localStarts[index] ?? '', bucket),
    ...figuresOf(counted.get(index + 1)),
  }));
}

/** In the order in which the reasons are named everywhere. */
export const reasonsOf = (rows: readonly StatsRow[]): ReasonFigures[] =>
  rows
    .flatMap((row) => (row.reason === null ? [] : [{ ...row, reason: row.reason }]))
    .sort((a, b) => place(a.reason) - place(b.reason))
    .map((row) => ({
      reason: row.reason,
      reports: row.reportsOfReason,
      ruleBlocks: row.byRule,
      ruleBlocksReviewed: reviewed(row),
      decisions: decisions(row),
      secondsToBlock: duration(row.toBlock),
      secondsToDecision: duration(row.toDecision),
    }));

/** Who decided most comes first. */
export const moderatorsOf = (
  rows: readonly StatsRow[],
  named: (staffId: string, email: string) => ModeratorFigures['moderator'],
): ModeratorFigures[] =>
  rows
    .flatMap((row) =>
      row.staff_id === null ? [] : [{ ...row, staff_id: row.staff_id, email: row.email ?? '' }],
    )
    .sort((a, b) => standing(b) - standing(a) || (a.email < b.email ? -1 : 1))
    .map((row) => ({
      moderator: named(row.staff_id, row.email),
      decisions: decisions(row),
      secondsToDecision: duration(row.toDecision),
    }));

const place = (reason: string): number => (REASONS as readonly string[]).indexOf(reason);
const standing = ({ block, keep, escalate }: StatsRow): number => block + keep + escalate;

const decisions = ({ block, keep, escalate, undone }: StatsRow): DecisionCounts => ({
  block,
  keep,
  escalate,
  undone,
});

function reviewed({ upheld, overturned }: StatsRow): ReviewCounts {
  const all = upheld + overturned;
  // To a hundredth of a per cent: nobody reads more, and a file is not full of digits.
  return { upheld, overturned, share: all === 0 ? null : Math.round((upheld / all) * 10_000) / 10_000 };
}

const duration = (seconds: readonly [number, number] | null): DurationView =>
  seconds === null ? { median: null, p90: null } : { median: whole(seconds[0]), p90: whole(seconds[1]) };

/** Clocks that were set back between two times do not make a duration negative. */
const whole = (seconds: number): number => Math.max(0, Math.round(seconds));

const MINUTE = 60_000;

/** A day by its date; an hour with its offset, since the hour in which clocks go back comes twice. */
function localName(start: Date, local: string, bucket: StatsBucket): string {
  if (bucket === 'day') return local.slice(0, 10);
  const minutes = Math.round((Date.parse(`${local}Z`) - start.getTime()) / MINUTE);
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${local}${minutes < 0 ? '-' : '+'}${two(hours)}:${two(rest)}`;
}

const two = (count: number): string => String(count).padStart(2, '0');
