import { Injectable } from '@nestjs/common';
import type { SiteSettings, StaffCaller } from '../access/caller.js';
import { Sealed } from '../access/sealing/sealed.js';
import { SiteOf } from '../access/sites/site-of.js';
import { Turns } from '../access/limits/turns.js';
import type { StatsAnswer, StatsQuery } from '../contract/stats.js';
import { refused, VigieError } from '../core/errors.js';
import { Database } from '../database/database.js';
import { isTooSlow } from '../database/postgres-errors.js';
import { limitStatements } from '../database/statements/server/limit-statements.js';
import { readStats, type StatsTables } from '../database/statements/cases/read-stats.js';
import type { StatsRange } from '../database/statements/cases/stats-range.js';
import { askedRange } from './asked-range.js';
import { isLead } from './find-case.js';
import { bucketsOf, figuresOf, moderatorsOf, reasonsOf } from './stats-views.js';
import { Views } from './views.js';

/** Milliseconds. Nobody waits longer in front of a page; a year of millions of reports takes a few seconds. */
const LONGEST = 15_000;

/**
 * Counts at once, each of which holds a connection that readers' reports would have, and keeps a core of Postgres busy; and
 * those that wait for one of them. Beyond that nobody would be answered in time.
 */
const AT_ONCE = 2;
const LONGEST_LINE = 4;

/** What was counted of a time. Whose it is to see is not in it. */
interface Counted extends StatsTables {
  readonly range: StatsRange;
}

/** Statistics, and of which site they are. */
export interface SiteStats {
  readonly site: SiteSettings;
  readonly stats: StatsAnswer;
}

/** What happened on a site within some time: reports, cases, blocks, decisions, and how long they took. */
@Injectable()
export class ShowStats {
  longest = LONGEST;
  private readonly turns = new Turns(AT_ONCE, LONGEST_LINE);
  /** By what is asked: whoever asks the same meanwhile waits for the same answer. */
  private readonly counting = new Map<string, Promise<Counted>>();

  constructor(
    private readonly database: Database,
    private readonly siteOf: SiteOf,
    private readonly sealed: Sealed,
    private readonly views: Views,
  ) {}

  /**
   * @throws VigieError NOT_FOUND for a site of others; INVALID for a time that is none, or too long; UNAVAILABLE when it
   *   takes too long to count, or too many ask; CONFLICT when Postgres does not know the site's time zone
   */
  async show(caller: StaffCaller, query: StatsQuery): Promise<SiteStats> {
    const site = await this.siteOf.siteFor(caller, query.site ?? this.onlySite(caller), 'moderator');
    try {
      return { site, stats: this.answer(caller, query, site, await this.counted(query, site)) };
    } catch (error) {
      throw isTooSlow(error) ? tooSlow() : error;
    }
  }

  /** Whoever works on one site need not name it. */
  private onlySite({ admin, roles }: StaffCaller): string | undefined {
    const [only, ...others] = roles.keys();
    return admin || only === undefined || others.length > 0 ? undefined : this.sealed.id('sit', only);
  }

  private counted(query: StatsQuery, site: SiteSettings): Promise<Counted> {
    const { from, to, bucket } = query;
    const asked = JSON.stringify([site.id, site.timeZone, from, to, bucket]);
    const underWay = this.counting.get(asked);
    if (underWay !== undefined) return underWay;
    const counting = this.turns
      .take(() => this.count(query, site))
      .finally(() => this.counting.delete(asked));
    this.counting.set(asked, counting);
    return counting;
  }

  private count(query: StatsQuery, { id, timeZone }: SiteSettings): Promise<Counted> {
    return this.database.inTransaction(async (tx) => {
      limitStatements(tx, this.longest);
      const range = await askedRange(tx, query, timeZone);
      return { range, ...(await readStats(tx, { siteId: id, ...range })) };
    });
  }

  /** Of single moderators leads see everybody, others themselves. */
  private answer(
    caller: StaffCaller,
    { bucket }: StatsQuery,
    { id, timeZone }: SiteSettings,
    { range, buckets, reasons, moderators, totals }: Counted,
  ): StatsAnswer {
    const shown = isLead(caller, id)
      ? moderators
      : moderators.filter((row) => row.staff_id === caller.staffId);
    return {
      site: this.sealed.id('sit', id),
      timeZone,
      from: range.from.toISOString(),
      to: range.to.toISOString(),
      bucket,
      totals: figuresOf(totals[0]),
      buckets: bucketsOf(range, bucket, buckets),
      reasons: reasonsOf(reasons),
      moderators: moderatorsOf(shown, (staffId, email) => this.views.staff(staffId, email)),
    };
  }
}

const tooSlow = (): VigieError =>
  refused(
    'UNAVAILABLE',
    'too-long-to-count',
    'Counting this took too long and was given up. Ask for a shorter time.',
  );
