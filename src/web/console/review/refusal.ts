import type { CaseView } from '../../../contract/cases.js';
import type { DecisionView } from '../../../contract/decisions.js';
import type { StaffReference } from '../../../contract/staff.js';
import type { Problem } from '../api.js';
import type { SaidProblem } from '../ui/problem-words.js';

/** Why a decision was not taken, or a case is not one's own any more; and who was faster. */
export interface Refusal {
  /**
   * `decided`: somebody else did; `changed`: it is another version; `content`: it shows other bytes; `leased`: somebody
   * holds it; `ended`: the lease ran out; `superseded`, `merged`: closed without anybody; `escalated`: it is with the leads;
   * `gone`: it is not for this person any more; `failed`: all else.
   */
  readonly kind:
    | 'decided'
    | 'changed'
    | 'content'
    | 'leased'
    | 'ended'
    | 'superseded'
    | 'merged'
    | 'escalated'
    | 'gone'
    | 'failed';
  readonly who: StaffReference | null;
  readonly decision: DecisionView | null;
  readonly case: CaseView | null;
  /** What the service said, where nothing else is known; windows keep it. */
  readonly problem: SaidProblem | null;
}

/** @param seenContent the version of the bytes that was looked at */
export function refusalOf(problem: Problem, seenContent: number | null = null): Refusal {
  const body = problem.body as {
    readonly case?: CaseView;
    readonly holder?: StaffReference;
    readonly decision?: DecisionView;
    readonly decidedBy?: StaffReference;
  };
  const { case: view = null, holder = null, decision = null, decidedBy = null } = body;
  const said = { decision, case: view, problem: null };
  if (problem.status === 403 || problem.status === 404) {
    return { ...said, kind: problem.status === 403 && 'yours' in body ? 'escalated' : 'gone', who: null };
  }
  if (problem.status !== 409 || view === null) {
    const { status, type, message } = problem;
    return { ...said, kind: 'failed', who: null, problem: { status, type, message, body: problem.body } };
  }
  if (view.status === 'closed') {
    const kind = view.outcome === 'superseded' || view.outcome === 'merged' ? view.outcome : 'decided';
    return { ...said, kind, who: kind === 'decided' ? decidedBy : null };
  }
  if (seenContent !== null && view.image.contentVersion !== seenContent) {
    return { ...said, kind: 'content', who: null };
  }
  if (holder !== null) return { ...said, kind: 'leased', who: holder };
  if (decision !== null) return { ...said, kind: 'changed', who: decidedBy };
  return { ...said, kind: 'ended', who: null };
}
