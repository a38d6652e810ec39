import { Injectable } from '@nestjs/common';
import { roleOn, type StaffCaller } from '../access/caller.js';
import { cutPage, openCursor } from '../access/sealing/page-cursor.js';
import { Sealed } from '../access/sealing/sealed.js';
import { SiteOf } from '../access/sites/site-of.js';
import type { EventsQuery, EventView } from '../contract/events.js';
import type { Page } from '../contract/page.js';
import { notFound } from '../core/errors.js';
import { Database } from '../database/database.js';
import {
  type EventRow,
  listEventsOfImage,
  listEventsOfSites,
} from '../database/statements/log/list-events.js';
import { readImage } from '../database/statements/images/read-image.js';
import { Views } from './views.js';

/** The log of a site, or of one image: the newest first. */
@Injectable()
export class ListEvents {
  constructor(
    private readonly database: Database,
    private readonly siteOf: SiteOf,
    private readonly sealed: Sealed,
    private readonly views: Views,
  ) {}

  /** @throws VigieError NOT_FOUND for a site or an image of others */
  async list(caller: StaffCaller, query: EventsQuery): Promise<Page<EventView>> {
    const { site, image } = query;
    const siteIds = await this.siteOf.sitesFor(caller, site ?? undefined, 'moderator');
    const list = ['events', site == null ? null : siteIds?.join(), image];
    const before = openCursor<string>(this.sealed, list, query.cursor);
    const rows = await this.read(caller, siteIds, query, before);
    return cutPage(
      this.sealed,
      list,
      rows,
      query.limit,
      (row) => this.views.event(row),
      ({ seq }) => seq,
    );
  }

  private async read(
    caller: StaffCaller,
    siteIds: readonly string[] | null,
    { image, limit }: EventsQuery,
    before: string | null,
  ): Promise<EventRow[]> {
    const leadOf = caller.admin
      ? null
      : [...caller.roles].flatMap(([siteId, role]) => (role === 'lead' ? [siteId] : []));
    if (image == null) return listEventsOfSites(this.database.byIndex, siteIds, leadOf, before, limit + 1);
    const imageId = this.sealed.databaseId('img', image);
    const row = imageId === null ? undefined : await readImage(this.database, siteIds, imageId);
    if (row === undefined || roleOn(caller, row.siteId) === null) throw notFound('image');
    return listEventsOfImage(this.database.byIndex, row, leadOf, before, limit + 1);
  }
}
