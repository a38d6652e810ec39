import { Module } from '@nestjs/common';
import { CONFIG } from '../config/config.module.js';
import type { VigieConfig } from '../config/load-config.js';
import { Reachable } from '../outbound/reachable.js';
import { WebhookEndpointsController } from './endpoints.controller.js';
import { EndpointSecrets } from './endpoint-secrets.js';
import { FindEndpoints } from './find-endpoints.js';
import { KeepEndpoints } from './keep-endpoints.js';
import { WebhookMessagesController } from './messages.controller.js';
import { SendByHand } from './send-by-hand.js';
import { WebhookViews } from './webhook-views.js';

/** The doors. Needs the global modules of configuration, database and access. */
@Module({
  controllers: [WebhookEndpointsController, WebhookMessagesController],
  providers: [
    EndpointSecrets,
    FindEndpoints,
    KeepEndpoints,
    SendByHand,
    WebhookViews,
    {
      provide: Reachable,
      inject: [CONFIG],
      useFactory: ({ outboundAllow }: VigieConfig) => new Reachable(outboundAllow),
    },
  ],
})
export class WebhooksModule {}
