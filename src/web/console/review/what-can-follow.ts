import type { DecisionAnswer } from '../../../contract/decisions.js';
import type { ImageHistory } from '../../../contract/image-history.js';
import { hasRole } from '../session.js';
import type { Asking } from './claim-next.js';
import type { Refusal } from './refusal.js';

/**
 * What can be done about a refusal: look at the case as it is now, take what somebody decided back (leads), or nothing.
 */
export function whatCanFollow(refusal: Refusal | null): 'look' | 'undo' | 'nothing' {
  switch (refusal?.kind) {
    case 'changed':
    case 'content':
    case 'leased':
    case 'ended':
    case 'superseded':
    case 'failed':
      return 'look';
    case 'decided':
      return refusal.decision !== null && hasRole('lead', refusal.case?.site) ? 'undo' : 'nothing';
    case 'merged':
    case 'escalated':
    case 'gone':
    case undefined:
      return 'nothing';
  }
}

/** Prepares looking anew. @returns the case that is to be looked at @throws Problem */
export async function anewFrom(ask: Asking, refusal: Refusal, caseId: string): Promise<string> {
  if (refusal.kind === 'decided' && refusal.decision !== null) {
    const { case: reopened } = await ask.post<DecisionAnswer>(`/v1/decisions/${refusal.decision.id}/undo`);
    return reopened?.id ?? caseId;
  }
  if (refusal.kind === 'superseded' && refusal.case !== null) {
    // Other bytes have a case of their own.
    const { cases } = await ask.get<ImageHistory>('/v1/images', { image: refusal.case.image.id });
    return cases.find(({ status }) => status !== 'closed')?.id ?? caseId;
  }
  return caseId;
}
