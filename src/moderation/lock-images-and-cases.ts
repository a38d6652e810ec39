import { RetryTransaction } from '../database/postgres-errors.js';
import { lockCases } from '../database/statements/images/load-image-details.js';
import { loadRules } from '../database/statements/sites/load-rules.js';
import { lockImages } from '../database/statements/images/lock-images.js';
import type { Tx } from '../database/tx.js';
import type { LockedImages } from './load-states.js';

/**
 * Locks images, in id order, and then their cases, in theirs; reads rules and clock behind the locks.
 *
 * @throws RetryTransaction when one of them became part of another while its lock was waited for
 */
export async function lockImagesAndCases(
  tx: Tx,
  siteId: string,
  imageIds: readonly string[],
): Promise<LockedImages> {
  const images = imageIds.map((imageId) => ({ siteId, imageId }));
  const locking = lockImages(tx, images);
  lockCases(tx, images);
  const [rows, rules] = await Promise.all([locking, loadRules(tx, [siteId])]);
  if (rows.some(({ mergedInto }) => mergedInto !== null))
    throw new RetryTransaction('an image was merged into another meanwhile');
  const [rule] = rules;
  if (rule === undefined) throw new Error(`site ${siteId} has no threshold rule`);
  return { rows, made: new Map(), rules: new Map([[siteId, rule]]), now: rule.now };
}
