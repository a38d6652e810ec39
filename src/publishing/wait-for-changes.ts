import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Places } from '../access/limits/places.js';
import { CONFIG } from '../config/config.module.js';
import type { VigieConfig } from '../config/load-config.js';
import { VigieError } from '../core/errors.js';
import { ChangeFeed } from '../visibility/change-feed.js';
import type { FeedPlace } from './change-cursor.js';
import { feedPlaces } from './feed-places.js';
import { type ChangePage, ReadChanges } from './read-changes.js';

/** Long polls: wait until something changes, without a query. At the end of the process all are answered at once. */
@Injectable()
export class WaitForChanges implements OnModuleDestroy {
  private readonly waiting = new Set<() => void>();
  private readonly places: Places;
  private ending = false;

  constructor(
    private readonly read: ReadChanges,
    private readonly feed: ChangeFeed,
    @Inject(CONFIG) { feed: { maxWaiting } }: Pick<VigieConfig, 'feed'>,
  ) {
    this.places = feedPlaces(maxWaiting);
  }

  /**
   * The next changes after a place; without any, waits until there are, for so many seconds, or until the caller is gone.
   *
   * @throws VigieError CURSOR_EXPIRED; UNAVAILABLE when Postgres is needed and out of reach, and when too many wait
   */
  async next(place: FeedPlace, limit: number, seconds: number, gone: AbortSignal): Promise<ChangePage> {
    await this.read.check(place);
    const end = performance.now() + seconds * 1000;
    let from = place;
    for (;;) {
      const page = await this.read.page(from, limit);
      const left = end - performance.now();
      if (page.changes.length > 0 || left <= 0 || gone.aborted || this.ending) return page;
      from = page.place;
      // A change that came while Postgres was read for older ones woke nobody: it is read before anybody waits.
      if (this.isTheEnd(from)) await this.change(from.siteId, left, gone);
    }
  }

  onModuleDestroy(): void {
    this.ending = true;
    for (const wake of [...this.waiting]) wake();
  }

  private isTheEnd({ epoch, seq }: FeedPlace): boolean {
    return epoch === this.feed.epoch && seq === this.feed.head;
  }

  /** A change of the site, a new epoch, the end of the time, of the caller or of the process: whichever comes first. */
  private change(siteId: string, milliseconds: number, gone: AbortSignal): Promise<void> {
    const leave = this.places.take(siteId);
    if (leave === null) {
      throw new VigieError(
        'UNAVAILABLE',
        'As many callers wait for changes in this process as may, of all sites or of yours. Ask again in a second, or with wait=0.',
      );
    }
    return new Promise((resolve) => {
      const wake = (): void => {
        off();
        leave();
        clearTimeout(timer);
        gone.removeEventListener('abort', wake);
        this.waiting.delete(wake);
        resolve();
      };
      const off = this.feed.onChange(siteId, wake);
      const timer = setTimeout(wake, milliseconds);
      gone.addEventListener('abort', wake);
      this.waiting.add(wake);
    });
  }
}
