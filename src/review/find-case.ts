import { Injectable } from '@nestjs/common';
import { includesRole, roleOn, type StaffCaller } from '../access/caller.js';
import { Sealed } from '../access/sealing/sealed.js';
import { notFound, refused, VigieError } from '../core/errors.js';
import { Database } from '../database/database.js';
import type { ReviewedCaseRow } from '../database/statements/cases/case-row.js';
import { readCases } from '../database/statements/cases/read-cases.js';

/** May this person see and decide what was escalated, and undo what others decided? */
export function isLead(caller: StaffCaller, siteId: string): boolean {
  const role = roleOn(caller, siteId);
  return role !== null && includesRole(role, 'lead');
}

/** Cases by their public ids, for those who may know of them. */
@Injectable()
export class FindCase {
  constructor(
    private readonly database: Database,
    private readonly sealed: Sealed,
  ) {}

  /**
   * A case of one of the caller's sites, escalated or not.
   * @throws VigieError NOT_FOUND, for cases of other sites too
   */
  async find(caller: StaffCaller, id: string): Promise<ReviewedCaseRow> {
    const [row] = await this.findAll(caller, [id]);
    if (row === undefined) throw notFound('case');
    return row;
  }

  /**
   * A case that the caller may look at.
   * @throws VigieError NOT_FOUND; FORBIDDEN for an escalated case, unless the caller is a lead of its site
   */
  async findToShow(caller: StaffCaller, id: string): Promise<ReviewedCaseRow> {
    const row = await this.find(caller, id);
    if (row.status === 'escalated' && !isLead(caller, row.siteId)) throw escalated();
    return row;
  }

  /** The cases of these public ids, in that order; undefined for those that are not the caller's. */
  async findAll(caller: StaffCaller, ids: readonly string[]): Promise<(ReviewedCaseRow | undefined)[]> {
    const databaseIds = ids.map((id) => this.sealed.databaseId('case', id));
    const known = [...new Set(databaseIds.filter((id) => id !== null))];
    const rows = known.length === 0 ? [] : await readCases(this.database, known);
    const mine = new Map(
      rows.filter((row) => roleOn(caller, row.siteId) !== null).map((row) => [row.id, row]),
    );
    return databaseIds.map((id) => (id === null ? undefined : mine.get(id)));
  }
}

export const escalated = (extra: Readonly<Record<string, unknown>> = {}): VigieError =>
  refused('FORBIDDEN', 'escalated', 'This case was escalated: only the leads of the site work on it.', extra);
