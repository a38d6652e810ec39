import { Logger } from '@nestjs/common';
import { SAME_PICTURE } from '../core/content.js';
import type { Database } from '../database/database.js';
import type { Doorbell } from '../database/listen.js';
import { LOG_CHANNEL } from '../database/statements/append-events.js';
import { databaseClock } from '../database/statements/database-clock.js';
import {
  type KnownPicturesRow,
  readChangedPictures,
  readKnownPictures,
} from '../database/statements/known-pictures.js';
import { Watch } from '../database/watch.js';
import { FingerprintIndex } from './fingerprint-index.js';

/** Images in one page of the load. */
const PAGE = 2_000;
/** Rings within this time are answered by one look: a look-up lags behind what people decide by that, and a look. */
const BREATH_MILLISECONDS = 200;
/**
 * Looks go back so many milliseconds before the last one: a transaction is seen when it commits, not when it stamps its
 * rows, and none that does nothing lives longer than that (database.ts).
 */
const OVERLAP = 15_000;

/** A near picture: whose it is, and how many bits of the fingerprint differ. */
export interface NearPicture {
  readonly imageId: string;
  readonly distance: number;
}

/** Of one site. */
interface SitePictures {
  readonly index: FingerprintIndex;
  /** How many fingerprints of an image there are: they are called by its id and a number. */
  readonly of: Map<string, number>;
}

/**
 * The fingerprints of what people blocked or kept, per site, in memory: 170 bytes each (docs/matches.md). Loaded page by
 * page, then followed: at a ring of the log's doorbell, and every `pollMilliseconds`. What it finds may be some moments old:
 * whoever shows it or acts on it reads what is so now.
 */
export class KnownPictures {
  private readonly sites = new Map<string, SitePictures>();
  private turn: Promise<unknown> = Promise.resolve();
  private since: Date | null = null;
  private readonly watch: Watch;

  constructor(
    private readonly database: Database,
    options: { readonly pollMilliseconds: number },
  ) {
    this.watch = new Watch(new Logger('Matches'), {
      look: async () => (await this.look(), false),
      channel: LOG_CHANNEL,
      pollMilliseconds: options.pollMilliseconds,
      breath: BREATH_MILLISECONDS,
      fails: (reason) =>
        `What people said of pictures can't be read (${reason}); near ones are found by what is known.`,
      goesOn: 'What people say of pictures is followed again.',
    });
  }

  /** Loads and follows from now on. */
  run(doorbell: Doorbell): void {
    this.watch.run(doorbell);
  }

  /** Resolves when the last look is over. */
  async stop(): Promise<void> {
    await this.watch.stop();
    await this.turn;
  }

  /** How many fingerprints are known. */
  get size(): number {
    return [...this.sites.values()].reduce((sum, { index }) => sum + index.size, 0);
  }

  /**
   * Images of the site that people judged and whose pictures are near, nearest first, each once; never the image itself.
   * Waits for the load.
   *
   * @param when `as of now` looks first, so that all is known that was committed before
   */
  async near(
    siteId: string,
    imageId: string,
    pictures: readonly Uint8Array[],
    when: 'lately' | 'as of now' = 'lately',
  ): Promise<NearPicture[]> {
    if (when === 'as of now' || this.since === null) await this.look();
    const found = new Map<string, number>();
    for (const picture of pictures) {
      for (const { id, distance } of this.sites.get(siteId)?.index.search(picture, SAME_PICTURE) ?? []) {
        const other = id.slice(0, id.indexOf('/'));
        if (other !== imageId) found.set(other, Math.min(distance, found.get(other) ?? distance));
      }
    }
    return [...found]
      .map(([other, distance]): NearPicture => ({ imageId: other, distance }))
      .sort((a, b) => a.distance - b.distance);
  }

  /** One at a time: reads everything, or what changed since the last look. Throws what the database throws. */
  look(): Promise<void> {
    const mine = this.turn.then(async () => {
      const now = await databaseClock(this.database);
      if (this.since === null) await this.load();
      else {
        const since = new Date(this.since.getTime() - OVERLAP);
        for (const row of await readChangedPictures(this.database, since)) this.take(row);
      }
      this.since = now;
    });
    this.turn = mine.catch(() => undefined);
    return mine;
  }

  private async load(): Promise<void> {
    let after = { siteId: '0', imageId: '0' };
    while (!this.watch.stopped) {
      const rows = await readKnownPictures(this.database, after, PAGE);
      for (const row of rows) this.take(row);
      const last = rows.at(-1);
      if (last === undefined) return;
      after = last;
    }
  }

  /** All that is known of an image from now on. */
  private take({ siteId, imageId, pictures }: KnownPicturesRow): void {
    const site = this.sites.get(siteId) ?? { index: new FingerprintIndex(), of: new Map<string, number>() };
    const known = site.of.get(imageId) ?? 0;
    for (let n = 0; n < known; n += 1) site.index.remove(`${imageId}/${n}`);
    pictures.forEach((picture, n) => site.index.add(`${imageId}/${n}`, picture));
    if (pictures.length > 0) site.of.set(imageId, pictures.length);
    else site.of.delete(imageId);
    this.sites.set(siteId, site);
  }
}
