import type { DecisionAsked, Staff } from '../asked.js';
import { leaseHolds } from './leases.js';
import type { Decision, Model, ReviewCase } from './state.js';
import { reportsByDefault } from './verdicts.js';

/** The same request by the same person, with the lease's token of the first time or without. */
export function isRepeated({ request }: Decision, staff: Staff, asked: DecisionAsked): boolean {
  if (request === '') return false;
  const [by, { leaseToken, ...made }] = JSON.parse(request) as [Staff, DecisionAsked];
  const { leaseToken: named, ...again } = asDefault(asked);
  return (
    by === staff &&
    JSON.stringify(made) === JSON.stringify(again) &&
    (named === undefined || named === leaseToken)
  );
}

/** What is left out says the same as what it stands for. */
export const asDefault = ({
  caseId,
  action,
  policy,
  reports,
  version,
  leaseToken,
}: DecisionAsked): DecisionAsked => ({
  caseId,
  action,
  ...(policy === undefined ? {} : { policy }),
  version,
  ...(leaseToken === undefined ? {} : { leaseToken }),
  reports: reports ?? reportsByDefault(action),
});

export function refusalOf(
  model: Model,
  staff: Staff,
  one: ReviewCase,
  asked: DecisionAsked,
  bulk: boolean,
): { status: number; why: string } | null {
  if (one.status === 'closed') return { status: 409, why: 'closed' };
  if (one.version !== asked.version) return { status: 409, why: 'stale version' };
  if (one.status === 'escalated' && staff !== 'lead') return { status: 403, why: 'escalated' };
  if (one.status === 'escalated' && asked.action === 'escalate')
    return { status: 409, why: 'escalated twice' };
  const { lease } = one;
  const holds = leaseHolds(model, one);
  if (
    asked.leaseToken !== undefined &&
    (lease === null || lease.token !== asked.leaseToken || lease.staff !== staff)
  )
    return { status: 409, why: "not one's lease" };
  if (holds && lease !== null && lease.staff !== staff) return { status: 409, why: "another's lease" };
  if (bulk && one.severe) return { status: 409, why: 'severe in bulk' };
  return null;
}
