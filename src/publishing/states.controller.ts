import { Body, Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Allow, CurrentCaller } from '../access/allow.js';
import type { Caller, SiteSettings } from '../access/caller.js';
import { SiteOf } from '../access/sites/site-of.js';
import { ImageStateAnswer, SiteParam, StateQuery, StatesAnswer, StatesBody } from '../contract/publishing.js';
import { BodyLimit } from '../http/body-limit.js';
import { sendWithEtag } from '../http/etag.js';
import { AnsweredStates } from './answered-states.js';
import { AT_LEAST, atLeastOf } from './at-least.js';
import { BATCH_BODY } from './batch-body.js';
import { Freshness } from './freshness.js';
import { ImageStates, stateOf } from './image-states.js';

const AT_LEAST_HEADER = {
  name: AT_LEAST,
  required: false,
  description: 'A version of which the caller knows: a process that is behind it asks Postgres.',
  schema: { type: 'integer', minimum: 0, maximum: 999_999_999 },
  example: 3,
} as const;

/** Of every answer that may come from memory. */
const AS_OF = {
  'Vigie-As-Of': {
    description:
      'Only where the event log was not looked at for 5 seconds (or three polls, if that is longer), as while Postgres is out of reach: ' +
      'what happened since is not known here.',
    schema: { type: 'string', format: 'date-time' },
  },
} as const;

@ApiTags('Publishing sites')
@Controller('v1/images/state')
export class StatesController {
  constructor(
    private readonly states: ImageStates,
    private readonly answered: AnsweredStates,
    private readonly siteOf: SiteOf,
    private readonly freshness: Freshness,
  ) {}

  @ApiOperation({
    summary: 'May this image be shown?',
    description:
      'Answered from memory, on every page view. Named by `url` and `id`, it is blocked where either is.',
  })
  @ApiHeader(AT_LEAST_HEADER)
  @ApiOkResponse({ type: ImageStateAnswer, headers: AS_OF })
  @ApiResponse({ status: 304, description: 'As the caller has it.' })
  @Allow({ keys: ['publishable', 'secret'], staff: 'moderator', scope: 'images', limits: 'states' })
  @Get()
  one(
    @CurrentCaller() caller: Caller,
    @Query() { url, id, site }: StateQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): void | Promise<void> {
    const image = { ...(url === undefined ? {} : { url }), ...(id === undefined ? {} : { id }) };
    const full = caller.kind !== 'publishable';
    const atLeast = atLeastOf(request.headers);
    const answer = (of: SiteSettings): void | Promise<void> => {
      const { hashes, entry } = this.states.find(of, image, '');
      if ((entry?.version ?? 0) < atLeast) {
        return this.states.findAtLeast(of, [image], '', atLeast).then(([newer]) => {
          sendWithEtag(request, reply, JSON.stringify(stateOf(image, newer?.entry ?? null, full)));
        });
      }
      this.freshness.tell(reply);
      const body = JSON.stringify(stateOf(image, entry, full));
      // Its keys tell it all: the next time they are asked first.
      if (caller.kind !== 'staff' && site === undefined && (url === undefined) !== (id === undefined)) {
        this.answered.remember(request, caller, { hashes, entry, body });
      }
      sendWithEtag(request, reply, body);
    };
    // A key's own site is known without waiting.
    if (caller.kind !== 'staff' && site === undefined) return answer(caller.site);
    return this.siteOf.siteFor(caller, site, 'moderator').then(answer);
  }

  @ApiOperation({
    summary: 'May these images be shown?',
    description: 'All images of a page in one question.',
  })
  @ApiHeader({
    ...AT_LEAST_HEADER,
    description: `${AT_LEAST_HEADER.description} Holds for each of the images.`,
  })
  @ApiOkResponse({ type: StatesAnswer, headers: AS_OF })
  @Allow({ keys: ['publishable', 'secret'], staff: 'moderator', scope: 'images', limits: 'states' })
  @BodyLimit(BATCH_BODY)
  @HttpCode(200)
  @Post()
  async many(
    @CurrentCaller() caller: Caller,
    @Query() { site }: SiteParam,
    @Body() { images }: StatesBody,
    @Req() { headers }: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const atLeast = atLeastOf(headers);
    const of = await this.siteOf.siteFor(caller, site, 'moderator');
    const full = caller.kind !== 'publishable';
    const found = await this.states.findAtLeast(of, images, '/images', atLeast);
    const states = found.map((one, n) => this.states.textOf(images[n] ?? {}, one, full));
    this.freshness.tell(reply);
    reply.header('content-type', 'application/json; charset=utf-8').send(`{"states":[${states.join(',')}]}`);
  }
}
