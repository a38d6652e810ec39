import type { CaseView } from '../../../contract/cases.js';
import type { Row } from './rows.js';

/** Why a case can not be decided together with others; null: it can. */
export function whyNot({ case: one, left }: Row): 'severe' | 'left' | 'closed' | null {
  if (left !== null) return 'left';
  if (one.status === 'closed') return 'closed';
  return one.severe ? 'severe' : null;
}

/** Each case that is selected, as it was at that moment: what it became since is not decided unseen (behaviour 38). */
export type Selection = ReadonlyMap<string, CaseView>;

/** What can be selected. */
export const selectable = (rows: readonly Row[]): readonly CaseView[] =>
  rows.filter((row) => whyNot(row) === null).map((row) => row.case);

/** With these, too; what was selected before stays as it was. */
export const withAll = (selected: Selection, cases: readonly CaseView[]): Selection =>
  new Map([...cases.map((one) => [one.id, one] as const), ...selected]);

/** With one more or less. */
export function toggle(selected: Selection, one: CaseView): Selection {
  const next = new Map(selected);
  if (!next.delete(one.id)) next.set(one.id, one);
  return next;
}

/** With all that can be selected between two rows, both included. */
export function withRange(selected: Selection, rows: readonly Row[], from: string, to: string): Selection {
  const places = [from, to].map((id) => rows.findIndex((row) => row.case.id === id));
  if (places.includes(-1)) return selected;
  const between = rows.slice(Math.min(...places), Math.max(...places) + 1);
  return withAll(selected, selectable(between));
}

/** Without what can no longer be selected; the same where nothing changes. */
export function still(selected: Selection, rows: readonly Row[]): Selection {
  const possible = new Set(selectable(rows).map(({ id }) => id));
  const next = [...selected].filter(([id]) => possible.has(id));
  return next.length === selected.size ? selected : new Map(next);
}

/** Without these, which have to be looked at before they are selected again. */
export const without = (selected: Selection, ids: readonly string[]): Selection =>
  new Map([...selected].filter(([id]) => !ids.includes(id)));
