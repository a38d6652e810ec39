import { Injectable } from '@nestjs/common';
import type { StaffCaller } from '../access/caller.js';
import { cutPage, openCursor } from '../access/sealing/page-cursor.js';
import { Sealed } from '../access/sealing/sealed.js';
import { SiteOf } from '../access/sites/site-of.js';
import type { AccountEventsQuery, AccountEventView } from '../contract/account-events.js';
import type { Page } from '../contract/page.js';
import { notFound } from '../core/errors.js';
import { Database } from '../database/database.js';
import {
  type AccountEventFilter,
  type AccountEventRow,
  listAccountEvents,
} from '../database/statements/accounts/list-account-events.js';

/** The accounts' log: everybody's own, the changes of rights on a lead's sites, all of it for admins. Newest first. */
@Injectable()
export class ListAccountEvents {
  constructor(
    private readonly database: Database,
    private readonly sealed: Sealed,
    private readonly siteOf: SiteOf,
  ) {}

  /** @throws VigieError NOT_FOUND for a site or a person of others, FORBIDDEN, INVALID at /cursor */
  async list(caller: StaffCaller, query: AccountEventsQuery): Promise<Page<AccountEventView>> {
    const filter = await this.filterOf(caller, query);
    const list = ['account-events', filter.staffId, filter.siteIds?.join()];
    const before = openCursor<string>(this.sealed, list, query.cursor);
    const rows = await listAccountEvents(this.database, filter, before, query.limit + 1);
    return cutPage(
      this.sealed,
      list,
      rows,
      query.limit,
      (row) => this.view(row),
      ({ seq }) => seq,
    );
  }

  private async filterOf(
    caller: StaffCaller,
    { site, staff }: AccountEventsQuery,
  ): Promise<AccountEventFilter> {
    const staffId = staff === undefined ? null : this.staffIdOf(caller, staff);
    // One's own is all one's own, whatever one is; with a site, what a lead may see of it.
    if (staffId === caller.staffId && site === undefined) return { staffId, siteIds: null };
    return { staffId, siteIds: await this.siteOf.sitesFor(caller, site, 'lead') };
  }

  private staffIdOf({ staffId }: StaffCaller, staff: string): string {
    const named = staff === 'me' ? staffId : this.sealed.databaseId('stf', staff);
    if (named === null) throw notFound('account');
    return named;
  }

  private view(row: AccountEventRow): AccountEventView {
    const { sealed } = this;
    const { actorKind: kind, actorId, actorEmail, staffId, siteId } = row;
    return {
      id: sealed.id('aev', row.seq),
      type: row.type,
      at: row.at.toISOString(),
      staff: staffId === null ? null : { id: sealed.id('stf', staffId), email: row.email ?? '' },
      site: siteId === null ? null : { id: sealed.id('sit', siteId), slug: row.siteSlug ?? '' },
      by: actorId === null ? { kind } : { kind, id: sealed.id('stf', actorId), email: actorEmail ?? '' },
      data: row.data,
    };
  }
}
