import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiConflictResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RateLimits } from '../access/limits/rate-limits.js';
import { ForgotAnswer, ForgotRequest } from '../contract/links.js';
import { AskForLink } from './ask-for-link.js';

const ANSWER: ForgotAnswer = {
  message: 'If there is an account of this address, a link is on its way to it.',
};

/** A forgotten password. */
@ApiTags('Accounts')
@Controller('v1/session/forgot')
export class ForgotController {
  constructor(
    private readonly links: AskForLink,
    private readonly limits: RateLimits,
  ) {}

  @ApiOperation({
    summary: 'Ask for a link by mail, to set a new password',
    description:
      'Without a key. The answer is the same whether there is such an account or not. 409 where Vigie sends no mail; ' +
      '429 where one has to wait: longer each time, by address and by network.',
  })
  @ApiAcceptedResponse({ type: ForgotAnswer })
  @ApiConflictResponse({ description: 'Vigie sends no mail here: an admin makes a link.' })
  @HttpCode(202)
  @Post()
  async ask(
    @Body() { email }: ForgotRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ForgotAnswer> {
    this.limits.countAtDoor(request, reply);
    await this.links.ask(email, request);
    return ANSWER;
  }
}
