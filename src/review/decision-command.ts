import { roleOn, type StaffCaller } from '../access/caller.js';
import type { DecisionRequest } from '../contract/decisions.js';
import type { DecisionAction, ReportsVerdict } from '../core/command.js';
import { invalid, notFound } from '../core/errors.js';
import type { Policy } from '../core/reasons.js';
import type { ReviewedCaseRow } from '../database/statements/cases/case-row.js';
import type { DecideImage } from '../moderation/image-command.js';
import { isLead } from './find-case.js';
import { leaseTokenHash } from './lease-token.js';

/** What a decision says of the reports when it does not say so itself: only a block says that they were right. */
const VERDICT: Record<DecisionAction, ReportsVerdict> = {
  block: 'valid',
  keep: 'ignore',
  escalate: 'ignore',
};

/**
 * What is sent through the neck for a decision.
 *
 * @throws VigieError INVALID at /policy when a block names none, or any decision one that the site does not have
 */
export function decisionCommand(
  caller: StaffCaller,
  row: ReviewedCaseRow,
  request: DecisionRequest,
  bulk: boolean,
): DecideImage {
  if (roleOn(caller, row.siteId) === null) throw notFound('case');
  return {
    type: 'decide',
    siteId: row.siteId,
    target: { imageId: row.imageId },
    seen: {
      caseId: row.id,
      version: request.version,
      leaseToken: request.leaseToken == null ? null : leaseTokenHash(request.leaseToken).toString('hex'),
    },
    action: request.action,
    policy: policyOf(row, request),
    note: request.note ?? null,
    reports: request.reports ?? VERDICT[request.action],
    staffId: caller.staffId,
    lead: isLead(caller, row.siteId),
    bulk,
    contentVersion: request.contentVersion ?? null,
  };
}

function policyOf({ siteReasons }: ReviewedCaseRow, { action, policy }: DecisionRequest): Policy | null {
  if (policy == null) {
    if (action !== 'block') return null;
    throw invalid('/policy', `Say which policy the image breaks, one of: ${siteReasons.join(', ')}.`);
  }
  const known = siteReasons.find((reason) => reason === policy);
  if (known === undefined)
    throw invalid('/policy', `This site has no such policy. Give one of: ${siteReasons.join(', ')}.`);
  return known;
}
