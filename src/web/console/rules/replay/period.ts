import { daysBefore } from '../../statistics/range.js';

export const SPANS = ['7', '30', '90', 'own'] as const;
export type Span = (typeof SPANS)[number];

/** On which time a rule is tried. Dates are those of the site's calendar; they count for `own` alone. */
export interface Period {
  readonly span: Span;
  readonly from: string;
  readonly to: string;
}

/** As the service takes it: moments. */
export interface PeriodQuery {
  readonly from: string;
  /** Left out: until now. */
  readonly to?: string;
}

const DAY = 86_400_000;
/** As much as the service plays, in days. */
export const MOST_DAYS = 400;

/** @param today the date on the site; the last seven days until it */
export const usualPeriod = (today: string): Period => ({ span: '30', from: daysBefore(today, 6), to: today });

const isDate = (date: string): boolean => !Number.isNaN(Date.parse(`${date}T00:00:00Z`));

/** Whether a time can be asked for: its dates are some, in order, and not too far apart. */
export const isPeriod = ({ span, from, to }: Period): boolean =>
  span !== 'own' || (isDate(from) && isDate(to) && from <= to && daysBefore(to, MOST_DAYS - 1) <= from);

/** The question for a time that can be asked for. @param timeZone of the site, whose midnights are meant */
export function periodQuery({ span, from, to }: Period, timeZone: string, now: Date): PeriodQuery {
  if (span !== 'own') return { from: new Date(now.getTime() - Number(span) * DAY).toISOString() };
  const end = midnightOf(daysBefore(to, -1), timeZone);
  return {
    from: midnightOf(from, timeZone).toISOString(),
    ...(end < now ? { to: end.toISOString() } : {}),
  };
}

/** When a date begins in a time zone. */
function midnightOf(date: string, timeZone: string): Date {
  const meant = Date.parse(`${date}T00:00:00Z`);
  const near = meant - aheadOf(new Date(meant), timeZone);
  // Where the clocks there change between the two.
  return new Date(meant - aheadOf(new Date(near), timeZone));
}

/** How far the clocks there are ahead of UTC, in milliseconds. */
function aheadOf(at: Date, timeZone: string): number {
  const format = new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  return Date.parse(`${format.format(at).replace(' ', 'T')}Z`) - Math.floor(at.getTime() / 1_000) * 1_000;
}
