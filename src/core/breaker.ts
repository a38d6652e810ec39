import type { BreakerRoom } from './command.js';
import type { SiteBaseline } from './hold-finding.js';
import type { Block } from './image-state.js';
import type { ThresholdRule } from './threshold-rule.js';

/**
 * How many automatic blocks an hour lets through on a site: `breaker.perHour`, or `breaker.factor` times what is usual there,
 * whichever is more, in whole blocks. Null: any number (docs/rules.md, rule 5).
 *
 * @param baseline what is usual on the site; null where nothing is known
 */
export function limitOf(
  { breaker }: Pick<ThresholdRule, 'breaker'>,
  baseline: Pick<SiteBaseline, 'blocksPerHour'> | null,
): number | null {
  if (breaker === null) return null;
  return Math.floor(Math.max(breaker.perHour, breaker.factor * (baseline?.blocksPerHour ?? 0)));
}

/** Does the breaker count this block? The severe reason's own are never held, and so not counted (docs/rules.md, rules 5 and 6). */
export const countsForBreaker = ({ source, evidence }: Pick<Block, 'source' | 'evidence'>): boolean =>
  source === 'threshold' && evidence?.crossedBy !== 'severe';

/** What is left of the limit after so many blocks within the last hour: never less than nothing. */
export const roomIn = (limit: number, blocksInHour: number): BreakerRoom => ({
  left: Math.max(0, limit - blocksInHour),
  blocksInHour,
  limit,
});

/** The room after one more block. */
export const withOneMore = ({ limit, blocksInHour }: BreakerRoom): BreakerRoom =>
  roomIn(limit, blocksInHour + 1);
