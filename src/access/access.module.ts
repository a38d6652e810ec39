import { Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD, HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import type { VigieConfig } from '../config/load-config.js';
import { Database } from '../database/database.js';
import { Doorbell } from '../database/listen.js';
import { databaseIdentity } from '../database/statements/server/database-identity.js';
import { Adapter } from '../http/adapter.js';
import { AccessGuard } from './access.guard.js';
import { answerPreflight } from './origins/answer-preflight.js';
import { Challenges } from './readers/challenges.js';
import { ChangeSettings } from './sites/change-settings.js';
import { CookieDoor } from './staff/cookie-door.js';
import { DeviceTokens } from './readers/device-token.js';
import { KeyDirectory } from './keys/key-directory.js';
import { LimitKeys } from './limits/limit-keys.js';
import { LimitsRedis } from './limits/limits-redis.js';
import { Networks, prefixesOf } from './readers/networks.js';
import { OwnOrigin } from './origins/own-origin.js';
import { RateLimits } from './limits/rate-limits.js';
import { Receipts } from './readers/receipt.js';
import { Reporters } from './readers/reporter.js';
import { Sealed } from './sealing/sealed.js';
import { SessionCookies } from './staff/session-cookies.js';
import { Sessions } from './staff/sessions.js';
import { SiteOf } from './sites/site-of.js';

/** What the doors need to know. */
export interface AccessSettings {
  readonly secret: Buffer;
  readonly config: Pick<
    VigieConfig,
    'limits' | 'rateLimits' | 'redisUrl' | 'role' | 'publicUrl' | 'accounts'
  >;
}

const narrowNetworkOf = (address = ''): string => prefixesOf(address).narrow;

/** Who is calling: for every room, and before every route. Needs `Database` and `Doorbell` from a global module. */
@Module({})
export class AccessModule {
  /** Routes are registered after modules are made, so this is early enough to see them all. */
  constructor({ httpAdapter }: HttpAdapterHost) {
    const fastify = httpAdapter?.getInstance<FastifyInstance | undefined>();
    if (fastify !== undefined) answerPreflight(fastify);
    if (httpAdapter instanceof Adapter) httpAdapter.networkOf = narrowNetworkOf;
  }

  static register({ secret, config }: AccessSettings): DynamicModule {
    const providers = [
      { provide: Sealed, useFactory: () => new Sealed(secret) },
      { provide: DeviceTokens, inject: [Sealed], useFactory: (sealed: Sealed) => new DeviceTokens(sealed) },
      { provide: Networks, useFactory: () => new Networks(secret) },
      {
        provide: Challenges,
        inject: [Sealed],
        useFactory: (sealed: Sealed) => new Challenges(secret, sealed),
      },
      { provide: Receipts, inject: [Sealed], useFactory: (sealed: Sealed) => new Receipts(sealed) },
      {
        provide: Reporters,
        inject: [Sealed, DeviceTokens, Networks],
        useFactory: (sealed: Sealed, devices: DeviceTokens, networks: Networks) =>
          new Reporters(secret, sealed, devices, networks),
      },
      {
        provide: KeyDirectory,
        inject: [Database, Doorbell],
        useFactory: (database: Database, doorbell: Doorbell) => new KeyDirectory(database, doorbell),
      },
      {
        provide: Sessions,
        inject: [Database],
        useFactory: (database: Database) => new Sessions(secret, database, config.accounts.idleMinutes),
      },
      { provide: SessionCookies, useFactory: () => new SessionCookies(config.publicUrl) },
      { provide: OwnOrigin, useFactory: () => new OwnOrigin(config.publicUrl) },
      {
        provide: ChangeSettings,
        inject: [Database, KeyDirectory],
        useFactory: (database: Database, keys: KeyDirectory) => new ChangeSettings(database, keys),
      },
      {
        provide: LimitsRedis,
        // A process without doors counts nothing.
        useFactory: () =>
          config.rateLimits && config.redisUrl !== null && config.role !== 'worker'
            ? new LimitsRedis(config.redisUrl)
            : null,
      },
      {
        provide: RateLimits,
        inject: [DeviceTokens, Networks, LimitsRedis, Database],
        useFactory: async (
          devices: DeviceTokens,
          networks: Networks,
          redis: LimitsRedis | null,
          database: Database,
        ) =>
          new RateLimits(
            config.rateLimits ? config.limits : null,
            new LimitKeys(secret, devices, networks),
            redis === null ? null : { redis, prefix: `vigie-${await databaseIdentity(database)}:limits` },
          ),
      },
      {
        provide: SiteOf,
        inject: [Database, Sealed],
        useFactory: (database: Database, sealed: Sealed) => new SiteOf(database, sealed),
      },
    ];
    return {
      module: AccessModule,
      global: true,
      providers: [...providers, CookieDoor, { provide: APP_GUARD, useClass: AccessGuard }],
      exports: providers.map(({ provide }) => provide),
    };
  }
}
