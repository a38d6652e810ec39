import { Body, Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Allow, CurrentCaller } from '../access/allow.js';
import type { Caller, SiteCaller } from '../access/caller.js';
import { SiteOf } from '../access/sites/site-of.js';
import {
  ADDRESS_RULES_EXAMPLE,
  AddressRulesAnswer,
  CanonicalAddressAnswer,
  CanonicalAddressBody,
} from '../contract/address-rules.js';
import { SiteParam } from '../contract/publishing.js';
import { sendWithEtag } from '../http/etag.js';
import { ADDRESS_RULES_HEADER, tellAddressRules } from './address-rules-header.js';
import { explainAddress } from './explain-address.js';

const URL = 'https://cdn.example.ma/resize/300x/photos/1.jpg?w=300';
const EXAMPLES = {
  'by the rules of the site': { value: { url: URL } },
  'by rules to be tried': { value: { url: URL, rules: ADDRESS_RULES_EXAMPLE } },
};

@ApiTags('Publishing sites')
@Controller('v1')
export class AddressesController {
  constructor(private readonly siteOf: SiteOf) {}

  @ApiOperation({
    summary: 'What becomes of an address?',
    description:
      "The address that the image is known by, step by step, by the site's address rules or by others that you try. " +
      'Nothing is changed.',
  })
  @ApiBody({ type: CanonicalAddressBody, examples: EXAMPLES })
  @ApiOkResponse({ type: CanonicalAddressAnswer })
  @Allow({ keys: ['secret'], staff: 'moderator', scope: 'images' })
  @HttpCode(200)
  @Post('images/canonical')
  async explain(
    @CurrentCaller() caller: Caller,
    @Query() { site }: SiteParam,
    @Body() body: CanonicalAddressBody,
  ): Promise<CanonicalAddressAnswer> {
    return explainAddress(body, await this.siteOf.siteFor(caller, site, 'moderator'));
  }

  @ApiOperation({
    summary: 'The address rules of the site',
    description:
      'For clients that look addresses up themselves. The header `Vigie-Address-Rules` of this and of the block list, ' +
      'changes and stream changes with them.',
  })
  @ApiOkResponse({ type: AddressRulesAnswer, headers: ADDRESS_RULES_HEADER })
  @ApiResponse({ status: 304, description: 'As the caller has them.' })
  @Allow({ keys: ['secret'] })
  @Get('address-rules')
  rules(
    @CurrentCaller() { site }: SiteCaller,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): void {
    tellAddressRules(reply, site);
    sendWithEtag(request, reply, JSON.stringify({ addressRules: site.addressRules }));
  }
}
