import type { Database } from '../database/database.js';
import { readShownPictures, readWhomToFollow } from '../database/statements/content/read-matches.js';
import type { JobHandler, JobResult } from '../jobs/job-handler.js';
import { type ImageJob, MATCH_CONTENT, stageSpread } from '../moderation/match-jobs.js';
import type { Neck } from '../moderation/neck.js';
import type { KnownPictures } from './known-pictures.js';

/**
 * Lets an image follow another of which a person blocked the same bytes or, where the site wants that, near ones. For
 * bytes that were found just now, and for images that may follow again: no longer protected, a keep undone.
 */
export class MatchContent implements JobHandler<ImageJob> {
  readonly kind = MATCH_CONTENT;

  constructor(
    private readonly database: Database,
    private readonly neck: Neck,
    private readonly known: KnownPictures,
  ) {}

  async run({ site, image }: ImageJob): Promise<JobResult> {
    const shown = await readShownPictures(this.database, site, image);
    if (shown === undefined) return { done: true };
    const near =
      shown.nearMatches === 'block' ? await this.known.near(site, image, shown.pictures, 'as of now') : [];
    await this.neck.moderateFound(async (tx) => {
      const found = await readWhomToFollow(
        tx,
        site,
        image,
        near.map(({ imageId }) => imageId),
      );
      if (found === undefined) return [];
      // It may have been unblocked since it was read, and its own job been done by then.
      stageSpread(tx, [{ site, image: found.source }]);
      return [{ type: 'match', siteId: site, target: { imageId: image }, ...found }];
    });
    return { done: true };
  }
}
