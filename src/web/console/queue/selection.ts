import type { Row } from './rows.js';

/** Why a case can not be decided together with others; null: it can. */
export function whyNot({ case: one, left }: Row): 'severe' | 'left' | 'closed' | null {
  if (left !== null) return 'left';
  if (one.status === 'closed') return 'closed';
  return one.severe ? 'severe' : null;
}

/** What is selected, of what is there and can be. */
export const selectable = (rows: readonly Row[]): readonly string[] =>
  rows.filter((row) => whyNot(row) === null).map(({ case: { id } }) => id);

/** With one more or less. */
export function toggle(selected: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(selected);
  if (!next.delete(id)) next.add(id);
  return next;
}

/** With all that can be selected between two rows, both included. */
export function withRange(
  selected: ReadonlySet<string>,
  rows: readonly Row[],
  from: string,
  to: string,
): ReadonlySet<string> {
  const places = [from, to].map((id) => rows.findIndex((row) => row.case.id === id));
  if (places.includes(-1)) return selected;
  const between = rows.slice(Math.min(...places), Math.max(...places) + 1);
  return new Set([...selected, ...selectable(between)]);
}

/** Without what can no longer be selected; the same set where nothing changes. */
export function still(selected: ReadonlySet<string>, rows: readonly Row[]): ReadonlySet<string> {
  const possible = new Set(selectable(rows));
  const next = [...selected].filter((id) => possible.has(id));
  return next.length === selected.size ? selected : new Set(next);
}
