import { Body, Controller, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Allow, CurrentCaller } from '../access/allow.js';
import type { StaffCaller } from '../access/caller.js';
import { BulkAnswer, BulkRequest, DecisionAnswer, DecisionRequest } from '../contract/decisions.js';
import { BodyLimit } from '../http/body-limit.js';
import { TakeDecision } from './take-decision.js';
import { TakeDecisions } from './take-decisions.js';
import { UndoDecision } from './undo-decision.js';

const MODERATOR = { staff: 'moderator', scope: 'review' } as const;

/** 200 notes of 4000 characters, each of up to 6 bytes as JSON may write it, and what surrounds them. */
const BULK_BODY = 6 * 1024 * 1024;

/** Decisions on cases, and taking them back. */
@ApiTags('Moderators')
@Controller('v1')
export class DecisionsController {
  constructor(
    private readonly one: TakeDecision,
    private readonly many: TakeDecisions,
    private readonly undoing: UndoDecision,
  ) {}

  @ApiOperation({ summary: 'Decide a case' })
  @ApiCreatedResponse({ type: DecisionAnswer })
  @ApiOkResponse({ type: DecisionAnswer, description: 'The same decision, taken before.' })
  @ApiConflictResponse({
    description: 'Somebody was faster: `decision` and `case` say who and what, `yours` is the request.',
  })
  @Allow(MODERATOR)
  @Post('cases/:id/decision')
  async decideCase(
    @CurrentCaller() caller: StaffCaller,
    @Param('id') id: string,
    @Body() request: DecisionRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DecisionAnswer> {
    const { taken, answer } = await this.one.take(caller, id, request);
    reply.status(taken ? 201 : 200);
    return answer;
  }

  @ApiOperation({ summary: 'Decide many cases, each with an outcome of its own' })
  @ApiOkResponse({ type: BulkAnswer })
  @BodyLimit(BULK_BODY)
  @Allow(MODERATOR)
  @HttpCode(200)
  @Post('decisions')
  async decideCases(
    @CurrentCaller() caller: StaffCaller,
    @Body() { decisions }: BulkRequest,
    @Req() request: FastifyRequest,
  ): Promise<BulkAnswer> {
    return { results: await this.many.take(caller, decisions, request.id) };
  }

  @ApiOperation({ summary: 'Take a decision back' })
  @ApiCreatedResponse({ type: DecisionAnswer })
  @ApiOkResponse({ type: DecisionAnswer, description: 'It was taken back before.' })
  @ApiConflictResponse({ description: 'Something newer was decided on the image, or awaits a decision.' })
  @Allow(MODERATOR)
  @Post('decisions/:id/undo')
  async undoDecision(
    @CurrentCaller() caller: StaffCaller,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DecisionAnswer> {
    const { undone, answer } = await this.undoing.undo(caller, id);
    reply.status(undone ? 201 : 200);
    return answer;
  }
}
