import { type DynamicModule, Inject, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { CONFIG } from '../config/config.module.js';
import type { VigieConfig } from '../config/load-config.js';
import { Database } from '../database/database.js';
import { Regularly } from '../database/regularly.js';
import { JOB_HANDLERS, type JobHandler } from '../jobs/job-handler.js';
import { Neck } from '../moderation/neck.js';
import { ModerationModule } from '../moderation/moderation.module.js';
import type { Guard } from '../outbound/guarded-request.js';
import { Reachable } from '../outbound/reachable.js';
import { hostResolver } from '../outbound/resolve-host.js';
import { DiskSnapshots } from './disk-snapshots.js';
import { ImageExaminer } from './examine-image.js';
import { FetchImage } from './fetch-image.js';
import { snapshotFolder } from './images.module.js';
import { lookAtMissed } from './look-at-missed.js';
import { SweepSnapshots } from './sweep-snapshots.js';

/** Looks after snapshots that often, in milliseconds. */
const SWEEP_EVERY = 600_000;
/** For the first time so soon, and up to as much later by chance: those that start together do not sweep together. */
const FIRST_SWEEP = 15_000;

/** Deletes what nobody needs any more until the process stops. */
@Injectable()
export class KeepSweeping extends Regularly {
  constructor(@Inject(SweepSnapshots) private readonly sweeper: SweepSnapshots) {
    super(
      'Images',
      'Snapshots could not be looked after; trying again later.',
      SWEEP_EVERY,
      FIRST_SWEEP * (1 + Math.random()),
    );
  }

  protected once(): Promise<unknown> {
    return this.sweeper.sweep(() => this.stopped);
  }
}

/** For images that are not watched is looked that often, in milliseconds: what is turned on in the morning has seen all by the next one. */
const MISSED_EVERY = 86_400_000;
/** For the first time so soon, and up to as much later by chance. */
const FIRST_MISSED = 30_000;

/** Has looked at what was reported while nothing was fetched, or before its site vouched for the host. */
@Injectable()
class KeepLookingForMissed extends Regularly {
  constructor(
    private readonly database: Database,
    @Inject(CONFIG) private readonly config: VigieConfig,
  ) {
    super(
      'Images',
      'Images that are not watched could not be looked for; trying again later.',
      MISSED_EVERY,
      FIRST_MISSED * (1 + Math.random()),
    );
  }

  protected async once(): Promise<void> {
    if (this.config.images.fetch) await lookAtMissed(this.database, () => this.stopped);
  }
}

/** Closes the examiner once no job runs any more: the dispatcher has stopped by then. */
@Injectable()
class CloseExaminer implements OnApplicationShutdown {
  constructor(@Inject(ImageExaminer) private readonly examiner: ImageExaminer) {}

  async onApplicationShutdown(): Promise<void> {
    await this.examiner.close();
  }
}

/** The work: addresses are looked at, snapshots looked after. For processes that do background work. */
@Module({})
export class ImagesWorkModule {
  /** @param trusted which addresses are fetched although they are private, if any */
  static register(trusted?: Guard['trusted']): DynamicModule {
    return {
      module: ImagesWorkModule,
      imports: [ModerationModule],
      providers: [
        {
          provide: ImageExaminer,
          inject: [CONFIG],
          useFactory: ({ images }: VigieConfig) => new ImageExaminer(images),
        },
        {
          provide: DiskSnapshots,
          inject: [CONFIG],
          useFactory: (config: VigieConfig) => new DiskSnapshots(snapshotFolder(config)),
        },
        {
          provide: SweepSnapshots,
          inject: [Database, DiskSnapshots, CONFIG],
          useFactory: (database: Database, store: DiskSnapshots, { images }: VigieConfig) =>
            new SweepSnapshots(database, store, images),
        },
        {
          provide: JOB_HANDLERS,
          inject: [Database, ImageExaminer, Neck, DiskSnapshots, CONFIG],
          useFactory: (
            database: Database,
            examiner: ImageExaminer,
            neck: Neck,
            store: DiskSnapshots,
            { images: settings, outboundAllow, publicUrl }: VigieConfig,
          ): JobHandler[] => {
            // Plain http, too, unlike webhooks: what is fetched is public, nothing secret is sent, the bytes are judged by
            // what they are, and the reader's browser took them over http as well.
            const reachable = new Reachable(outboundAllow, 'public too');
            const resolve = hostResolver({ systemToo: reachable.allowsSome });
            const guard = { reachable, resolve, ...(trusted ? { trusted } : {}) };
            const see: Neck['see'] = (content) => neck.see(content);
            return [new FetchImage({ database, examiner, see, store, guard, settings, publicUrl })];
          },
        },
        KeepSweeping,
        KeepLookingForMissed,
        CloseExaminer,
      ],
    };
  }
}
