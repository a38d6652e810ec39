import { Controller, Get, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Allow, CurrentCaller } from '../access/allow.js';
import type { SiteCaller } from '../access/caller.js';
import { ChallengeAnswer } from '../contract/reports.js';
import { MintDevice } from './mint-device.js';

@ApiTags('Readers')
@Controller('v1/challenges')
export class ChallengesController {
  constructor(private readonly mintDevice: MintDevice) {}

  @ApiOperation({
    summary: 'A proof of work for a new device',
    description: 'In the form of ALTCHA (v1). Solve it, and send the solution to `POST /v1/devices`.',
  })
  @ApiOkResponse({ type: ChallengeAnswer })
  @Allow({ keys: ['publishable'], limits: 'devices' })
  @Get()
  challenge(@CurrentCaller() { site }: SiteCaller, @Req() request: FastifyRequest): Promise<ChallengeAnswer> {
    return this.mintDevice.challenge(site, request);
  }
}
