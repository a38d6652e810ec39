import { notFound } from '../core/errors.js';
import type { VersionedRule } from '../core/threshold-rule.js';
import { Site } from '../database/entities/site.entity.js';
import { ThresholdRuleVersion } from '../database/entities/threshold-rule.entity.js';
import type { ManagedTx } from '../database/tx.js';

/**
 * A version of a site's rule; the one in force when none is named.
 *
 * @throws VigieError NOT_FOUND
 */
export async function readThresholdRule(
  tx: ManagedTx,
  siteId: string,
  version?: number,
): Promise<VersionedRule> {
  const wanted = version ?? (await tx.manager.findOneBy(Site, { id: siteId }))?.ruleVersion;
  const found =
    wanted === undefined
      ? null
      : await tx.manager.findOneBy(ThresholdRuleVersion, { siteId, version: wanted });
  if (found === null) throw notFound('version of the rule');
  return { version: found.version, rule: found.rule };
}
