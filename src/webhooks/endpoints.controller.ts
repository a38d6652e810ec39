import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Allow, CurrentCaller } from '../access/allow.js';
import type { Caller } from '../access/caller.js';
import { SiteParam } from '../contract/publishing.js';
import {
  ChangeEndpointRequest,
  CreateEndpointRequest,
  EndpointAnswer,
  EndpointPage,
  EndpointsQuery,
  EndpointWithSecret,
} from '../contract/webhooks.js';
import { FindEndpoints } from './find-endpoints.js';
import { KeepEndpoints } from './keep-endpoints.js';
import { WebhookViews } from './webhook-views.js';

const ALLOWED = { keys: ['secret'], staff: 'lead', scope: 'webhooks' } as const;

const EXAMPLES = {
  blocks: {
    summary: 'What a page cache needs',
    value: { url: 'https://www.example.ma/hooks/vigie', events: ['image.blocked', 'image.unblocked'] },
  },
};

@ApiTags('Webhooks')
@Controller('v1/webhook-endpoints')
export class WebhookEndpointsController {
  constructor(
    private readonly endpoints: KeepEndpoints,
    private readonly find: FindEndpoints,
    private readonly views: WebhookViews,
  ) {}

  @ApiOperation({
    summary: 'Make an endpoint',
    description:
      'It gets what happens from then on. 201 shows its secret, once; an address that the site has already gives the ' +
      'endpoint that is there, unchanged, with 200. A site has at most 20 unless the operator says otherwise.',
  })
  @ApiBody({ type: CreateEndpointRequest, examples: EXAMPLES })
  @ApiCreatedResponse({ type: EndpointWithSecret })
  @ApiOkResponse({ type: EndpointAnswer })
  @Allow(ALLOWED)
  @ApiConflictResponse({ description: 'The site has as many endpoints as it may have.' })
  @Post()
  async create(
    @CurrentCaller() caller: Caller,
    @Query() { site }: SiteParam,
    @Body() body: CreateEndpointRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EndpointAnswer | EndpointWithSecret> {
    const siteId = await this.find.siteOf(caller, site);
    const { row, secret } = await this.endpoints.create(siteId, body);
    reply.status(secret === null ? 200 : 201);
    return { ...this.views.endpoint(row), ...(secret === null ? {} : { secret }) };
  }

  @ApiOperation({ summary: 'The endpoints of the site' })
  @ApiOkResponse({ type: EndpointPage })
  @Allow(ALLOWED)
  @Get()
  list(@CurrentCaller() caller: Caller, @Query() query: EndpointsQuery): Promise<EndpointPage> {
    return this.find.list(caller, query);
  }

  @ApiOperation({ summary: 'An endpoint' })
  @ApiOkResponse({ type: EndpointAnswer })
  @Allow(ALLOWED)
  @Get(':id')
  async read(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Query() { site }: SiteParam,
  ): Promise<EndpointAnswer> {
    return this.views.endpoint(await this.find.one(caller, site, id));
  }

  @ApiOperation({ summary: 'Change what is named of an endpoint; disable and enable it' })
  @ApiOkResponse({ type: EndpointAnswer })
  @Allow(ALLOWED)
  @ApiConflictResponse({ description: 'Another endpoint of the site has this address.' })
  @Patch(':id')
  async change(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Query() { site }: SiteParam,
    @Body() body: ChangeEndpointRequest,
  ): Promise<EndpointAnswer> {
    const named = await this.find.named(caller, site, id);
    return this.views.endpoint(await this.endpoints.change(named.siteId, named.id, body));
  }

  @ApiOperation({
    summary: 'Remove an endpoint',
    description: 'Its messages go with it, those that wait too.',
  })
  @ApiNoContentResponse({ description: 'Removed, now or before.' })
  @Allow(ALLOWED)
  @HttpCode(204)
  @Delete(':id')
  async remove(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Query() { site }: SiteParam,
  ): Promise<void> {
    const named = await this.find.namedOrGone(caller, site, id);
    if (named !== null) await this.endpoints.remove(named.siteId, named.id);
  }

  @ApiOperation({
    summary: 'Give an endpoint a new secret',
    description:
      'For 24 hours both sign: the header `webhook-signature` then holds two signatures, separated by a space. A secret ' +
      'that is replaced within these hours signs no more; the one before it does so until `oldSecretUntil`.',
  })
  @ApiOkResponse({ type: EndpointWithSecret })
  @Allow(ALLOWED)
  @HttpCode(200)
  @Post(':id/rotate-secret')
  async rotateSecret(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Query() { site }: SiteParam,
  ): Promise<EndpointWithSecret> {
    const named = await this.find.named(caller, site, id);
    const { row, secret } = await this.endpoints.rotateSecret(named.siteId, named.id);
    return { ...this.views.endpoint(row), secret };
  }
}
