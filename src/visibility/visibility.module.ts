import {
  type BeforeApplicationShutdown,
  Injectable,
  Inject,
  Module,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { CONFIG } from '../config/config.module.js';
import type { VigieConfig } from '../config/load-config.js';
import { Database } from '../database/database.js';
import { Doorbell } from '../database/listen.js';
import { isConnectionLost } from '../database/postgres-errors.js';
import { BlockIndex } from './block-index.js';
import { BlockIndexReadiness } from './block-index-readiness.js';
import { ChangeFeed } from './change-feed.js';
import { LogFollower } from './follow-log.js';

/** Loads the block index before the first request, and follows the log until the process stops. */
@Injectable()
class KeepBlockIndex implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    @Inject(LogFollower) private readonly follower: LogFollower,
    @Inject(Doorbell) private readonly doorbell: Doorbell,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    // With the database away a process may start: it says that it is not ready, and loads when it can.
    await this.follower.load().catch((error: unknown) => {
      if (!isConnectionLost(error)) throw error;
    });
    this.follower.run(this.doorbell);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.follower.stop();
  }
}

/** Needs the global modules of configuration and database. */
@Module({
  providers: [
    BlockIndex,
    { provide: ChangeFeed, useFactory: () => new ChangeFeed() },
    {
      provide: LogFollower,
      inject: [Database, BlockIndex, CONFIG, ChangeFeed],
      useFactory: (db: Database, index: BlockIndex, { visibility }: VigieConfig, feed: ChangeFeed) =>
        new LogFollower(db, index, visibility, feed),
    },
    {
      provide: BlockIndexReadiness,
      inject: [BlockIndex, CONFIG],
      useFactory: (index: BlockIndex, { visibility }: VigieConfig) =>
        new BlockIndexReadiness(index, visibility),
    },
    KeepBlockIndex,
  ],
  exports: [BlockIndex, BlockIndexReadiness, ChangeFeed, LogFollower],
})
export class VisibilityModule {}
