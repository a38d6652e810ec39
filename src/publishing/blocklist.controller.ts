import { Controller, Get, Res } from '@nestjs/common';
import {
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  ApiResponse,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Allow, CurrentCaller } from '../access/allow.js';
import type { SiteCaller } from '../access/caller.js';
import { BlockedImageLine } from '../contract/changes.js';
import { ADDRESS_RULES_HEADER, tellAddressRules } from './address-rules-header.js';
import { SendBlocklist } from './send-blocklist.js';

@ApiTags('Publishing sites')
@ApiExtraModels(BlockedImageLine)
@Controller('v1/blocklist')
export class BlocklistController {
  constructor(private readonly blocklist: SendBlocklist) {}

  @ApiOperation({
    summary: 'All blocked images',
    description:
      'One JSON object a line (NDJSON), all of one moment; `Vigie-Cursor` continues from there at /v1/changes. An answer ' +
      'that breaks off is not the whole list: take it again. An image with more than 1000 addresses stands in several ' +
      'lines: each has its key and version, and further addresses.',
  })
  @ApiOkResponse({
    description: 'The blocked images.',
    headers: {
      'Vigie-Cursor': {
        description: 'Where the changes continue.',
        required: true,
        schema: { type: 'string' },
      },
      ...ADDRESS_RULES_HEADER,
    },
    content: { 'application/x-ndjson': { schema: { $ref: getSchemaPath(BlockedImageLine) } } },
  })
  @ApiResponse({ status: 503, description: 'Postgres is out of reach, or too many lists are being sent.' })
  @Allow({ keys: ['secret'] })
  @Get()
  send(@CurrentCaller() { site }: SiteCaller, @Res() reply: FastifyReply): Promise<void> {
    tellAddressRules(reply, site);
    return this.blocklist.send(site.id, reply);
  }
}
