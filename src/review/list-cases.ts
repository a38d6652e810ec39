import { Injectable } from '@nestjs/common';
import type { StaffCaller } from '../access/caller.js';
import { cutPage, openCursor } from '../access/sealing/page-cursor.js';
import { Sealed } from '../access/sealing/sealed.js';
import { SiteOf } from '../access/sites/site-of.js';
import type { CasesQuery, CaseView } from '../contract/cases.js';
import type { Page } from '../contract/page.js';
import { Database } from '../database/database.js';
import { type CasePlace, listCases } from '../database/statements/cases/list-cases.js';
import { Views } from './views.js';

/** The review queue, and the cases that have left it. */
@Injectable()
export class ListCases {
  constructor(
    private readonly database: Database,
    private readonly siteOf: SiteOf,
    private readonly sealed: Sealed,
    private readonly views: Views,
  ) {}

  /** @throws VigieError NOT_FOUND for a site of others; FORBIDDEN for escalated cases without being a lead */
  async list(caller: StaffCaller, query: CasesQuery): Promise<Page<CaseView>> {
    const { status, limit } = query;
    const siteIds = await this.siteOf.sitesFor(
      caller,
      query.site ?? undefined,
      status === 'escalated' ? 'lead' : 'moderator',
    );
    // Closed cases have left the queue, and what matters there is what was decided last.
    const order = query.order ?? (status === 'closed' ? 'newest' : 'priority');
    const list = ['cases', status, order, query.reason, query.site == null ? null : siteIds?.join()];
    const rows = await listCases(this.database.byIndex, {
      siteIds,
      status,
      order,
      reason: query.reason ?? null,
      after: openCursor<CasePlace>(this.sealed, list, query.cursor),
      limit: limit + 1,
    });
    return cutPage(
      this.sealed,
      list,
      rows,
      limit,
      (row) => this.views.case(row, caller),
      (row): CasePlace => ({ priority: row.priority, openedAt: row.openedAtText, id: row.id }),
    );
  }
}
