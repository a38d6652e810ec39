const DAY = 86_400_000;

/** `2026-11-26T`, by days since 1970: most blocks are of a few of them. */
const dates = new Map<number, string>();
const MOST_DATES = 4_000;

const TWO_DIGITS = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));

/** RFC 3339 without fractions. By hand: `toISOString` was a twelfth of an answer with a hundred states. @param time ms since 1970 */
export function wholeSeconds(time: number): string {
  const day = Math.floor(time / DAY);
  let date = dates.get(day);
  if (date === undefined) {
    if (dates.size >= MOST_DATES) dates.clear();
    date = new Date(day * DAY).toISOString().slice(0, 11);
    dates.set(day, date);
  }
  const seconds = Math.floor((time - day * DAY) / 1_000);
  const of = (unit: number): string => TWO_DIGITS[Math.floor(seconds / unit) % 60] ?? '';
  return `${date}${of(3_600)}:${of(60)}:${of(1)}Z`;
}
