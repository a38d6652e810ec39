import {
  type BeforeApplicationShutdown,
  type DynamicModule,
  Inject,
  Injectable,
  Logger,
  Module,
  type ModuleMetadata,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type Provider,
} from '@nestjs/common';
import { CONFIG } from '../config/config.module.js';
import type { VigieConfig } from '../config/load-config.js';
import { Database } from '../database/database.js';
import { JOB_HANDLERS, type JobHandler } from '../jobs/job-handler.js';
import { Reachable } from '../outbound/reachable.js';
import { hostResolver } from '../outbound/resolve-host.js';
import { DiskSnapshots } from './disk-snapshots.js';
import type { Examiner } from './examiner.js';
import { FetchImage, type FetchImageParts } from './fetch-image.js';
import { snapshotFolder } from './images.module.js';
import { SweepSnapshots } from './sweep-snapshots.js';

/** Who decodes images: an `Examiner`, closed with the process. */
export const EXAMINER = Symbol('EXAMINER');
/** Who is told what was seen: a function of `SeenContent`. */
export const SEE_CONTENT = Symbol('SEE_CONTENT');
/** Which addresses are fetched although they are private, if any: a `Guard['trusted']`. */
export const TRUSTED_ADDRESSES = Symbol('TRUSTED_ADDRESSES');

/** Looks after snapshots that often, in milliseconds. */
const SWEEP_EVERY = 600_000;

/** Deletes what nobody needs any more until the process stops. */
@Injectable()
class KeepSweeping implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Images');
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private stopped = false;

  constructor(@Inject(SweepSnapshots) private readonly sweeper: SweepSnapshots) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.sweep(), SWEEP_EVERY);
    this.timer.unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.running;
  }

  /** Never two at once: the first look through the files of a large folder takes a while. */
  private sweep(): void {
    this.running ??= this.sweeper
      .sweep(() => this.stopped)
      .catch((error: unknown) => {
        this.logger.warn('Snapshots could not be looked after; trying again later.', error);
      })
      .finally(() => (this.running = undefined));
  }
}

/** Closes the examiner once no job runs any more: the dispatcher has stopped by then. */
@Injectable()
class CloseExaminer implements OnApplicationShutdown {
  constructor(@Inject(EXAMINER) private readonly examiner: Examiner) {}

  async onApplicationShutdown(): Promise<void> {
    await this.examiner.close();
  }
}

/** The work: addresses are looked at, snapshots looked after. For processes that do background work. */
@Module({})
export class ImagesWorkModule {
  /** @param parts providers of `EXAMINER`, `SEE_CONTENT` and perhaps `TRUSTED_ADDRESSES`, and the modules that those need */
  static register(parts: {
    readonly imports?: ModuleMetadata['imports'];
    readonly providers: readonly Provider[];
  }): DynamicModule {
    return {
      module: ImagesWorkModule,
      imports: parts.imports ?? [],
      providers: [
        ...parts.providers,
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
          inject: [
            Database,
            EXAMINER,
            SEE_CONTENT,
            DiskSnapshots,
            CONFIG,
            { token: TRUSTED_ADDRESSES, optional: true },
          ],
          useFactory: (
            database: Database,
            examiner: Examiner,
            see: FetchImageParts['see'],
            store: DiskSnapshots,
            { images: settings, outboundAllow, publicUrl }: VigieConfig,
            trusted?: (url: URL) => boolean,
          ): JobHandler[] => {
            // Plain http, too, unlike webhooks: what is fetched is public, nothing secret is sent, the bytes are judged by
            // what they are, and the reader's browser took them over http as well.
            const reachable = new Reachable(outboundAllow, 'public too');
            const resolve = hostResolver({ systemToo: reachable.allowsSome });
            const guard = { reachable, resolve, ...(trusted ? { trusted } : {}) };
            return [new FetchImage({ database, examiner, see, store, guard, settings, publicUrl })];
          },
        },
        KeepSweeping,
        CloseExaminer,
      ],
    };
  }
}
