import { hash } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { Places } from '../access/limits/places.js';
import type { ImageSettings } from '../config/load-config.js';
import type { Database } from '../database/database.js';
import type { DatabaseTime } from '../database/database-time.js';
import {
  endWatch,
  forgetWatch,
  type SavedLook,
  saveLook,
  takeWatch,
  type WatchRow,
} from '../database/statements/content/watched-address.js';
import { isConnectionLost, isFromDatabase } from '../database/postgres-errors.js';
import type { JobHandler, JobResult, JobRun } from '../jobs/job-handler.js';
import type { SeenContent, SeenOutcome } from '../moderation/seen-content.js';
import type { Guard } from '../outbound/guarded-request.js';
import { imageLooks } from '../telemetry/measures.js';
import { inSpan } from '../telemetry/tracing.js';
import { askHost } from './ask-host.js';
import { type ExaminedImage, type ImageExaminer, ImageProblem } from './examine-image.js';
import { FETCH_IMAGE, type FetchedAddress } from '../moderation/fetch-image.js';
import { keepSnapshot } from './keep-snapshot.js';
import { type Look, lookAtAddress } from './look-at-address.js';
import { isWatchOver, placeAfter, untilDue, untilNextLook } from './recheck-schedule.js';
import type { SnapshotStore } from './snapshot-store.js';
import { vouchedHost } from './vouched-host.js';

export interface FetchImageParts {
  readonly database: Database;
  readonly examiner: Pick<ImageExaminer, 'examine'>;
  /** Tells what was seen, and what that led to. */
  readonly see: (content: SeenContent) => Promise<SeenOutcome>;
  readonly store: SnapshotStore;
  readonly guard: Guard;
  readonly settings: ImageSettings;
  readonly publicUrl: string;
}

const DONE: JobResult = { done: true };

/** For so long nothing of what must not be fetched is asked for again, in seconds: a day. */
const SEVERE_SECONDS = 86_400;
/** The same where fetching is off: what is turned on in the morning has looked at everything by the next one. */
const OFF_SECONDS = 86_400;
/** Before an image that was just not found is looked for again, in seconds. */
const UNKNOWN_SECONDS = 60;
/** When all places are taken: about as long as a look takes, spread, and for longer each time. */
const PLACE_SECONDS = { least: 3, spread: 12, most: 300 };

/**
 * One look at an address (docs/rules.md, rules 6, 14 and 19). What it finds changes an image by way of `see` alone; what
 * it does not find changes nothing: the report stands.
 */
export class FetchImage implements JobHandler<FetchedAddress> {
  readonly kind = FETCH_IMAGE;
  private readonly logger = new Logger('Images');
  private readonly places: Places;

  constructor(private readonly parts: FetchImageParts) {
    const { atOnce } = parts.settings;
    // At most half of them are one site's: who has a thousand slow pictures keeps no other site waiting.
    this.places = new Places(atOnce, Math.max(1, Math.floor(atOnce / 2)));
  }

  async run({ site, hash: hex, url, announced = false }: FetchedAddress, run: JobRun): Promise<JobResult> {
    const { database, settings } = this.parts;
    const address = { siteId: site, hash: Buffer.from(hex, 'hex'), url, jobId: run.jobId };
    if (!settings.fetch) return again(OFF_SECONDS, 'Fetching images is switched off.');
    // Before anything is asked of Postgres: where many wait, they wait for free.
    const leave = this.places.take(site);
    if (leave === null) return again(placeSeconds(run.attempt), 'As many are looked at as may be.');
    try {
      const watch = await database.inIndexedTransaction((tx) =>
        takeWatch(tx, address, { ...address, announced }),
      );
      if (watch === undefined) {
        await forgetWatch(database, address.hash, run.jobId);
        return DONE;
      }
      return await this.watched(address, watch, run.signal);
    } finally {
      leave();
    }
  }

  private async watched(address: Address, watch: WatchRow, signal: AbortSignal): Promise<JobResult> {
    const { database, settings } = this.parts;
    if (isWatchOver(watch, settings.watchDays)) return this.end(address, null);
    if (watch.severe) return this.wait(address, watch, SEVERE_SECONDS);
    const vouched = vouchedHost(watch.url, watch);
    if (!vouched.ok) return this.end(address, vouched.why);
    const early = untilDue(watch, settings.recheckSeconds[0] ?? 0);
    if (early > 0) return again(early, 'It is not due yet.');
    const { host } = vouched;
    const turn = await askHost(database, host, settings.perHostPerMinute);
    if (turn !== null) return { again: turn, why: `${host} was asked as often as it may be in a minute.` };
    try {
      return await this.look(address, watch, signal);
    } catch (error) {
      // Postgres is back soon; whatever else is wrong here, such as an examiner that does not start, is not the address'
      // fault, and may last: a job that gave up would end its watch, and nobody would see.
      if (signal.aborted || isFromDatabase(error)) throw error;
      // Without the address, which is what a reader sent, with all that it may hold: the job has it, for as long as it is needed.
      this.logger.error(`What is at the address of job ${address.jobId} could not be looked at.`, error);
      return this.failed(address, watch, 'It could not be looked at here.');
    }
  }

