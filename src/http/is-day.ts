/** Is this (`2026-02-28`) a day of the calendar? 30 February is read as a day of March by everybody else. */
export function isDay(date: string): boolean {
  const midnight = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(date);
}
