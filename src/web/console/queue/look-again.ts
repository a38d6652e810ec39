import type { CaseDetail, CaseView } from '../../../contract/cases.js';
import { api, Problem } from '../api.js';
import type { BulkOutcome, WhyFailed } from './bulk-outcome.js';
import { type BulkAction, chunks } from './bulk-plan.js';

/** How many cases are asked for at the same time. */
const AT_ONCE = 4;

/** What a decision of ours that nobody answered came to, by the case as it is now. */
export function becameOf(
  seen: CaseView,
  now: CaseDetail,
  action: BulkAction,
  me: string | undefined,
): { readonly decision: string } | { readonly reason: WhyFailed } {
  const latest = [...now.timeline].reverse().find(({ decision }) => decision !== null);
  const isSo = action === 'escalate' ? now.status === 'escalated' : now.outcome === action;
  if (isSo && latest !== undefined && latest.decision !== null && latest.actor.id === me)
    return { decision: latest.decision };
  const who = latest?.actor.email ?? null;
  if (now.status === 'closed') return { reason: { why: 'closed', who, action: now.outcome ?? '' } };
  return { reason: now.version === seen.version ? { why: 'undecided' } : { why: 'changed', who } };
}

/** Looks at cases of which it is not known whether they were decided: no answer came, yet the service may have done it. */
export async function lookAgain(
  cases: readonly CaseView[],
  action: BulkAction,
  me: string | undefined,
): Promise<BulkOutcome> {
  const done: BulkOutcome['done'][number][] = [];
  const failed: BulkOutcome['failed'][number][] = [];
  let isReached = true;
  const look = async (one: CaseView): Promise<void> => {
    try {
      if (!isReached) throw new Problem({ status: 0 });
      const became = becameOf(one, await api.get<CaseDetail>(`/v1/cases/${one.id}`), action, me);
      if ('decision' in became) done.push({ case: one, decision: { id: became.decision } });
      else failed.push({ case: one, reason: became.reason });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.status === 0) isReached = false;
      failed.push({ case: one, reason: { why: whyUnseen(error.status) } });
    }
  };
  for (const part of chunks(cases, AT_ONCE)) await Promise.all(part.map(look));
  return { done, failed };
}

function whyUnseen(status: number): 'escalated' | 'gone' | 'unanswered' {
  if (status === 403) return 'escalated';
  return status === 404 ? 'gone' : 'unanswered';
}
