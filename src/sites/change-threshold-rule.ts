import { refused } from '../core/errors.js';
import { changeRule, type RuleChange, type VersionedRule } from '../core/threshold-rule.js';
import { ThresholdRuleVersion } from '../database/entities/threshold-rule.entity.js';
import { notifySettingsChanged } from '../database/statements/sites/notify-settings-changed.js';
import type { ManagedTx } from '../database/tx.js';
import { changedParts } from './changed-parts.js';
import { lockSite } from './lock-site.js';
import { readThresholdRule } from './read-threshold-rule.js';

/**
 * Puts a new version of a site's rule in force, for whatever is reported from then on (docs/rules.md, rule 16). A change
 * that changes nothing, such as one that is sent twice, makes no version.
 *
 * @param change checked already (ThresholdRuleChange)
 * @param madeFor the version that the change was made for, when the caller says
 * @param staffId who changes it; null for the operator
 * @param at pointer to the change
 * @throws VigieError INVALID as changeRule does; CONFLICT when another version than `madeFor` is in force
 */
export async function changeThresholdRule(
  tx: ManagedTx,
  siteId: string,
  change: RuleChange,
  madeFor: number | undefined,
  staffId: string | null,
  at = '',
): Promise<VersionedRule> {
  const site = await lockSite(tx, siteId);
  const current = await readThresholdRule(tx, siteId, site.ruleVersion);
  const rule = changeRule(current.rule, change, at);
  if (changedParts(current.rule, rule).length === 0) return current;
  if (madeFor !== undefined && madeFor !== current.version) {
    throw refused(
      'CONFLICT',
      'rule-changed',
      `The rule is at version ${current.version} by now, and this change was made for ${madeFor}: read it again.`,
    );
  }
  const version = current.version + 1;
  await tx.manager.insert(ThresholdRuleVersion, { siteId, version, rule, createdBy: staffId });
  site.ruleVersion = version;
  await tx.manager.save(site);
  await notifySettingsChanged(tx);
  return { version, rule };
}
