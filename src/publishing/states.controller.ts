import { Body, Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Allow, CurrentCaller } from '../access/allow.js';
import type { Caller } from '../access/caller.js';
import { SiteOf } from '../access/site-of.js';
import { ImageStateAnswer, SiteParam, StateQuery, StatesAnswer, StatesBody } from '../contract/publishing.js';
import { BodyLimit } from '../http/body-limit.js';
import { sendWithEtag } from '../http/etag.js';
import { AnsweredStates } from './answered-states.js';
import { ImageStates, stateOf } from './image-states.js';

/** Bytes: a thousand addresses of the longest kind, and what is around them. */
const BATCH_BODY = 4 * 1024 * 1024;

@ApiTags('Publishing sites')
@Controller('v1/images/state')
export class StatesController {
  constructor(
    private readonly states: ImageStates,
    private readonly answered: AnsweredStates,
    private readonly siteOf: SiteOf,
  ) {}

  @ApiOperation({
    summary: 'May this image be shown?',
    description: 'Answered from memory, on every page view.',
  })
  @ApiOkResponse({ type: ImageStateAnswer })
  @ApiResponse({ status: 304, description: 'As the caller has it.' })
  @Allow({ keys: ['publishable', 'secret'], staff: 'moderator', scope: 'images' })
  @Get()
  one(
    @CurrentCaller() caller: Caller,
    @Query() { url, id, site }: StateQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): void | Promise<void> {
    const image = { ...(url === undefined ? {} : { url }), ...(id === undefined ? {} : { id }) };
    const full = caller.kind !== 'publishable';
    const answer = (siteId: string): void => {
      const { hash, entry } = this.states.find(siteId, image, '');
      const body = JSON.stringify(stateOf(image, entry, full));
      // One key of the index tells it all: the next time it is asked first.
      if (caller.kind !== 'staff' && site === undefined && (url === undefined) !== (id === undefined)) {
        this.answered.remember(request, caller, { hash, entry, body });
      }
      sendWithEtag(request, reply, body);
    };
    // A key's own site is known without waiting.
    if (caller.kind !== 'staff' && site === undefined) return answer(caller.site.id);
    return this.siteOf.siteFor(caller, site, 'moderator').then(({ id: siteId }) => answer(siteId));
  }

  @ApiOperation({
    summary: 'May these images be shown?',
    description: 'All images of a page in one question.',
  })
  @ApiOkResponse({ type: StatesAnswer })
  @Allow({ keys: ['publishable', 'secret'], staff: 'moderator', scope: 'images' })
  @BodyLimit(BATCH_BODY)
  @HttpCode(200)
  @Post()
  async many(
    @CurrentCaller() caller: Caller,
    @Query() { site }: SiteParam,
    @Body() { images }: StatesBody,
  ): Promise<StatesAnswer> {
    const { id } = await this.siteOf.siteFor(caller, site, 'moderator');
    const full = caller.kind !== 'publishable';
    return { states: images.map((image, index) => this.states.of(id, image, `/images/${index}`, full)) };
  }
}
