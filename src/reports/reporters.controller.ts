import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentCaller } from '../access/allow.js';
import type { SiteCaller } from '../access/caller.js';
import { Reporters } from '../access/readers/reporter.js';
import { ForgetReporterBody } from '../contract/reporters.js';
import { invalid } from '../core/errors.js';
import { Database } from '../database/database.js';
import { forgetReader } from '../moderation/forget-reader.js';

@ApiTags('Readers')
@Controller('v1/reporters')
export class ReportersController {
  constructor(
    private readonly reporters: Reporters,
    private readonly database: Database,
  ) {}

  @ApiOperation({
    summary: 'Forget a reader',
    description:
      'For a reader who wants to be forgotten, or whose account is closed. Random values take the place of their pseudonyms, and ' +
      'what they wrote is removed, on all images of the site; what is counted and blocked stays as it is. It can not be taken back, ' +
      'and answers alike whether or not they ever reported. A mute that a moderator or the rule gave them stays until its end.',
  })
  @ApiNoContentResponse({ description: 'Forgotten, now or before.' })
  @Allow({ keys: ['secret'] })
  @HttpCode(204)
  @Post('forget')
  async forget(@CurrentCaller() { site }: SiteCaller, @Body() body: ForgetReporterBody): Promise<void> {
    if ((body.account === undefined) === (body.device === undefined))
      throw invalid('/account', 'Name the reader by either "account" or "device".');
    await forgetReader(this.database, site.id, this.reporters.pseudonymOf(site, body));
  }
}
