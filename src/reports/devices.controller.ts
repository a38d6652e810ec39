import { Body, Controller, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow } from '../access/allow.js';
import { DeviceTokens } from '../access/device-token.js';
import { DeviceAnswer, MintDeviceBody } from '../contract/reports.js';

@ApiTags('Readers')
@Controller('v1/devices')
export class DevicesController {
  constructor(private readonly devices: DeviceTokens) {}

  @ApiOperation({
    summary: 'A token by which a device is recognized',
    description: 'For readers without an account.',
  })
  @ApiCreatedResponse({ type: DeviceAnswer })
  @Allow({ keys: ['publishable'] })
  @Post()
  mint(@Body() _body: MintDeviceBody): DeviceAnswer {
    return { device: this.devices.mintDevice() };
  }
}
