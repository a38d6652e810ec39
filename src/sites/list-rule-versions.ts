import { LessThanOrEqual } from 'typeorm';
import type { ThresholdRule } from '../core/threshold-rule.js';
import { ThresholdRuleVersion } from '../database/entities/threshold-rule.entity.js';
import type { ManagedTx } from '../database/tx.js';
import { changedParts } from './changed-parts.js';
import { emailsOf } from './emails-of.js';

/** A version of a rule with what it changed; the first one changed nothing. */
export interface RuleVersion {
  readonly version: number;
  readonly rule: ThresholdRule;
  readonly changed: readonly (keyof ThresholdRule)[];
  readonly changedAt: Date;
  /** Null: the operator, or somebody whose account is gone. */
  readonly changedBy: string | null;
}

/** At most `limit` versions of a site's rule, newest first, from version `from` down. */
export async function listRuleVersions(
  tx: ManagedTx,
  siteId: string,
  limit: number,
  from: number = Number.MAX_SAFE_INTEGER,
): Promise<{ readonly versions: readonly RuleVersion[]; readonly next: number | null }> {
  // One more than asked for: it says what the last one changed, and where the next page begins.
  const rows = await tx.manager.find(ThresholdRuleVersion, {
    where: { siteId, version: LessThanOrEqual(Math.min(from, 2_147_483_647)) },
    order: { version: 'DESC' },
    take: limit + 1,
  });
  const emails = await emailsOf(
    tx,
    rows.map(({ createdBy }) => createdBy),
  );
  const versions = rows.slice(0, limit).map((row, index): RuleVersion => ({
    version: row.version,
    rule: row.rule,
    changed: changedParts(rows[index + 1]?.rule ?? row.rule, row.rule),
    changedAt: row.createdAt,
    changedBy: emails.get(row.createdBy ?? '') ?? null,
  }));
  return { versions, next: rows[limit]?.version ?? null };
}
