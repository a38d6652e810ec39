import { Inject, Injectable } from '@nestjs/common';
import type { SiteSettings } from '../access/caller.js';
import { CONFIG } from '../config/config.module.js';
import type { VigieConfig } from '../config/load-config.js';
import { Database } from '../database/database.js';
import { hurryLook, shownAddresses } from '../database/statements/images/shown-addresses.js';
import { announceBytes } from '../database/statements/content/watched-address.js';
import { stage } from '../jobs/stage.js';
import { fetchImage } from '../moderation/fetch-image.js';
import { type AddressKey, addressKey } from '../moderation/wanted-key.js';
import type { PhotoNow } from '../web/demo/shown-photo.js';
import { ONE_PHOTO, SWAPPABLE } from './one-photo.js';

/** Puts another photo where the one was, and has Vigie look. Which one is there is known to this process alone. */
@Injectable()
export class SwapPhoto {
  private swapped = false;

  constructor(
    private readonly database: Database,
    @Inject(CONFIG) private readonly config: Pick<VigieConfig, 'publicUrl'>,
  ) {}

  get isSwapped(): boolean {
    return this.swapped;
  }

  /**
   * @param announced tell Vigie that the bytes change, as a site does with PUT /v1/images/content; otherwise it finds out as
   *   it does by itself, but at once instead of within the hour
   */
  async put(site: SiteSettings, swapped: boolean, announced: boolean): Promise<PhotoNow> {
    this.swapped = swapped;
    const { hash, shown } = this.keyOf(site, SWAPPABLE);
    await this.database.inTransaction(async (tx) => {
      await hurryLook(tx, hash);
      if (announced) announceBytes(tx, { siteId: site.id, hash }, shown);
      stage(tx, [fetchImage(site.id, { hash, url: shown })]);
    });
    return this.now(site);
  }

  /** What the service knows of each address. */
  async now(site: SiteSettings): Promise<PhotoNow> {
    const keys = ONE_PHOTO.addresses.map(({ path }) => this.keyOf(site, path));
    const rows = await shownAddresses(
      this.database,
      keys.map(({ hash }) => hash),
    );
    const images = [...new Set(rows.map(({ imageId }) => imageId))];
    const of = (path: string) => rows.find(({ n }) => ONE_PHOTO.addresses[n - 1]?.path === path);
    const addresses = ONE_PHOTO.addresses.map(({ path }) => {
      const row = of(path);
      const image = row === undefined ? null : images.indexOf(row.imageId) + 1;
      return { path, image, blocked: row?.blocked ?? false, awaits: row?.awaits ?? false };
    });
    return { addresses, swapped: this.swapped, seen: of(SWAPPABLE)?.looked ?? false };
  }

  private keyOf(site: SiteSettings, path: string): AddressKey {
    return addressKey(site, `${this.config.publicUrl}${path}`, '/path', false);
  }
}
