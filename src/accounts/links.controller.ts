import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiGoneResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RateLimits } from '../access/limits/rate-limits.js';
import { LinkView, LookAtLinkRequest, RedeemLinkRequest } from '../contract/links.js';
import { RedeemLink } from './redeem-link.js';

const GONE = { description: 'It was used, there is a newer one, its hour is over, or there never was one.' };

/** One-time links, without a key: who has one is let in by it. */
@ApiTags('Accounts')
@Controller('v1/links')
export class LinksController {
  constructor(
    private readonly links: RedeemLink,
    private readonly limits: RateLimits,
  ) {}

  @ApiOperation({
    summary: 'Whose a one-time link is, and what for',
    description: 'Without a key, and it spends nothing. 410 when the link is not good any more.',
  })
  @ApiOkResponse({ type: LinkView })
  @ApiGoneResponse(GONE)
  @HttpCode(200)
  @Post('look')
  look(
    @Body() { token }: LookAtLinkRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LinkView> {
    return this.counted(request, reply, async () => {
      const { email, purpose, expiresAt } = await this.links.look(token);
      return { email, purpose, expiresAt: expiresAt.toISOString() };
    });
  }

  @ApiOperation({
    summary: 'Set a password by a one-time link',
    description:
      'Without a key. It spends the link and every other of the same person, and ends all their sessions; a second factor ' +
      'stays. 410 when the link is not good any more: also the second time, since it is good once.',
  })
  @ApiNoContentResponse({ description: 'The password is set: sign in with it.' })
  @ApiGoneResponse(GONE)
  @HttpCode(204)
  @Post('redeem')
  redeem(
    @Body() { token, password }: RedeemLinkRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    return this.counted(request, reply, () => this.links.redeem(token, password, request));
  }

  /** Before, so that guesses that come at once are no more queries than those that come in turn; what was right is no guess. */
  private async counted<T>(request: FastifyRequest, reply: FastifyReply, work: () => Promise<T>): Promise<T> {
    this.limits.countAtDoor(request, reply);
    const result = await work();
    this.limits.giveBackAtDoor(request);
    return result;
  }
}
