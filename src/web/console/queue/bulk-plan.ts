import type { CaseView } from '../../../contract/cases.js';
import type { BulkDecision } from '../../../contract/decisions.js';

export type BulkAction = 'block' | 'keep' | 'escalate';

/** What is decided of all that are selected. */
export interface BulkChoice {
  readonly action: BulkAction;
  readonly policy: string | null;
  readonly note: string;
}

/** Cases in one request: few enough that the progress moves, at most 200. */
const CHUNK = 50;

/** What will happen, in numbers, so that nobody is surprised. */
export interface BulkPlan {
  readonly cases: number;
  /** Readers see them now. */
  readonly visible: number;
  readonly hidden: number;
  /** Others work on these now: they stay with them. Who, and how many, the most first. */
  readonly held: readonly { readonly email: string; readonly count: number }[];
  readonly heldCount: number;
  /** Something came to light about them. */
  readonly flagged: number;
  /** Reports that count, of all of them. */
  readonly reports: number;
}

/** Does somebody else work on a case? The service says so by its own clock (behaviour 36): a lease that is over is none. */
const isHeldByOther = ({ lease }: Pick<CaseView, 'lease'>, me: string | undefined): boolean =>
  lease !== null && lease.holder.id !== me;

/** @param me the id of who decides */
export function bulkPlan(cases: readonly CaseView[], me: string | undefined): BulkPlan {
  const held = new Map<string, number>();
  for (const one of cases) {
    if (!isHeldByOther(one, me) || one.lease === null) continue;
    const { email } = one.lease.holder;
    held.set(email, (held.get(email) ?? 0) + 1);
  }
  const free = cases.filter((one) => !isHeldByOther(one, me));
  const hidden = free.filter(({ image }) => image.blocked).length;
  return {
    cases: cases.length,
    visible: free.length - hidden,
    hidden,
    held: [...held].map(([email, count]) => ({ email, count })).sort((a, b) => b.count - a.count),
    heldCount: cases.length - free.length,
    flagged: free.filter(({ flags }) => flags.length > 0).length,
    reports: free.reduce((sum, { tally }) => sum + tally.reporters, 0),
  };
}

/** The policies that all of these cases' sites have, in the order of the first. */
export function commonPolicies(
  cases: readonly CaseView[],
  sites: readonly { readonly id: string; readonly reasons: readonly string[] }[],
): readonly string[] {
  const [first, ...others] = [...new Set(cases.map(({ site }) => site.id))].map(
    (id) => sites.find((site) => site.id === id)?.reasons ?? [],
  );
  return (first ?? []).filter((reason) => others.every((reasons) => reasons.includes(reason)));
}

/** The request for each case, as it was seen. */
export const decisionsFor = (
  cases: readonly CaseView[],
  { action, policy, note }: BulkChoice,
): readonly BulkDecision[] =>
  cases.map(({ id, version, image }) => ({
    case: id,
    action,
    version,
    ...(policy === null ? {} : { policy }),
    ...(note.trim() === '' ? {} : { note: note.trim() }),
    ...(image.contentVersion === null ? {} : { contentVersion: image.contentVersion }),
  }));

/** Parts of at most so many. */
export const chunks = <T>(items: readonly T[], size = CHUNK): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
