import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { Allow, CurrentCaller } from '../access/allow.js';
import type { Caller } from '../access/caller.js';
import { SiteParam } from '../contract/publishing.js';
import { MessageAnswer, MessagePage, MessagesQuery } from '../contract/webhooks.js';
import { FindEndpoints } from './find-endpoints.js';
import { SendByHand } from './send-by-hand.js';
import { WebhookViews } from './webhook-views.js';

const ALLOWED = { keys: ['secret'], staff: 'lead', scope: 'webhooks' } as const;

@ApiTags('Webhooks')
@Controller('v1/webhook-endpoints/:id')
export class WebhookMessagesController {
  constructor(
    private readonly find: FindEndpoints,
    private readonly byHand: SendByHand,
    private readonly views: WebhookViews,
  ) {}

  @ApiOperation({
    summary: 'Send a test',
    description:
      'A message of type `webhook.test`, whatever the endpoint asks for. What came of it is in its messages.',
  })
  @ApiCreatedResponse({ type: MessageAnswer })
  @Allow(ALLOWED)
  @ApiConflictResponse({ description: 'The endpoint is disabled.' })
  @Post('test')
  async test(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Query() { site }: SiteParam,
  ): Promise<MessageAnswer> {
    const named = await this.find.named(caller, site, id);
    return this.views.message(await this.byHand.test(named.siteId, named.id, new Date()));
  }

  @ApiOperation({
    summary: 'The messages of an endpoint with their attempts, the newest first',
    description: 'A page with long messages has fewer than `limit`: it ends with the one that makes it 2 MB.',
  })
  @ApiOkResponse({ type: MessagePage })
  @Allow(ALLOWED)
  @Get('messages')
  list(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Query() query: MessagesQuery,
  ): Promise<MessagePage> {
    return this.find.messages(caller, id, query);
  }

  @ApiOperation({
    summary: 'Send a message again',
    description: 'At once, delivered or not, under the same `webhook-id`, and with all attempts before it.',
  })
  @ApiOkResponse({ type: MessageAnswer })
  @Allow(ALLOWED)
  @HttpCode(200)
  @ApiConflictResponse({ description: 'The endpoint is disabled.' })
  @Post('messages/:messageId/retry')
  async retry(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Param('messageId') message: string,
    @Query() { site }: SiteParam,
  ): Promise<MessageAnswer> {
    const named = await this.find.named(caller, site, id);
    const messageId = this.find.messageId(message);
    return this.views.message(await this.byHand.retry(named.siteId, named.id, messageId));
  }
}
