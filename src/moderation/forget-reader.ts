import { randomBytes } from 'node:crypto';
import type { Database } from '../database/database.js';
import { databaseClock } from '../database/statements/server/database-clock.js';
import {
  areMuted,
  findDevicesOf,
  findImagesOfReaders,
  findVotesOfReaders,
  forgetRecordsOfReaders,
} from '../database/statements/readers/forget-reader.js';
import { replaceReaders } from '../database/statements/readers/forget-readers.js';
import { lockImages } from '../database/statements/images/lock-images.js';
import { freshNames } from './fresh-names.js';

/** Images that one transaction locks. */
const IMAGES_AT_ONCE = 100;

/** What became of a wish to be forgotten. */
export interface ForgottenReader {
  /** Votes that were theirs, on however many images. */
  readonly votes: number;
  /** A mute stays, to its end: or forgetting would be the way out of it. */
  readonly muted: boolean;
}

/**
 * Forgets one reader at once, whatever is open: random values take the place of their pseudonyms, what they wrote is removed,
 * and so is their record. Counts stay, and nothing changes that anybody sees; their votes are heard no more where an image may yet
 * cross, since they could vote once more now (docs/adr/0032). Whatever is done of it stays done, and doing it again does the rest.
 *
 * @param reader the hash of an account, with which its devices go, or of a device
 */
export async function forgetReader(
  database: Database,
  siteId: string,
  reader: Buffer,
): Promise<ForgottenReader> {
  const readers = [reader, ...(await findDevicesOf(database, siteId, [reader]))];
  let votes = 0;
  for (;;) {
    const imageIds = await findImagesOfReaders(database, siteId, readers, IMAGES_AT_ONCE);
    if (imageIds.length === 0) break;
    votes += await database.inIndexedTransaction(async (tx) => {
      // What became part of another image meanwhile is here all the same, and there it is found with the next ones.
      await lockImages(
        tx,
        imageIds.map((imageId) => ({ siteId, imageId })),
      );
      const theirs = await findVotesOfReaders(tx, siteId, imageIds, readers);
      replaceReaders(tx, freshNames(theirs, randomBytes), await databaseClock(tx));
      return theirs.length;
    });
  }
  await database.inIndexedTransaction((tx) => forgetRecordsOfReaders(tx, siteId, readers));
  return { votes, muted: await areMuted(database, siteId, readers) };
}
