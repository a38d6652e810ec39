/** What somebody is changing: what it was when they began, and what it is to be. */
export interface Draft<T extends object> {
  readonly base: T;
  readonly draft: T;
}

/** Whether two values of a form are the same; both must have been made by the same function. */
export const isSame = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** The draft after somebody else has saved: what was not touched is theirs. */
export function rebase<T extends object>({ base, draft }: Draft<T>, saved: T): Draft<T> {
  if (isSame(base, saved)) return { base, draft };
  const entries = (Object.keys(saved) as (keyof T & string)[]).map((key) => [
    key,
    isSame(base[key], draft[key]) ? saved[key] : draft[key],
  ]);
  return { base: saved, draft: Object.fromEntries(entries) as T };
}
