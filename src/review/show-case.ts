import { Injectable } from '@nestjs/common';
import type { StaffCaller } from '../access/caller.js';
import { cutPage, openCursor } from '../access/sealing/page-cursor.js';
import { Sealed } from '../access/sealing/sealed.js';
import type { CaseReport } from '../contract/case-reports.js';
import type { CaseDetail } from '../contract/cases.js';
import type { Page, PageQuery } from '../contract/page.js';
import { Database } from '../database/database.js';
import { listCaseReports, type ReportPlace } from '../database/statements/cases/list-case-reports.js';
import { listEventsOfCase } from '../database/statements/log/list-events.js';
import { readCaseEvidence } from '../database/statements/cases/read-case-evidence.js';
import { FindMatches } from '../images/find-matches.js';
import { FindCase, isLead } from './find-case.js';
import { Views } from './views.js';

/** Reports leave no events, so a timeline is short; the older part of a longer one is in `GET /v1/events`. */
const LONGEST_TIMELINE = 200;

/** One case with all that a moderator needs to decide it. */
@Injectable()
export class ShowCase {
  constructor(
    private readonly database: Database,
    private readonly cases: FindCase,
    private readonly sealed: Sealed,
    private readonly views: Views,
    private readonly findMatches: FindMatches,
  ) {}

  /** @throws VigieError NOT_FOUND, FORBIDDEN as FindCase does */
  async show(caller: StaffCaller, id: string): Promise<CaseDetail> {
    const row = await this.cases.findToShow(caller, id);
    const [evidence, events, { matches, unmatched }] = await Promise.all([
      readCaseEvidence(this.database, row),
      listEventsOfCase(this.database.byIndex, row, LONGEST_TIMELINE),
      this.findMatches.of({ siteId: row.siteId, imageId: row.image.id }),
    ]);
    return {
      ...this.views.case(row, caller),
      evidence: evidence === undefined ? null : this.views.evidence(evidence),
      matches: matches.map((match) => this.views.match(match)),
      unmatched,
      timeline: events.reverse().map((event) => this.views.event(event)),
    };
  }

  /** What readers said, the first of them first. @throws VigieError as `show` does */
  async reports(caller: StaffCaller, id: string, { limit, cursor }: PageQuery): Promise<Page<CaseReport>> {
    const row = await this.cases.findToShow(caller, id);
    const list = ['reports', row.id];
    const after = openCursor<ReportPlace>(this.sealed, list, cursor);
    const rows = await listCaseReports(this.database.byIndex, row, after, limit + 1);
    const handlesOf = isLead(caller, row.siteId) ? row.id : null;
    return cutPage(
      this.sealed,
      list,
      rows,
      limit,
      (report) => this.views.report(report, handlesOf),
      ({ firstAt, reporter, round }): ReportPlace => ({ firstAt, reporter, round }),
    );
  }
}
