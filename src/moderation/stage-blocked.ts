import { visibilityOf } from '../core/image-state.js';
import { loadFirstAddresses } from '../database/statements/image-addresses.js';
import type { Tx } from '../database/tx.js';
import { type NewJob, stage } from '../jobs/stage.js';
import { fetchImage } from './fetch-image.js';
import { isSevere } from './is-severe.js';
import type { WorkingImage } from './working-image.js';

/**
 * Has the bytes looked at of images that are blocked here and were not before: a site, a member of staff or a match may
 * block what nobody ever reported, or what has been left alone for long, and other bytes there must be noticed. What
 * readers block is looked at since they reported it. Never of one that is called severe (docs/rules.md, rule 6).
 */
export async function stageBlocked(tx: Tx, images: readonly WorkingImage[]): Promise<void> {
  const jobs: NewJob[] = [];
  const known: WorkingImage[] = [];
  for (const image of images) {
    if (!isBlockedNow(image) || image.fetched || isSevere(image.state)) continue;
    const { made, row } = image.loaded;
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

const isBlockedNow = ({ loaded, state }: WorkingImage): boolean =>
  !visibilityOf(loaded.state).blocked && state.blocks.some(({ source }) => source !== 'threshold');
