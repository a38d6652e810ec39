import type { CaseView } from '../../../contract/cases.js';
import type { BulkResult, DecisionView } from '../../../contract/decisions.js';
import type { ProblemDetails } from '../../../contract/problem.js';
import { Problem } from '../api.js';
import type { SaidProblem } from '../ui/problem-words.js';
import { placeOf } from './rows.js';

/** Why one of many was not decided. */
export type WhyFailed =
  | { readonly why: 'closed'; readonly who: string | null; readonly action: string }
  | { readonly why: 'changed'; readonly who: string | null }
  | { readonly why: 'leased'; readonly who: string; readonly until: string }
  | { readonly why: 'severe' | 'escalated' | 'replaced' | 'gone' | 'newer' | 'unanswered' | 'undecided' }
  | { readonly why: 'other'; readonly problem: SaidProblem };

export interface Failed {
  readonly case: CaseView;
  readonly reason: WhyFailed;
}

/** Where one sees why: at the image, where its case awaits nobody, or not this person. */
export function placeOfFailed({ case: one, reason }: Failed): string {
  switch (reason.why) {
    case 'closed':
    case 'escalated':
    case 'gone':
    case 'newer':
      return `/console/images/${one.image.id}`;
    default:
      return placeOf({ case: one, left: null });
  }
}

/** What became of many decisions. */
export interface BulkOutcome {
  readonly done: readonly { readonly case: CaseView; readonly decision: Pick<DecisionView, 'id'> }[];
  readonly failed: readonly Failed[];
}

export const NOTHING: BulkOutcome = { done: [], failed: [] };

/** What the problem of a decision holds beside what every problem has. */
type DecisionProblem = ProblemDetails & {
  readonly case?: CaseView;
  readonly decidedBy?: { readonly id: string; readonly email: string };
  readonly decision?: DecisionView;
  readonly holder?: { readonly id: string; readonly email: string };
  readonly expiresAt?: string;
};

/** Why it was refused, from what the service says of the case as it stands. */
export function whyFailed(seen: CaseView, problem: DecisionProblem | undefined, status: number): WhyFailed {
  if (status === 404) return { why: 'gone' };
  if (status === 403) return { why: 'escalated' };
  const now = problem?.case;
  const who = problem?.decidedBy?.email ?? null;
  const other = { why: 'other', problem: new Problem({ ...problem, status }, { ...problem }) } as const;
  if (now === undefined) return other;
  if (now.status === 'closed')
    return { why: 'closed', who, action: now.outcome ?? problem?.decision?.action ?? '' };
  if (now.version !== seen.version) return { why: 'changed', who };
  const content = now.image.contentVersion;
  if (seen.image.contentVersion !== null && content !== null && content !== seen.image.contentVersion)
    return { why: 'replaced' };
  if (now.severe) return { why: 'severe' };
  if (problem?.holder !== undefined && problem.expiresAt !== undefined)
    return { why: 'leased', who: problem.holder.email, until: problem.expiresAt };
  return other;
}

/** Why a decision could not be taken back. */
export function whyNotUndone(problem: SaidProblem): WhyFailed {
  const { status } = problem;
  if (status === 0 || status >= 500) return { why: 'unanswered' };
  if (status === 404) return { why: 'gone' };
  return status === 409 ? { why: 'newer' } : { why: 'other', problem };
}

/** Adds what one request led to. @param results in the order of the cases */
export function addResults(
  outcome: BulkOutcome,
  cases: readonly CaseView[],
  results: readonly BulkResult[],
): BulkOutcome {
  const done = [...outcome.done];
  const failed = [...outcome.failed];
  cases.forEach((one, index) => {
    const result = results[index];
    if (result === undefined) failed.push({ case: one, reason: { why: 'unanswered' } });
    else if (result.decision !== undefined) done.push({ case: one, decision: result.decision });
    else failed.push({ case: one, reason: whyFailed(one, result.problem, result.status) });
  });
  return { done, failed };
}

/** Both together. */
export const addOutcome = (one: BulkOutcome, other: BulkOutcome): BulkOutcome => ({
  done: [...one.done, ...other.done],
  failed: [...one.failed, ...other.failed],
});
