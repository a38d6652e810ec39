import { loadFirstAddresses } from '../database/statements/images/image-addresses.js';
import type { Tx } from '../database/tx.js';
import { type NewJob, stage } from '../jobs/stage.js';
import { fetchImage } from './fetch-image.js';
import type { WorkingImage } from './working-image.js';

/**
 * Has the bytes of images looked at: at the address as it was reported, of those that are made here, which asks nothing; at
 * the first one that is known, of others. Once in a transaction. Whether they may be looked at is the caller's to know.
 */
export async function stageLooks(tx: Tx, images: readonly WorkingImage[]): Promise<void> {
  const jobs: NewJob[] = [];
  const known: WorkingImage[] = [];
  for (const image of images) {
    const { made, row } = image.loaded;
    image.fetched = true;
    if (made === null) known.push(image);
    else if (made.keyKind === 'url')
      jobs.push(fetchImage(row.siteId, { hash: made.hash, url: made.shown ?? made.key }));
  }
  if (known.length > 0) {
    const rows = known.map(({ loaded: { row } }) => ({ siteId: row.siteId, imageId: row.id }));
    for (const { siteId, hash, url } of await loadFirstAddresses(tx, rows))
      jobs.push(fetchImage(siteId, { hash, url }));
  }
  stage(tx, jobs);
}
