import type { Bucket } from './range.js';

/** Seconds of each. */
const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

/** How long something took, to two units: "1 hour 30 minutes", "2 days", "45 seconds"; short where there is little room. */
export function durationWords(seconds: number, locale: string, length: 'long' | 'short' = 'long'): string {
  const first = UNITS.findIndex(([, size]) => seconds >= size);
  const inUnit = (count: number, unit: string): string =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: length }).format(count);
  if (first < 0) return inUnit(0, 'second');
  const words: string[] = [];
  let rest = Math.round(seconds);
  for (const [unit, size] of UNITS.slice(first, first + 2)) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) words.push(inUnit(count, unit));
  }
  // Arabic says "and" between them; the others that are spoken here say nothing.
  return new Intl.ListFormat(locale, { type: 'unit', style: 'narrow' }).format(words);
}

/**
 * A bucket's name as people write it. The service has named it by the clocks of the site: here it is a date of no zone.
 *
 * @param local `2026-11-01`, or `2026-11-01T14:00:00+01:00`
 */
export function bucketName(local: string, bucket: Bucket, locale: string): string {
  const time = new Date(`${local.slice(0, 10)}T${bucket === 'day' ? '00:00:00' : local.slice(11, 19)}Z`);
  const options: Intl.DateTimeFormatOptions =
    bucket === 'day'
      ? { day: 'numeric', month: 'short', year: 'numeric' }
      : { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
  const name = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(time);
  // The hour in which clocks go back comes twice.
  return bucket === 'day' ? name : `${name} (${local.slice(19)})`;
}

/** The same in the little room under a drawing: days by the date, hours by the time, and by the date at midnight. */
export function tickName(local: string, bucket: Bucket, locale: string): string {
  const hour = local.slice(11, 16);
  if (bucket === 'hour' && hour !== '00:00') return hour;
  const time = new Date(`${local.slice(0, 10)}T00:00:00Z`);
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(time);
}
