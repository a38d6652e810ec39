import type { Database } from '../database/database.js';
import {
  type Chunk,
  followersWithoutCause,
  imagesNearBlockedOnes,
  imagesWithBlockedBytes,
  type OtherBlock,
  otherBlocksOfBytes,
} from '../database/statements/content/spread-matches.js';
import type { Tx } from '../database/tx.js';
import type { JobHandler, JobResult, JobRun } from '../jobs/job-handler.js';
import type { ImageCommand } from '../moderation/image-command.js';
import { type ImageJob, SPREAD_BLOCK, stageMatchContent, stageSpread } from '../moderation/match-jobs.js';
import type { Neck } from '../moderation/neck.js';

/** Images in one transaction: whoever decides on one of them waits for no longer than that takes (docs/matches.md). */
const CHUNK = 100;
/** A run ends after so many milliseconds and goes on as the next, so that other jobs of its lane have their turn. */
const TURN = 60_000;

/** An image that something is to be done with. */
interface Found {
  readonly id: string;
  readonly commands: readonly ImageCommand[];
}

/** Some of them, in the order of their ids. */
type Find = (tx: Tx, chunk: Chunk) => Promise<readonly Found[]>;

/**
 * Makes all images of a site follow one of which a person blocked the bytes, or no longer follow it (docs/adr/0019). It
 * looks at what is so now, whatever it was staged for: run twice, or beside itself, it comes to the same. After whatever
 * it changed it looks again, so that nobody is left behind where people change their minds meanwhile: of all that happens
 * to an image and its followers, a look is the last.
 */
export class SpreadBlock implements JobHandler<ImageJob> {
  readonly kind = SPREAD_BLOCK;

  /** @param chunk images in one transaction */
  constructor(
    private readonly database: Database,
    private readonly neck: Neck,
    private readonly chunk = CHUNK,
  ) {}

  async run({ site, image }: ImageJob, { signal }: Pick<JobRun, 'signal'>): Promise<JobResult> {
    const end = performance.now() + TURN;
    for (;;) {
      // Read after what this job was staged for: whom it does not find here looks for followers itself.
      const instead = await otherBlocksOfBytes(this.database, site, image);
      let changed = 0;
      for (const find of [
        following(imagesWithBlockedBytes),
        following(imagesNearBlockedOnes),
        findReleased(instead),
      ]) {
        let after: string | null = '0';
        while (after !== null) {
          signal.throwIfAborted();
          if (performance.now() > end) {
            return { inSeconds: 0, why: 'More images follow than one run takes.' };
          }
          const done = await this.take(find, { siteId: site, imageId: image, after, limit: this.chunk });
          changed += done.changed;
          after = done.last;
        }
      }
      if (changed === 0) return { done: true };
    }
  }

  private async take(find: Find, chunk: Chunk): Promise<{ changed: number; last: string | null }> {
    let found: readonly Found[] = [];
    const outcomes = await this.neck.moderateFound(async (tx) => {
      found = await find(tx, chunk);
      return found.flatMap(({ commands }) => commands);
    });
    return {
      changed: outcomes.filter((outcome) => outcome.ok && outcome.recorded).length,
      last: found.length < chunk.limit ? null : (found.at(-1)?.id ?? null),
    };
  }
}

const following =
  (read: typeof imagesWithBlockedBytes): Find =>
  async (tx, chunk) =>
    (await read(tx, chunk)).map(({ id, reason }) => ({
      id,
      commands: [{ type: 'match', ...target(chunk, id), source: chunk.imageId, reason }],
    }));

/** Those who follow without a cause, and follow another from now on where a person blocked the same bytes there. */
const findReleased =
  (instead: readonly OtherBlock[]): Find =>
  async (tx, chunk) => {
    const site = chunk.siteId;
    const found = await followersWithoutCause(tx, chunk, instead);
    // The other may have been unblocked since it was read: it looks again.
    const next = new Set(found.flatMap(({ source }) => source ?? []));
    stageSpread(
      tx,
      [...next].map((image) => ({ site, image })),
    );
    stageMatchContent(
      tx,
      found.filter(({ mayBeNear }) => mayBeNear).map(({ id }) => ({ site, image: id })),
    );
    return found.map(({ id, source, reason }): Found => {
      const release: ImageCommand = { type: 'release', ...target(chunk, id), source: chunk.imageId };
      if (source === null || reason === null) return { id, commands: [release] };
      // Before it is released, so that it is blocked all the time.
      return { id, commands: [{ type: 'match', ...target(chunk, id), source, reason }, release] };
    });
  };

const target = ({ siteId }: Chunk, imageId: string) => ({ siteId, target: { imageId } });
