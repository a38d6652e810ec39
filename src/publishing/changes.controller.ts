import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Allow, CurrentCaller } from '../access/allow.js';
import type { SiteCaller } from '../access/caller.js';
import { ChangesAnswer, ChangesQuery, FeedQuery } from '../contract/changes.js';
import { ADDRESS_RULES_HEADER, tellAddressRules } from './address-rules-header.js';
import { ChangeCursors, type FeedPlace } from './change-cursor.js';
import { ChangeStreams } from './change-streams.js';
import { ReadChanges } from './read-changes.js';
import { changeText } from './told-change.js';
import { WaitForChanges } from './wait-for-changes.js';

const GONE = {
  status: 410,
  description: 'The cursor is none of ours, or not good any more: take the block list.',
};
const BUSY = {
  status: 503,
  description: 'Too many wait here already, or Postgres is needed and out of reach.',
};

@ApiTags('Publishing sites')
@Controller('v1/changes')
export class ChangesController {
  constructor(
    private readonly cursors: ChangeCursors,
    private readonly reading: ReadChanges,
    private readonly waiting: WaitForChanges,
    private readonly streams: ChangeStreams,
  ) {}

  @ApiOperation({
    summary: 'What changed since?',
    description:
      'Every change of what is seen of an image, at least once, in order. With `wait` an answer without changes is held ' +
      'back until there is one. Ignore a version that is not above the one you have.',
  })
  @ApiOkResponse({ type: ChangesAnswer, headers: ADDRESS_RULES_HEADER })
  @ApiResponse(GONE)
  @ApiResponse(BUSY)
  @Allow({ keys: ['secret'] })
  @Get()
  async list(
    @CurrentCaller() { site }: SiteCaller,
    @Query() { cursor, limit, wait }: ChangesQuery,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    tellAddressRules(reply, site);
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    // It may have closed while the key was looked up.
    if (reply.raw.destroyed) gone.abort();
    const page = await this.waiting.next(await this.place(site.id, cursor), limit, wait, gone.signal);
    const rest = { cursor: this.cursors.seal(page.place), more: page.more, asOf: this.reading.asOf };
    const body = `{"changes":[${page.changes.map(changeText).join(',')}],${JSON.stringify(rest).slice(1)}`;
    reply
      .header('cache-control', 'no-store')
      .header('content-type', 'application/json; charset=utf-8')
      .send(body);
  }

  @ApiOperation({
    summary: 'The same as a stream',
    description:
      'Server-Sent Events: `data` is a change, `id` its cursor. `Last-Event-ID`, or `cursor`, resumes. Every 20 seconds a ' +
      'comment says `asOf`, if the event log was looked at with success since the last one. A reader who is too slow ' +
      'is dropped, and resumes. A stream ends when the address rules of the site change. A change of an image with more ' +
      'than 1000 addresses comes in several `data`, with further addresses each; only the last one has its cursor.',
  })
  @ApiHeader({ name: 'Last-Event-ID', required: false, description: 'The cursor of the last change seen.' })
  @ApiOkResponse({
    description: 'Changes, one `data` each: an ImageChange.',
    headers: ADDRESS_RULES_HEADER,
    content: {
      'text/event-stream': {
        schema: { type: 'string' },
        example:
          ': asOf 2026-11-23T10:00:20.456Z\n\nid: Qb0JmYt6H9cLrEwX2nV4sKf\ndata: {"image":{"url":"https://cdn.example.ma/photos/1.jpg","addresses":[]},"blocked":true,"reason":"violence","version":3,"at":"2026-11-23T10:00:21.003Z"}\n\n',
      },
    },
  })
  @ApiResponse(GONE)
  @ApiResponse(BUSY)
  @Allow({ keys: ['secret'] })
  @Get('stream')
  async stream(
    @CurrentCaller() { site }: SiteCaller,
    @Query() { cursor }: FeedQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    // A browser's EventSource repeats the address it was opened with: what it saw last is the truer cursor.
    const last = request.headers['last-event-id'];
    const place = await this.place(site.id, typeof last === 'string' && last !== '' ? last : cursor);
    await this.reading.check(place);
    tellAddressRules(reply, site);
    this.streams.open(site, request, reply, place);
  }

  private async place(siteId: string, cursor: string | undefined): Promise<FeedPlace> {
    await this.reading.catchUp();
    return cursor === undefined ? this.reading.now(siteId) : this.cursors.open(siteId, cursor);
  }
}
