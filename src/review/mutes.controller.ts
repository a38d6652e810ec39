import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Allow, CurrentCaller } from '../access/allow.js';
import type { StaffCaller } from '../access/caller.js';
import { MutePage, MuteRequest, MutesQuery, MuteView } from '../contract/mutes.js';
import { MuteReaders } from './mute-readers.js';

const LEAD = { staff: 'lead', scope: 'review' } as const;

/** Readers whose new votes do not count. */
@ApiTags('Moderators')
@Controller('v1/mutes')
export class MutesController {
  constructor(private readonly mutes: MuteReaders) {}

  @ApiOperation({ summary: 'Who is muted, the latest first' })
  @ApiOkResponse({ type: MutePage })
  @Allow(LEAD)
  @Get()
  listMutes(@CurrentCaller() caller: StaffCaller, @Query() query: MutesQuery): Promise<MutePage> {
    return this.mutes.list(caller, query);
  }

  @ApiOperation({
    summary: 'Mute a reader of a case',
    description:
      'Their new votes are stored and shown, and do not count; they notice nothing. Votes that they gave before stay as ' +
      'they are. Who is muted already stays so, as they are.',
  })
  @ApiCreatedResponse({ type: MuteView })
  @ApiOkResponse({ type: MuteView, description: 'They were muted before.' })
  @Allow(LEAD)
  @ApiNotFoundResponse({ description: 'There is no such reader.' })
  @Post()
  async muteReader(
    @CurrentCaller() caller: StaffCaller,
    @Body() request: MuteRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MuteView> {
    const { muted, answer } = await this.mutes.mute(caller, request);
    reply.status(muted ? 201 : 200);
    return answer;
  }

  @ApiOperation({
    summary: 'Lift a mute',
    description: 'Their next votes count again; those that were left out meanwhile stay left out.',
  })
  @ApiNoContentResponse({ description: 'Lifted, now or before.' })
  @Allow(LEAD)
  @HttpCode(204)
  @Delete(':id')
  liftMute(@CurrentCaller() caller: StaffCaller, @Param('id') id: string): Promise<void> {
    return this.mutes.lift(caller, id);
  }
}
