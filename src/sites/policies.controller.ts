import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentCaller } from '../access/allow.js';
import type { StaffCaller } from '../access/caller.js';
import { cutPage, openCursor } from '../access/sealing/page-cursor.js';
import { Sealed } from '../access/sealing/sealed.js';
import { SiteOf } from '../access/sites/site-of.js';
import { PoliciesQuery, PolicyPage } from '../contract/sites.js';
import { type Reason, REASONS, SEVERE_REASON } from '../core/reasons.js';

@ApiTags('Moderators')
@Controller('v1/policies')
export class PoliciesController {
  constructor(
    private readonly siteOf: SiteOf,
    private readonly sealed: Sealed,
  ) {}

  @ApiOperation({
    summary: 'The content rules that a decision may cite',
    description: "They are named as the site's reasons are.",
  })
  @ApiOkResponse({ type: PolicyPage })
  @Allow({ staff: 'moderator', scope: 'review' })
  @Get()
  async list(@CurrentCaller() caller: StaffCaller, @Query() query: PoliciesQuery): Promise<PolicyPage> {
    const { id, reasons } = await this.siteOf.siteFor(caller, query.site, 'moderator');
    const list = ['policies', id];
    const last = openCursor<Reason>(this.sealed, list, query.cursor);
    // By their place among all, which is there also when the site has given up the last one of the page before.
    const place = (reason: Reason | null): number => (reason === null ? -1 : REASONS.indexOf(reason));
    const left = reasons.filter((reason) => place(reason) > place(last));
    return cutPage(
      this.sealed,
      list,
      left,
      query.limit,
      (policy) => ({ policy, severe: policy === SEVERE_REASON }),
      (policy) => policy,
    );
  }
}
