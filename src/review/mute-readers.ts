import { Injectable } from '@nestjs/common';
import { roleOn, type StaffCaller } from '../access/caller.js';
import { openReader } from '../access/readers/reader-handle.js';
import { cutPage, openCursor } from '../access/sealing/page-cursor.js';
import { Sealed } from '../access/sealing/sealed.js';
import { SiteOf } from '../access/sites/site-of.js';
import type { MuteRequest, MutesQuery, MuteView } from '../contract/mutes.js';
import type { Page } from '../contract/page.js';
import { notFound, VigieError } from '../core/errors.js';
import { Database } from '../database/database.js';
import {
  findSiteOfMute,
  listMutes,
  type MuteRow,
  readMute,
} from '../database/statements/readers/list-mutes.js';
import { findVoterToMute, insertMute } from '../database/statements/readers/mute-readers.js';
import { liftMute, logMute } from '../moderation/mute.js';
import { FindCase, isLead } from './find-case.js';
import { Views } from './views.js';

/** Readers whose votes a site's leads no longer want counted (docs/rules.md, rule 17). */
@Injectable()
export class MuteReaders {
  constructor(
    private readonly database: Database,
    private readonly cases: FindCase,
    private readonly siteOf: SiteOf,
    private readonly sealed: Sealed,
    private readonly views: Views,
  ) {}

  /** @throws VigieError NOT_FOUND for a site of others; FORBIDDEN where the caller is no lead */
  async list(caller: StaffCaller, { site, limit, cursor }: MutesQuery): Promise<Page<MuteView>> {
    const siteIds = await this.siteOf.sitesFor(caller, site, 'lead');
    const list = ['mutes', siteIds?.join()];
    const before = openCursor<string>(this.sealed, list, cursor);
    const rows = await listMutes(this.database.byIndex, siteIds, before, limit + 1);
    return cutPage(
      this.sealed,
      list,
      rows,
      limit,
      (row) => this.views.mute(row),
      ({ id }) => id,
    );
  }

  /**
   * Mutes the reader of a case. Votes that stand stay as they are.
   *
   * @returns whether they were muted now (else they were before)
   * @throws VigieError NOT_FOUND for a handle that is none, or of another site; FORBIDDEN where the caller is no lead
   */
  async mute(
    caller: StaffCaller,
    { reader, note, days }: MuteRequest,
  ): Promise<{ muted: boolean; answer: MuteView }> {
    const meant = openReader(this.sealed, reader);
    if (meant === null) throw notFound('reader');
    const [row] = await this.cases.findAll(caller, [this.sealed.id('case', meant.caseId)]);
    if (row === undefined) throw notFound('reader');
    const { siteId, imageId, id: caseId } = row;
    if (!isLead(caller, siteId)) throw leadsOnly();
    const { muted, mute } = await this.database.inIndexedTransaction(async (tx) => {
      const reporter = await findVoterToMute(tx, row, meant.reporter);
      if (reporter === undefined) throw notFound('reader');
      const { staffId } = caller;
      const made = await insertMute(tx, {
        ...{ siteId, reporter, staffId, caseId },
        note: note ?? null,
        days: days ?? null,
      });
      const mute = await readMute(tx, siteId, reporter);
      if (made !== undefined)
        await logMute(tx, {
          siteId,
          imageId,
          caseId,
          actor: { kind: 'staff', id: staffId },
          until: made.until,
        });
      return { muted: made !== undefined, mute };
    });
    return { muted, answer: this.views.mute(present(mute)) };
  }

  /**
   * One that is over already, lifted by this very request perhaps, is no error.
   *
   * @throws VigieError NOT_FOUND for what is none, or of another site; FORBIDDEN where the caller is no lead
   */
  async lift(caller: StaffCaller, id: string): Promise<void> {
    const muteId = this.sealed.databaseId('mut', id);
    if (muteId === null) throw notFound('mute');
    const siteId = await findSiteOfMute(this.database, muteId);
    if (siteId === undefined) return;
    if (roleOn(caller, siteId) === null) throw notFound('mute');
    if (!isLead(caller, siteId)) throw leadsOnly();
    const actor = { kind: 'staff', id: caller.staffId } as const;
    await this.database.inIndexedTransaction((tx) => liftMute(tx, siteId, muteId, actor));
  }
}

function present(row: MuteRow | undefined): MuteRow {
  if (row === undefined) throw new Error('a mute that was just made is gone');
  return row;
}

const leadsOnly = (): VigieError =>
  new VigieError('FORBIDDEN', 'Only the leads of the site say whose reports no longer count.');
