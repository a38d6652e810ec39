import type { Database } from '../database/database.js';
import { findUnwatched, type ImagePlace, watchAddresses } from '../database/statements/content/unwatched.js';
import { loadFirstAddresses } from '../database/statements/images/image-addresses.js';
import { stage } from '../jobs/stage.js';
import { fetchImage } from '../moderation/fetch-image.js';

/** Images in one transaction: some ten milliseconds of Postgres. */
const PAGE = 500;

/**
 * Has the bytes looked at of what is blocked or awaits a decision and is not watched: it was reported while nothing was fetched
 * (FETCH_IMAGES), or named by its site before that vouched for the host, and its case is open already. Run twice, or beside itself,
 * it comes to the same.
 *
 * @param stopped whether to end early
 * @param page images in one transaction
 */
export async function lookAtMissed(
  database: Database,
  stopped: () => boolean = () => false,
  page = PAGE,
): Promise<void> {
  let last: ImagePlace | undefined = { siteId: '0', imageId: '0' };
  while (last !== undefined && !stopped()) {
    const after: ImagePlace = last;
    last = await database.inIndexedTransaction(async (tx) => {
      const images = await findUnwatched(tx, after, page);
      const missed = images.filter(({ unwatched }) => unwatched);
      const addresses = missed.length === 0 ? [] : await loadFirstAddresses(tx, missed);
      const taken = addresses.length === 0 ? [] : await watchAddresses(tx, addresses);
      stage(
        tx,
        taken.map(({ siteId, hash, url }) => fetchImage(siteId, { hash, url })),
      );
      return images.at(-1);
    });
  }
}
