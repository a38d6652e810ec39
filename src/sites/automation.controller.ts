import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentCaller } from '../access/allow.js';
import type { StaffCaller } from '../access/caller.js';
import { SiteOf } from '../access/sites/site-of.js';
import { AutomationAnswer } from '../contract/automation.js';
import { ShowAutomation } from './show-automation.js';

/** What a site's rule does by itself at the moment. */
@ApiTags('Settings')
@Controller('v1/sites/:id/automation')
export class AutomationController {
  constructor(
    private readonly siteOf: SiteOf,
    private readonly automation: ShowAutomation,
  ) {}

  @ApiOperation({
    summary: "What the site's rule does by itself at the moment: its breaker, what is held, who is muted",
  })
  @ApiOkResponse({ type: AutomationAnswer })
  @Allow({ staff: 'moderator', scope: 'review' })
  @Get()
  async show(@CurrentCaller() caller: StaffCaller, @Param('id') site: string): Promise<AutomationAnswer> {
    const { id } = await this.siteOf.siteFor(caller, site, 'moderator');
    return this.automation.of(id);
  }
}
