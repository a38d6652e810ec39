import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentCaller } from '../access/allow.js';
import type { StaffCaller } from '../access/caller.js';
import { SiteOf } from '../access/site-of.js';
import { PolicyPage, SiteQuery } from '../contract/sites.js';
import { SEVERE_REASON } from '../core/reasons.js';

@ApiTags('Moderators')
@Controller('v1/policies')
export class PoliciesController {
  constructor(private readonly siteOf: SiteOf) {}

  @ApiOperation({
    summary: 'The content rules that a decision may cite',
    description: "They are named as the site's reasons are.",
  })
  @ApiOkResponse({ type: PolicyPage })
  @Allow({ staff: 'moderator', scope: 'review' })
  @Get()
  async list(@CurrentCaller() caller: StaffCaller, @Query() { site }: SiteQuery): Promise<PolicyPage> {
    const { reasons } = await this.siteOf.siteFor(caller, site, 'moderator');
    return {
      items: reasons.map((policy) => ({ policy, severe: policy === SEVERE_REASON })),
      nextCursor: null,
    };
  }
}
