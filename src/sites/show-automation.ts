import { Injectable } from '@nestjs/common';
import type { AutomationAnswer, BreakerView } from '../contract/automation.js';
import { limitOf } from '../core/breaker.js';
import { notFound } from '../core/errors.js';
import { Database } from '../database/database.js';
import { readBreakers } from '../database/statements/votes/breaker.js';
import { type AutomationRow, readAutomation } from '../database/statements/sites/read-automation.js';

const HOUR = 3_600_000;

/** What a site's rule does by itself at the moment, for its own staff. */
@Injectable()
export class ShowAutomation {
  constructor(private readonly database: Database) {}

  /** @throws VigieError NOT_FOUND */
  async of(siteId: string): Promise<AutomationAnswer> {
    const row = await readAutomation(this.database, siteId);
    if (row === undefined) throw notFound('site');
    const { measuredAt, blocksPerHour, upheld, cases, overAnHour, muted } = row;
    return {
      breaker: await this.breakerOf(siteId, row),
      baseline:
        measuredAt === null || blocksPerHour === null || upheld === null
          ? null
          : { blocksPerHour, upheld, at: measuredAt.toISOString() },
      held: { cases, overAnHour },
      muted,
    };
  }

  private async breakerOf(
    siteId: string,
    { rule, now, blocksPerHour }: AutomationRow,
  ): Promise<BreakerView | null> {
    const limit = limitOf(rule, blocksPerHour === null ? null : { blocksPerHour });
    if (rule.breaker === null || limit === null) return null;
    const [found] = await readBreakers(this.database, [siteId], new Date(now.getTime() - HOUR));
    const { blocks = 0, trippedAt = null } = found ?? {};
    const tripped = blocks >= limit;
    const { perHour, factor } = rule.breaker;
    return {
      limit,
      perHour,
      factor,
      blocksInHour: blocks,
      tripped,
      since: tripped ? (trippedAt?.toISOString() ?? null) : null,
    };
  }
}
