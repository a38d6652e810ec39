import { refused } from '../core/errors.js';
import { changeRule, type RuleChange, type VersionedRule } from '../core/threshold-rule.js';
import { ThresholdRuleVersion } from '../database/entities/threshold-rule.entity.js';
import type { ManagedTx } from '../database/tx.js';
import { changeThresholdRule } from './change-threshold-rule.js';
import { changedParts } from './changed-parts.js';

/**
 * Puts in force what was tried against a version of the rule: as any change (changeThresholdRule), and never beside one that
 * came between. Asked again it changes nothing.
 *
 * @throws VigieError CONFLICT when the rule in force is not that version with this change
 */
export async function applyChange(
  tx: ManagedTx,
  siteId: string,
  change: RuleChange,
  ifVersion: number,
  staffId: string | null,
): Promise<VersionedRule> {
  const inForce = await changeThresholdRule(tx, siteId, change, ifVersion, staffId, '/rule');
  const tried = await tx.manager.findOneBy(ThresholdRuleVersion, { siteId, version: ifVersion });
  const isNext = inForce.version <= ifVersion + 1;
  if (isNext && tried !== null && changedParts(changeRule(tried.rule, change), inForce.rule).length === 0)
    return inForce;
  throw refused(
    'CONFLICT',
    'rule-changed',
    `The rule is at version ${inForce.version} by now, and this was tried for ${ifVersion}: try it again.`,
  );
}
