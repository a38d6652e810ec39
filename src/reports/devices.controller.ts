import { Body, Controller, Post, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Allow, CurrentCaller } from '../access/allow.js';
import type { SiteCaller } from '../access/caller.js';
import { DeviceAnswer, MintDeviceBody } from '../contract/reports.js';
import { MintDevice } from './mint-device.js';

@ApiTags('Readers')
@Controller('v1/devices')
export class DevicesController {
  constructor(private readonly mintDevice: MintDevice) {}

  @ApiOperation({
    summary: 'A token by which a device is recognized',
    description:
      'For readers without an account, for a solved challenge. A network gets so many a day; beyond it 429, with ' +
      '`Retry-After`.',
  })
  @ApiCreatedResponse({ type: DeviceAnswer })
  @Allow({ keys: ['publishable'] })
  @Post()
  async mint(
    @CurrentCaller() { site }: SiteCaller,
    @Body() { proof }: MintDeviceBody,
    @Req() request: FastifyRequest,
  ): Promise<DeviceAnswer> {
    return { device: await this.mintDevice.mint(site, proof, request) };
  }
}
