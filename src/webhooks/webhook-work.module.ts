import { Module } from '@nestjs/common';
import { Sealed } from '../access/sealing/sealed.js';
import { CONFIG } from '../config/config.module.js';
import type { VigieConfig } from '../config/load-config.js';
import { Database } from '../database/database.js';
import { keepFollowing } from '../database/keep-following.js';
import { JOB_HANDLERS, type JobHandler } from '../jobs/job-handler.js';
import { Reachable } from '../outbound/reachable.js';
import { hostResolver } from '../outbound/resolve-host.js';
import { DeliverMessage } from './deliver-message.js';
import { EndpointSecrets } from './endpoint-secrets.js';
import { FanOut } from './fan-out.js';
import { ForgetMessages } from './forget-messages.js';

/** The work: messages are made and delivered. For processes that do background work; the doors are a module of their own. */
@Module({
  providers: [
    EndpointSecrets,
    {
      provide: FanOut,
      inject: [Database, Sealed, CONFIG],
      useFactory: (database: Database, sealed: Sealed, { webhooks }: VigieConfig) =>
        new FanOut(database, sealed, webhooks),
    },
    {
      provide: JOB_HANDLERS,
      inject: [Database, Sealed, EndpointSecrets, CONFIG],
      useFactory: (
        database: Database,
        sealed: Sealed,
        secrets: EndpointSecrets,
        { webhooks, outboundAllow }: VigieConfig,
      ): JobHandler[] => {
        const reachable = new Reachable(outboundAllow);
        const resolve = hostResolver({ systemToo: reachable.allowsSome });
        const outbound = { ...webhooks, reachable, resolve };
        return [new DeliverMessage(database, sealed, secrets, { ...webhooks, outbound })];
      },
    },
    {
      provide: ForgetMessages,
      inject: [Database, CONFIG],
      useFactory: (database: Database, { webhooks }: VigieConfig) =>
        new ForgetMessages(database, webhooks.keepDays),
    },
    keepFollowing(FanOut),
  ],
})
export class WebhookWorkModule {}
