import { type DynamicModule, Module } from '@nestjs/common';
import { AccessModule } from './access/access.module.js';
import { AccountsWorkModule } from './accounts/accounts-work.module.js';
import { AccountsModule } from './accounts/accounts.module.js';
import { ConfigModule } from './config/config.module.js';
import type { VigieConfig } from './config/load-config.js';
import { Database } from './database/database.js';
import { DatabaseModule } from './database/database.module.js';
import { DemoModule } from './demo/demo.module.js';
import { isOwnPhoto } from './demo/own-photos.js';
import { postgresReadiness } from './http/postgres-readiness.js';
import { READINESS, type ReadinessCheck } from './http/readiness.js';
import { ImagesWorkModule } from './images/images-work.module.js';
import { ImagesModule } from './images/images.module.js';
import { MatchWorkModule } from './images/matches.module.js';
import { JobsModule } from './jobs/jobs.module.js';
import { RedisReadiness } from './jobs/redis-readiness.js';
import { MetricsModule } from './metrics/metrics.module.js';
import { ModerationWorkModule } from './moderation/moderation-work.module.js';
import { PublishingModule } from './publishing/publishing.module.js';
import { ReplayModule } from './replay/replay.module.js';
import { ReportsModule } from './reports/reports.module.js';
import { ReviewModule } from './review/review.module.js';
import { SitesModule } from './sites/sites.module.js';
import { BlockIndexReadiness } from './visibility/block-index-readiness.js';
import { VisibilityModule } from './visibility/visibility.module.js';
import { WebModule } from './web/web.module.js';
import { WebhookWorkModule } from './webhooks/webhook-work.module.js';
import { WebhooksModule } from './webhooks/webhooks.module.js';

/** What a process is started with. */
export interface Installation {
  readonly config: VigieConfig;
  /** Of the database, embedded or not; already migrated. */
  readonly databaseUrl: string;
  readonly secret: Buffer;
}

@Module({})
export class AppModule {
  /** The whole service; a `worker` opens no doors, but its jobs send what they find through the neck. */
  static register({ config, databaseUrl, secret }: Installation): DynamicModule {
    const foundation = [
      ConfigModule.register(config),
      DatabaseModule.register(databaseUrl, config),
      AccessModule.register({ secret, config }),
      ...(config.role === 'api' ? [] : [JobsModule.register(config)]),
    ];
    const isDemonstrated = config.role !== 'worker' && !config.production;
    // The demonstration's photos are at the service's own address, which is private where it is tried out.
    const trusted = isDemonstrated ? isOwnPhoto(config.publicUrl) : undefined;
    return {
      module: AppModule,
      imports: [
        ...foundation,
        VisibilityModule,
        MetricsModule,
        ...(config.role === 'worker' ? [] : doors(secret)),
        ...(config.role === 'api' ? [] : background(trusted)),
        ...(isDemonstrated ? [DemoModule.register({ secret })] : []),
      ],
      providers: [
        {
          provide: READINESS,
          // Redis is there where jobs go through it.
          inject: [Database, BlockIndexReadiness, { token: RedisReadiness, optional: true }],
          useFactory: (
            database: Database,
            index: BlockIndexReadiness,
            ...redis: (RedisReadiness | undefined)[]
          ) => checks(postgresReadiness(database), index, ...redis),
        },
      ],
    };
  }
}

const doors = (secret: Buffer) => [
  ReportsModule,
  PublishingModule,
  ReviewModule,
  ImagesModule,
  SitesModule,
  ReplayModule,
  AccountsModule.register(secret),
  WebhooksModule,
  WebModule,
];

/** @param trusted which addresses are fetched although they are private */
const background = (trusted?: (url: URL) => boolean) => [
  ModerationWorkModule,
  ImagesWorkModule.register(trusted),
  MatchWorkModule,
  AccountsWorkModule,
  WebhookWorkModule,
];

const checks = (...all: readonly (ReadinessCheck | undefined)[]): ReadinessCheck[] =>
  all.filter((check) => check !== undefined);
