import type { CaseView } from '../../../contract/cases.js';

/** Why a case that was listed is no longer: it keeps its place until somebody asks for the list anew. */
export type Left =
  | { readonly how: 'closed'; readonly outcome: string | null; readonly own?: true }
  | { readonly how: 'escalated'; readonly own?: true }
  | { readonly how: 'other' };

/** Whether it left by what was decided on this page, and not meanwhile by somebody else. */
export const isOwn = (left: Left | null): boolean =>
  left !== null && left.how !== 'other' && left.own === true;

/** A case in its place. */
export interface Row {
  readonly case: CaseView;
  /** Null: it is still listed. */
  readonly left: Left | null;
}

/** Where a case is looked at: a closed one awaits nobody, so it is its image that one sees. */
export const placeOf = ({ case: { id, status, image }, left }: Row): string =>
  status === 'closed' || left?.how === 'closed' ? `/console/images/${image.id}` : `/console/review/${id}`;

/** What is on the page. */
export interface Listed {
  readonly rows: readonly Row[];
  /** The answer when somebody last looked: what is in it and not on the page is new. */
  readonly latest: readonly CaseView[];
}

export const list = (cases: readonly CaseView[]): Listed => ({
  rows: cases.map((one) => ({ case: one, left: null })),
  latest: cases,
});

/**
 * The same rows in the same places, told anew: so nothing moves under a pointer. Cases that are new wait in `latest`.
 *
 * @returns also the ids of rows that the answer has no more; why has to be asked
 */
export function retell(
  { rows }: Listed,
  answer: readonly CaseView[],
): { readonly listed: Listed; readonly missing: readonly string[] } {
  const told = new Map(answer.map((one) => [one.id, one]));
  const next = rows.map((row): Row => {
    const fresh = told.get(row.case.id);
    return fresh === undefined ? row : { case: fresh, left: null };
  });
  const missing = rows
    .filter(({ case: { id }, left }) => left === null && !told.has(id))
    .map(({ case: { id } }) => id);
  return { listed: { rows: next, latest: answer }, missing };
}

/** How many cases of the answer are not on the page. */
export function newOnes({ rows, latest }: Listed): number {
  const shown = new Set(rows.map(({ case: { id } }) => id));
  return latest.filter(({ id }) => !shown.has(id)).length;
}

/** The rows of a further page, after those that are there. */
export function append(listed: Listed, cases: readonly CaseView[]): Listed {
  const shown = new Set(listed.rows.map(({ case: { id } }) => id));
  const more = cases.filter(({ id }) => !shown.has(id)).map((one): Row => ({ case: one, left: null }));
  return { rows: [...listed.rows, ...more], latest: [...listed.latest, ...cases] };
}

/** Says of rows that they left, each in its place. What was decided here is known already, and not told as somebody else's. */
export const leave = (listed: Listed, left: ReadonlyMap<string, Left>): Listed => ({
  ...listed,
  rows: listed.rows.map((row) => ({
    ...row,
    left: isOwn(row.left) ? row.left : (left.get(row.case.id) ?? row.left),
  })),
});

/** Why a case is not in a list that it was in, by how it stands now; null: it only fell back in the order. */
export function leftBy(one: CaseView, status: string): Left | null {
  if (status === 'closed' ? one.status === 'closed' : one.status === (status === 'held' ? 'open' : status)) {
    return status === 'held' && !one.held ? { how: 'other' } : null;
  }
  if (one.status === 'closed') return { how: 'closed', outcome: one.outcome };
  return one.status === 'escalated' ? { how: 'escalated' } : { how: 'other' };
}
