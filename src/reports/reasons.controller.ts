import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Allow, CurrentCaller } from '../access/allow.js';
import type { SiteCaller } from '../access/caller.js';
import { ReasonsAnswer } from '../contract/reasons.js';
import { sendWithEtag } from '../http/etag.js';

@ApiTags('Readers')
@Controller('v1/reasons')
export class ReasonsController {
  @ApiOperation({
    summary: 'The reasons a reader may give',
    description:
      'As the site has set them, with its language, and whether reports block by themselves. Answered from memory, with an ' +
      '`ETag`.',
  })
  @ApiOkResponse({ type: ReasonsAnswer })
  @ApiResponse({ status: 304, description: 'As the caller has it.' })
  @Allow({ keys: ['publishable', 'secret'] })
  @Get()
  list(
    @CurrentCaller() { site }: SiteCaller,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): void {
    const { reasons, locale, automatic } = site;
    const answer: ReasonsAnswer = { reasons, locale, automatic };
    sendWithEtag(request, reply, JSON.stringify(answer));
  }
}
