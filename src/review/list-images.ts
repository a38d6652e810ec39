import { Injectable } from '@nestjs/common';
import type { StaffCaller } from '../access/caller.js';
import { cutPage, openCursor } from '../access/sealing/page-cursor.js';
import { Sealed } from '../access/sealing/sealed.js';
import { SiteOf } from '../access/sites/site-of.js';
import type { ImagesQuery, ListedImage } from '../contract/images.js';
import type { Page } from '../contract/page.js';
import { Database } from '../database/database.js';
import { notFound, VigieError } from '../core/errors.js';
import { listFollowers, listImages } from '../database/statements/images/list-images.js';
import { FindImage } from './find-image.js';
import { Views } from './views.js';

/** Images by state, the newest first. */
@Injectable()
export class ListImages {
  constructor(
    private readonly database: Database,
    private readonly siteOf: SiteOf,
    private readonly sealed: Sealed,
    private readonly views: Views,
    private readonly images: FindImage,
  ) {}

  /** @throws VigieError NOT_FOUND for a site of others; FORBIDDEN for escalated ones without being a lead */
  async list(caller: StaffCaller, query: ImagesQuery): Promise<Page<ListedImage>> {
    const { state, follows, limit } = query;
    if (follows != null) return this.followers(caller, { ...query, follows });
    const siteIds = await this.siteOf.sitesFor(
      caller,
      query.site ?? undefined,
      state === 'escalated' ? 'lead' : 'moderator',
    );
    const list = ['images', query.site == null ? null : siteIds?.join(), state];
    const before = openCursor<string>(this.sealed, list, query.cursor);
    const rows = await listImages(this.database.byIndex, siteIds, state ?? 'all', before, limit + 1);
    return cutPage(
      this.sealed,
      list,
      rows,
      limit,
      (row) => this.views.listedImage(row, caller),
      ({ id }) => id,
    );
  }

  /** Those who follow an image: what a person's block of it did. */
  private async followers(
    caller: StaffCaller,
    { follows, site, state, limit, cursor }: ImagesQuery & { readonly follows: string },
  ): Promise<Page<ListedImage>> {
    if (state != null) throw new VigieError('INVALID', 'Ask for a state, or for those who follow an image.');
    const siteIds = site == null ? null : await this.siteOf.sitesFor(caller, site, 'moderator');
    const image = await this.images.byImageId(caller, follows);
    if (siteIds !== null && !siteIds.includes(image.siteId)) throw notFound('image');
    const list = ['followers', image.id, site == null ? null : image.siteId];
    const before = openCursor<string>(this.sealed, list, cursor);
    const rows = await listFollowers(this.database, image, before, limit + 1);
    return cutPage(
      this.sealed,
      list,
      rows,
      limit,
      (row) => this.views.listedImage(row, caller),
      ({ id }) => id,
    );
  }
}
