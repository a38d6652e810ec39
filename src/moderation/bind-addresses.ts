import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { imageHash } from '../database/image-hash.js';
import { findBindings } from '../database/statements/images/bind-addresses.js';
import { BlockIndex } from '../visibility/block-index.js';
import { bindId } from './bind-id.js';
import type { WantedBinding } from './named-image.js';

/**
 * Binds addresses to the site's own id of an image. Only the site itself may say so. An address that is already an
 * image of its own becomes part of this one (docs/adr/0004); one that was bound to another id moves.
 */
@Injectable()
export class BindAddresses {
  constructor(
    private readonly database: Database,
    private readonly index: BlockIndex,
  ) {}

  /**
   * @param urls canonical. Binding what is bound already changes nothing.
   * @returns the image of that id
   */
  async bind(siteId: string, id: string, urls: readonly string[]): Promise<string> {
    const addresses = [...new Set(urls)].map((url) => ({
      url,
      hash: imageHash(siteId, { kind: 'url', key: url }),
    }));
    const { imageId, changes } = await this.database.inIndexedTransaction((tx) =>
      bindId(tx, siteId, id, addresses),
    );
    this.index.apply(changes);
    return imageId;
  }

  /**
   * Binds many, one id after the other; those that are bound already cost one question for all. Of two ids that one
   * address is bound to, it stays with the later.
   */
  async bindAll(siteId: string, bindings: readonly WantedBinding[]): Promise<void> {
    const idHash = (id: string): Buffer => imageHash(siteId, { kind: 'id', key: id });
    const urlHash = (url: string): Buffer => imageHash(siteId, { kind: 'url', key: url });
    const pairs = bindings.flatMap(({ id, urls }) => urls.map((url) => ({ id, url })));
    const hashes = pairs.flatMap(({ id, url }) => [idHash(id), urlHash(url)]);
    const known = new Map(
      (await findBindings(this.database, hashes)).map((row) => [row.hash.toString('latin1'), row]),
    );
    const missing = new Map<string, string[]>();
    const lastOf = new Map(pairs.map(({ id, url }) => [url, id]));
    for (const [url, id] of lastOf) {
      const own = known.get(idHash(id).toString('latin1'))?.ownImage ?? null;
      const bound = known.get(urlHash(url).toString('latin1'))?.boundTo ?? null;
      if (own === null || own !== bound) missing.set(id, [...(missing.get(id) ?? []), url]);
    }
    for (const [id, urls] of missing) await this.bind(siteId, id, urls);
  }
}
