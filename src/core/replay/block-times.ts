import { limitOf, roomIn } from '../breaker.js';
import type { BreakerRoom } from '../command.js';
import type { SiteBaseline } from '../hold-finding.js';
import type { ThresholdRule } from '../threshold-rule.js';

const HOUR = 3_600_000;

/** When one rule blocked, on the whole site: what its breaker counts (docs/rules.md, rule 5). */
export class BlockTimes {
  private times: number[] = [];
  private readonly limit: number | null;

  constructor(rule: ThresholdRule, baseline: SiteBaseline | null) {
    this.limit = limitOf(rule, baseline);
  }

  /** @param now in ms since 1970 */
  add(now: number): void {
    this.times.push(now);
  }

  /** What the breaker lets through now; null: there is none. */
  room(now: number): BreakerRoom | null {
    if (this.limit === null) return null;
    this.times = this.times.filter((at) => at > now - HOUR);
    return roomIn(this.limit, this.times.length);
  }
}