  private async look(address: Address, watch: WatchRow, signal: AbortSignal): Promise<JobResult> {
    const { guard, settings, publicUrl } = this.parts;
    // All of it, where what we know is not what the image stands for, or there is no copy yet.
    const known = watch.settled ? watch : { etag: null, lastModified: null };
    // Without its address, and no trace is told to hosts that did not ask for anything.
    const found = await inSpan('image fetch', {}, () =>
      lookAtAddress(watch.url, known, publicUrl, { ...guard, ...settings }, signal),
    );
    if (!signal.aborted) imageLooks.inc({ outcome: OUTCOME[found.found] });
    if (found.found === 'nothing') {
      if (signal.aborted) return again(0, 'The process was stopping.');
      return this.failed(address, watch, found.problem);
    }
    if (found.found === 'unchanged') return this.unchanged(address, watch, watch);
    if (watch.settled && watch.sha256?.equals(sha256(found.bytes)) === true)
      return this.unchanged(address, watch, found);
    try {
      const image = await this.parts.examiner.examine(found.bytes, { snapshots: true, signal });
      return await this.seen(address, watch, image, found);
    } catch (error) {
      if (error instanceof ImageProblem && !signal.aborted) return this.failed(address, watch, error.message);
      throw error;
    }
  }

  private async seen(
    address: Address,
    watch: WatchRow,
    image: ExaminedImage,
    { etag, lastModified }: FoundBytes,
  ): Promise<JobResult> {
    const { siteId, hash } = address;
    const { sha256, pdq, quality, indistinct, width, height, bytes, format } = image;
    const outcome = await this.parts.see({
      ...{ siteId, hash, sha256, pdq, quality, indistinct, width, height, bytes, format },
      announced: watch.announced,
    });
    // It became part of another, or its address did: the next look finds out.
    if (!outcome.known) return again(UNKNOWN_SECONDS, 'The image was not there any more.');
    const problem = outcome.severe ? null : await this.keep(siteId, image, outcome);
    const found = FOUND[outcome.change];
    return this.save(address, {
      unchanged: placeAfter(found, watch),
      failures: problem === null ? 0 : watch.failures + 1,
      problem,
      ...{ etag, lastModified, sha256 },
      announcementKept: found === 'other',
    });
  }

  /**
   * A sentence when the copy could not be kept: the bytes have been seen, and it is tried again with the next look. Throws where
   * Postgres went away: that says nothing of the copy, and the job comes again as soon as Postgres does.
   */
  private async keep(
    siteId: string,
    { sha256, snapshots }: ExaminedImage,
    content: { readonly imageId: string; readonly version: number },
  ): Promise<string | null> {
    if (snapshots === null) return null;
    try {
      await keepSnapshot(this.parts.database, this.parts.store, { siteId, sha256 }, snapshots, content);
      return null;
    } catch (error) {
      if (isConnectionLost(error)) throw error;
      this.logger.error('A copy of an image could not be kept.', error);
      return 'Its copy could not be kept here.';
    }
  }

  private unchanged(
    address: Address,
    { unchanged, sha256, announced }: WatchRow,
    { etag, lastModified }: Pick<WatchRow, 'etag' | 'lastModified'>,
  ): Promise<JobResult> {
    // What was announced and has not come yet is waited for: a CDN serves old bytes for a while.
    const looks = { unchanged: announced ? 0 : unchanged + 1, failures: 0, problem: null };
    return this.save(address, { ...looks, etag, lastModified, sha256, announcementKept: false });
  }

  private failed(address: Address, watch: WatchRow, problem: string): Promise<JobResult> {
    const { unchanged, failures, etag, lastModified, sha256 } = watch;
    const looks = { unchanged, failures: failures + 1, problem: problem.slice(0, LONGEST_PROBLEM) };
    return this.save(address, { ...looks, etag, lastModified, sha256, announcementKept: false });
  }

  private async save(
    { hash, jobId }: Address,
    look: Omit<SavedLook, 'hash' | 'jobId' | 'seconds' | 'looked'>,
  ): Promise<JobResult> {
    const seconds = untilNextLook(this.parts.settings.recheckSeconds, look, Math.random());
    return this.planned(
      await saveLook(this.parts.database, { ...look, hash, jobId, seconds, looked: true }),
      look.problem ?? 'It is looked at again.',
    );
  }

  /** Without asking anybody. */
  private async wait({ hash, jobId }: Address, watch: WatchRow, seconds: number): Promise<JobResult> {
    const { unchanged, failures, etag, lastModified, sha256 } = watch;
    const looks = { unchanged, failures, problem: null, etag, lastModified, sha256, announcementKept: false };
    return this.planned(
      await saveLook(this.parts.database, { ...looks, hash, jobId, seconds, looked: false }),
      'It must not be fetched.',
    );
  }

  private planned(again: DatabaseTime | undefined, why: string): JobResult {
    return again === undefined ? DONE : { again, why };
  }

  private async end({ hash, jobId }: Address, problem: string | null): Promise<JobResult> {
    await endWatch(this.parts.database, hash, jobId, problem);
    return DONE;
  }
}

const OUTCOME = { bytes: 'fetched', unchanged: 'unchanged', nothing: 'failed' } as const;

const FOUND = {
  first: 'first',
  same: 'same',
  're-encoded': 'same',
  new: 'other',
  returned: 'other',
} as const;

type FoundBytes = Extract<Look, { found: 'bytes' }>;

interface Address {
  readonly siteId: string;
  readonly hash: Buffer;
  readonly url: string;
  readonly jobId: string;
}

const sha256 = (bytes: Buffer): Buffer => hash('sha256', bytes, 'buffer');

/** What `watched_address.problem` holds. */
const LONGEST_PROBLEM = 500;

const again = (inSeconds: number, why: string): JobResult => ({ inSeconds, why });

const placeSeconds = (attempt: number): number =>
  PLACE_SECONDS.least +
  Math.min(PLACE_SECONDS.spread * attempt, PLACE_SECONDS.most - PLACE_SECONDS.least) * Math.random();
