import type { CaseView } from '../../../contract/cases.js';
import type { DecisionRequest } from '../../../contract/decisions.js';
import type { HeldCase } from './held-case.js';

/** What somebody decides, before it is sent. */
export type Choice =
  | { readonly action: 'block'; readonly policy: string }
  | { readonly action: 'keep'; readonly reports: 'valid' | 'invalid' | 'ignore' }
  | { readonly action: 'escalate' };

/** The body of the request: with the lease's token, and what was on the page, so that nothing is decided unseen. */
export function requestOf(held: HeldCase, choice: Choice, note: string): DecisionRequest {
  const { version, contentVersion } = held.seen;
  return {
    ...choice,
    ...(note.trim() === '' ? {} : { note }),
    leaseToken: held.leaseToken,
    version,
    ...(contentVersion === null ? {} : { contentVersion }),
  };
}

/** The keys of a choice by their place: always the same for the same site, so that hands learn them. */
export const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'] as const;

/** The policy that Enter takes: the severe one where somebody gave it, else what most readers said. None where nobody said anything. */
export function likeliestPolicy(
  { reasons, severe }: Pick<CaseView, 'reasons' | 'severe'>,
  policies: readonly string[],
): string | undefined {
  if (severe && policies.includes('child_abuse')) return 'child_abuse';
  return Object.keys(reasons).find((reason) => policies.includes(reason));
}
