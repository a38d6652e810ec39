import { Logger } from '@nestjs/common';
import { SAME_PICTURE } from '../core/content.js';
import type { Database } from '../database/database.js';
import type { Doorbell } from '../database/listen.js';
import { LOG_CHANNEL } from '../database/statements/log/append-events.js';
import {
  type KnownImage,
  type KnownPicturesRow,
  type Moment,
  readChangedImages,
  readKnownImages,
  readKnownPictures,
  readMoment,
} from '../database/statements/content/known-pictures.js';
import { Watch } from '../database/watch.js';
import { FingerprintIndex } from './fingerprint-index.js';

/** Images that are read together: 10 ms in which nobody else is answered. */
const PAGE = 500;
/** Rings within this time are answered by one look: a look-up lags behind what people decide by that, and a look. */
const BREATH_MILLISECONDS = 200;

/** A near picture: whose it is, and how many bits of the fingerprint differ. */
export interface NearPicture {
  readonly imageId: string;
  readonly distance: number;
}

/**
 * The fingerprints of what people blocked or kept, per site, in memory: 240 bytes each, of which the index takes 169
 * (docs/matches.md, docs/fingerprints.md). Loaded page by page, then followed: at a ring of the log's doorbell, and every
 * `pollMilliseconds`. A look reads what the one before could not see, and so misses nothing that commits late. What it finds may
 * be some moments old: whoever shows it or acts on it reads what is so now.
 */
export class KnownPictures {
  /** Of all sites together, since the lists of an index take 8 MB each: "site/image/number". */
  private readonly index = new FingerprintIndex();
  /** How many fingerprints of an image there are, by "site/image". */
  private readonly counts = new Map<string, number>();
  private turn: Promise<unknown> = Promise.resolve();
  /** The last look. */
  private since: Moment | null = null;
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
    return this.index.size;
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
      for (const { id, distance } of this.index.search(picture, SAME_PICTURE)) {
        const [site, other = ''] = id.split('/');
        if (site !== siteId || other === imageId) continue;
        found.set(other, Math.min(distance, found.get(other) ?? distance));
      }
    }
    return [...found]
      .map(([other, distance]): NearPicture => ({ imageId: other, distance }))
      .sort((a, b) => a.distance - b.distance);
  }

  /** One at a time: reads everything, or what changed since the last look. Throws what the database throws. */
  look(): Promise<void> {
    const mine = this.turn.then(async () => {
      const now = await readMoment(this.database);
      // The numbers of transactions are a server's own: after a failover or a restore they may begin below those that were seen.
      if (this.since?.server === now.server) await this.follow(this.since);
      else await this.load();
      this.since = now;
    });
    this.turn = mine.catch(() => undefined);
    return mine;
  }

  private async load(): Promise<void> {
    const gone = new Set(this.counts.keys());
    let last: KnownImage | undefined = { siteId: '0', imageId: '0' };
    while (last !== undefined) {
      if (this.watch.stopped) return;
      const images: KnownImage[] = await readKnownImages(this.database, last, PAGE);
      await this.read(images);
      for (const image of images) gone.delete(nameOf(image));
      last = images.at(-1);
    }
    for (const name of gone) {
      const [siteId = '', imageId = ''] = name.split('/');
      this.take({ siteId, imageId, pictures: [] });
    }
  }

  private async follow(since: Moment): Promise<void> {
    const changed = await readChangedImages(this.database.byIndex, since);
    for (let at = 0; at < changed.length; at += PAGE) await this.read(changed.slice(at, at + PAGE));
  }

  private async read(images: readonly KnownImage[]): Promise<void> {
    for (const row of await readKnownPictures(this.database, images)) this.take(row);
  }

  /** All that is known of an image from now on. */
  private take({ pictures, ...image }: KnownPicturesRow): void {
    const name = nameOf(image);
    const known = this.counts.get(name) ?? 0;
    for (let n = pictures.length; n < known; n += 1) this.index.remove(`${name}/${n}`);
    pictures.forEach((picture, n) => this.index.add(`${name}/${n}`, picture));
    if (pictures.length > 0) this.counts.set(name, pictures.length);
    else this.counts.delete(name);
  }
}

const nameOf = ({ siteId, imageId }: KnownImage): string => `${siteId}/${imageId}`;
