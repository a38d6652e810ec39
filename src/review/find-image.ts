import { Injectable } from '@nestjs/common';
import { roleOn, type StaffCaller } from '../access/caller.js';
import { Sealed } from '../access/sealing/sealed.js';
import { notFound } from '../core/errors.js';
import { Database } from '../database/database.js';
import type { ListedImageRow } from '../database/statements/images/image-row.js';
import { readImage } from '../database/statements/images/read-image.js';

/** Finds images for whoever may see them. */
@Injectable()
export class FindImage {
  constructor(
    private readonly database: Database,
    private readonly sealed: Sealed,
  ) {}

  /** By the id that cases and events give it. @throws VigieError NOT_FOUND, also for one that belongs to others */
  async byImageId(caller: StaffCaller, image: string): Promise<ListedImageRow> {
    const databaseId = this.sealed.databaseId('img', image);
    const siteIds = caller.admin ? null : [...caller.roles.keys()];
    const row = databaseId === null ? undefined : await readImage(this.database, siteIds, databaseId);
    if (row === undefined || roleOn(caller, row.siteId) === null) throw notFound('image');
    return row;
  }
}
