export type Span = '7' | '30' | '90' | 'own';
export type Bucket = 'day' | 'hour';

/** What somebody asks for, as the controls have it. Dates are those of the site's calendar; they count for `own` alone. */
export interface AskedRange {
  readonly span: Span;
  readonly bucket: Bucket;
  readonly from: string;
  readonly to: string;
}

/** As `GET /v1/stats` takes it. */
export interface RangeQuery {
  readonly from: string;
  /** Null: until now. */
  readonly to: string | null;
  readonly bucket: Bucket;
}

/** Days by the hour, at most. */
const MOST_DAYS_OF_HOURS = 31;
const DAY = 86_400_000;

/** The date that it is in a time zone, such as `2026-11-26`. */
export function todayIn(timeZone: string, now: Date): string {
  const format = new Intl.DateTimeFormat('en', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  const parts = new Map(format.formatToParts(now).map(({ type, value }) => [type, value]));
  return `${parts.get('year') ?? ''}-${parts.get('month') ?? ''}-${parts.get('day') ?? ''}`;
}

/** A date so many days before another. */
export const daysBefore = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) - days * DAY).toISOString().slice(0, 10);

/** How many dates there are from one to another, both counted. */
const datesFrom = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY) + 1;

/** Whether the time is short enough to be told by the hour. */
export const mayBeHours = ({ span, from, to }: AskedRange): boolean =>
  span === 'own' ? datesFrom(from, to) <= MOST_DAYS_OF_HOURS : Number(span) <= MOST_DAYS_OF_HOURS;

/** The question; null: the dates are none, or in the wrong order. */
export function queryOf(asked: AskedRange, timeZone: string, now: Date): RangeQuery | null {
  const { span, from, to } = asked;
  const bucket = mayBeHours(asked) ? asked.bucket : 'day';
  if (span !== 'own') return { from: daysBefore(todayIn(timeZone, now), Number(span) - 1), to: null, bucket };
  // Nor is a comparison with no number true.
  return datesFrom(from, to) >= 1 ? { from, to, bucket } : null;
}
