import type { BreakerRoom } from '../../../src/core/command.js';
import type { SiteBaseline } from '../../../src/core/hold-finding.js';
import type { ThresholdRule } from '../../../src/core/threshold-rule.js';
import { DAY, HOUR, MINUTE } from '../reporter.js';

/** A block of the rule that people looked at and upheld. */
export interface Upheld {
  readonly at: number;
  /** From the first to the K-th vote, in ms. */
  readonly span: number;
  /** Of the votes before the crossing. */
  readonly newcomers: number;
  readonly votes: number;
}

/** So many upheld blocks are enough to know what is usual; and for so long they say so. */
const LEAST_UPHELD = 20;
const LOOKING_BACK = 30 * DAY;
/** What is usual is reckoned anew so often. */
const RECKONED_EVERY = HOUR;
export const NEWCOMER = 60 * MINUTE;

/** What the rule knows of the site: what is usual there, and how many blocks there were within the hour. */
export class Site {
  private readonly upheld: Upheld[] = [];
  private blocks: number[] = [];
  private known: { readonly at: number; readonly baseline: SiteBaseline | null } = {
    at: -Infinity,
    baseline: null,
  };

  blocked(now: number): void {
    this.blocks.push(now);
  }

  uphold(block: Upheld): void {
    this.upheld.push(block);
  }

  breaker({ breaker }: ThresholdRule, now: number): BreakerRoom | null {
    if (breaker === null) return null;
    this.blocks = this.blocks.filter((at) => at > now - HOUR);
    const usual = this.baseline(now)?.blocksPerHour ?? 0;
    const limit = Math.max(breaker.perHour, Math.floor(breaker.factor * usual));
    return { left: Math.max(0, limit - this.blocks.length), blocksInHour: this.blocks.length, limit };
  }

  baseline(now: number): SiteBaseline | null {
    if (now - this.known.at >= RECKONED_EVERY) this.known = { at: now, baseline: this.reckon(now) };
    return this.known.baseline;
  }

  private reckon(now: number): SiteBaseline | null {
    const recent = this.upheld.filter(({ at }) => at > now - LOOKING_BACK);
    const isKnown = recent.length >= LEAST_UPHELD;
    return {
      blocksPerHour: (recent.length * HOUR) / Math.max(DAY, Math.min(now, LOOKING_BACK)),
      upheld: recent.length,
      spanSeconds: isKnown
        ? quantile(
            recent.map(({ span }) => span / 1_000),
            0.5,
          )
        : null,
      newcomerShare: isKnown
        ? quantile(
            recent.map(({ newcomers, votes }) => newcomers / votes),
            0.9,
          )
        : null,
    };
  }
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
