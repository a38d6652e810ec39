import { Injectable } from '@nestjs/common';
import type { StaffCaller } from '../access/caller.js';
import { SiteOf } from '../access/site-of.js';
import type { ImagesQuery, ListedImage } from '../contract/images.js';
import type { Page } from '../contract/page.js';
import { Database } from '../database/database.js';
import { listImages } from '../database/statements/list-images.js';
import { PageCursors } from './page-cursor.js';
import { Views } from './views.js';

/** Images by state, the newest first. */
@Injectable()
export class ListImages {
  constructor(
    private readonly database: Database,
    private readonly siteOf: SiteOf,
    private readonly cursors: PageCursors,
    private readonly views: Views,
  ) {}

  /** @throws VigieError NOT_FOUND for a site of others; FORBIDDEN for escalated ones without being a lead */
  async list(caller: StaffCaller, query: ImagesQuery): Promise<Page<ListedImage>> {
    const { state, limit } = query;
    const siteIds = await this.siteOf.sitesFor(
      caller,
      query.site ?? undefined,
      state === 'escalated' ? 'lead' : 'moderator',
    );
    const list = ['images', query.site == null ? null : siteIds?.join(), state];
    const before = this.cursors.open<string>(list, query.cursor);
    const rows = await listImages(this.database, siteIds, state ?? 'all', before, limit + 1);
    return this.cursors.page(
      list,
      rows,
      limit,
      (row) => this.views.listedImage(row, caller),
      ({ id }) => id,
    );
  }
}
