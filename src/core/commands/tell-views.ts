import type { TellViews } from '../command.js';
import type { Verdict } from '../verdict.js';
import type { ImageState } from '../image-state.js';
import { settle } from '../settle.js';
import type { VersionedRule } from '../threshold-rule.js';
import { placeInQueue } from './apply-rule.js';

/**
 * The site says how often it shows the image: the newest word counts, and not a mean of all, so that the same said twice is
 * said once. Its case follows; nothing else does, and the log has no line of it.
 */
export function tellViews(
  state: ImageState,
  { perHour }: TellViews,
  rule: VersionedRule,
  now: number,
): Verdict {
  const next = placeInQueue({ ...state, views: { perHour, at: now } }, rule, now);
  return {
    ...settle(state, { next, drafts: [], actor: { kind: 'site', id: null }, now }),
    delta: null,
    severeSpentBy: null,
  };
}
