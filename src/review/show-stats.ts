import { Injectable } from '@nestjs/common';
import type { SiteSettings, StaffCaller } from '../access/caller.js';
import { Sealed } from '../access/sealed.js';
import { SiteOf } from '../access/site-of.js';
import type { StatsAnswer, StatsQuery } from '../contract/stats.js';
import { VigieError } from '../core/errors.js';
import { Database } from '../database/database.js';
import { isTooSlow } from '../database/postgres-errors.js';
import { limitStatements } from '../database/statements/limit-statements.js';
import { readStats } from '../database/statements/read-stats.js';
import { askedRange } from './asked-range.js';
import { isLead } from './find-case.js';
import { bucketsOf, figuresOf, moderatorsOf, reasonsOf } from './stats-views.js';
import { Views } from './views.js';

/** Milliseconds. Nobody waits longer in front of a page; a year of millions of reports takes a few seconds. */
const LONGEST = 15_000;

/** Statistics, and of which site they are. */
export interface SiteStats {
  readonly site: SiteSettings;
  readonly stats: StatsAnswer;
}

/** What happened on a site within some time: reports, cases, blocks, decisions, and how long they took. */
@Injectable()
export class ShowStats {
  longest = LONGEST;

  constructor(
    private readonly database: Database,
    private readonly siteOf: SiteOf,
    private readonly sealed: Sealed,
    private readonly views: Views,
  ) {}

  /**
   * @throws VigieError NOT_FOUND for a site of others; INVALID for a time that is none, or too long; UNAVAILABLE when it
   *   takes too long to count; CONFLICT when Postgres does not know the site's time zone
   */
  async show(caller: StaffCaller, query: StatsQuery): Promise<SiteStats> {
    const site = await this.siteOf.siteFor(caller, query.site ?? this.onlySite(caller), 'moderator');
    try {
      return { site, stats: await this.count(caller, query, site) };
    } catch (error) {
      throw isTooSlow(error) ? tooSlow() : error;
    }
  }

  /** Whoever works on one site need not name it. */
  private onlySite({ admin, roles }: StaffCaller): string | undefined {
    const [only, ...others] = roles.keys();
    return admin || only === undefined || others.length > 0 ? undefined : this.sealed.id('sit', only);
  }

  private count(
    caller: StaffCaller,
    query: StatsQuery,
    { id, timeZone }: SiteSettings,
  ): Promise<StatsAnswer> {
    return this.database.inTransaction(async (tx) => {
      limitStatements(tx, this.longest);
      const range = await askedRange(tx, query, timeZone);
      const { buckets, reasons, moderators, totals } = await readStats(tx, { siteId: id, ...range });
      const shown = isLead(caller, id)
        ? moderators
        : moderators.filter((row) => row.staff_id === caller.staffId);
      return {
        site: this.sealed.id('sit', id),
        timeZone,
        from: range.from.toISOString(),
        to: range.to.toISOString(),
        bucket: query.bucket,
        totals: figuresOf(totals[0]),
        buckets: bucketsOf(range, query.bucket, buckets),
        reasons: reasonsOf(reasons),
        moderators: moderatorsOf(shown, (staffId, email) => this.views.staff(staffId, email)),
      };
    });
  }
}

const tooSlow = (): VigieError =>
  new VigieError('UNAVAILABLE', 'Counting this took too long and was given up. Ask for a shorter time.');
