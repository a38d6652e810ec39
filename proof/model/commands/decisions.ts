import fc from 'fast-check';
import type { Asked, Staff } from '../asked.js';
import type { Model, ReviewCase } from '../rules/state.js';
import type { Reports } from '../rules/verdicts.js';
import { caseOf, cases, drawn, index, nth, reason } from './drawn.js';

export const decision = fc.record({
  of: index,
  action: fc.constantFrom('block', 'block', 'keep', 'keep', 'escalate' as const),
  policy: reason,
  reports: fc.constantFrom('valid', 'invalid', 'invalid', 'ignore', undefined),
  version: fc.constantFrom('current', 'current', 'current', 'current', 'stale'),
  lease: fc.constantFrom('none', 'current', 'current', 'other'),
  again: fc.constantFrom(false, false, false, false, true),
});

type DrawnDecision = typeof decision extends fc.Arbitrary<infer T> ? T : never;

export function decisionOn(
  model: Model,
  who: Staff,
  drawnOne: DrawnDecision,
): { staff: Staff; decision: Extract<Asked, { do: 'decide' }>['decision'] } | null {
  const { of, action, policy, reports, version, lease, again } = drawnOne;
  const last = model.decisions.filter(({ request }) => request !== '').at(-1);
  if (again && last !== undefined) {
    const [by, asked] = JSON.parse(last.request) as [Staff, Extract<Asked, { do: 'decide' }>['decision']];
    return { staff: by, decision: asked };
  }
  const one = caseOf(model, of);
  if (one === undefined) return null;
  const token = lease === 'other' ? nth(cases(model), of + 1)?.lease?.token : one.lease?.token;
  return {
    staff: lease === 'current' && one.lease !== null ? (one.lease.staff as Staff) : who,
    decision: {
      caseId: one.id,
      action: action,
      ...(action === 'block' ? { policy } : {}),
      ...(reports === undefined ? {} : { reports: reports }),
      version: version === 'stale' ? Math.max(1, one.version - 1) : one.version,
      ...(lease === 'none' || token === undefined ? {} : { leaseToken: token }),
    },
  };
}

/** A keep that nothing speaks against, or a block. */
export const plainDecision = (
  { id: caseId, version, lease }: ReviewCase,
  action: 'keep' | 'block',
  reports?: Reports,
): Asked => ({
  do: 'decide',
  staff: lease === null ? 'lead' : (lease.staff as Staff),
  decision: {
    caseId,
    action,
    version,
    ...(action === 'block' ? { policy: 'other' } : {}),
    ...(reports === undefined ? {} : { reports }),
    ...(lease === null ? {} : { leaseToken: lease.token }),
  },
});

/** By whoever may, where a run of them mutes a reader. */
export const dismissal = drawn('decide', index, (of, model) => {
  if (model.rule.muteAfter === null) return null;
  const made = decisionOn(model, 'lead', {
    of,
    action: 'keep',
    policy: 'other',
    reports: 'invalid',
    version: 'current',
    lease: 'current',
    again: false,
  });
  return made === null ? null : { do: 'decide', ...made };
});
