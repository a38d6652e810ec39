import { Body, Controller, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  ApiServiceUnavailableResponse,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Allow, CurrentCaller } from '../access/allow.js';
import type { StaffCaller } from '../access/caller.js';
import { SiteOf } from '../access/sites/site-of.js';
import { ApplyAnswer, ApplyRequest, ReplayAnswer, ReplayRequest } from '../contract/replay.js';
import { askedMoment } from '../http/asked-time.js';
import { ruleChange } from '../sites/rule-change.js';
import { AnswerReplay } from './answer-replay.js';
import { ApplyRule } from './apply-rule.js';

const LEAD = { staff: 'lead', scope: 'rules' } as const;
const BUSY = {
  description:
    'Others try rules in this process: ask again when `Retry-After` says. Or it took too long and was given up: ask for a shorter time.',
};

/** Trying a rule on what happened, and putting it in force. */
@ApiTags('Settings')
@Controller('v1/sites/:id/threshold-rule')
export class ReplayController {
  constructor(
    private readonly siteOf: SiteOf,
    private readonly replays: AnswerReplay,
    private readonly rules: ApplyRule,
  ) {}

  @ApiOperation({
    summary: 'Try a threshold rule on what happened',
    description:
      'Plays the site\'s reports and people\'s decisions under the rule in force and under the candidate, side by side, and changes nothing (docs/replay.md). With `Accept: text/event-stream` the answer is a stream: `event: progress` with `{ "done", "of" }`, and last `event: result` with the answer, or `event: problem` with a problem document. It is given up when the caller goes.',
  })
  @ApiExtraModels(ReplayAnswer)
  @ApiOkResponse({
    description: 'What both rules would have done.',
    content: {
      'application/json': { schema: { $ref: getSchemaPath(ReplayAnswer) } },
      'text/event-stream': {
        schema: { type: 'string' },
        example:
          'event: progress\ndata: {"done":120000,"of":1000000}\n\nevent: result\ndata: {"from":"2026-10-27T00:00:00.000Z", ...}\n\n',
      },
    },
  })
  @ApiServiceUnavailableResponse(BUSY)
  @Allow(LEAD)
  @HttpCode(200)
  @Post('replay')
  async replay(
    @CurrentCaller() caller: StaffCaller,
    @Param('id') site: string,
    @Body() { rule, from, to }: ReplayRequest,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { id: siteId, timeZone } = await this.siteOf.siteFor(caller, site, 'lead');
    const { change } = ruleChange(rule);
    const time = { from: askedMoment('/from', from, 'body'), to: askedMoment('/to', to, 'body'), timeZone };
    await this.replays.answer({ siteId, change, time }, request, reply);
  }

  @ApiOperation({
    summary: 'Put a rule in force that was tried',
    description:
      'The same as changing the rule. With `block`, it looks at these open images at once: what has enough reports is blocked under the new version, or held; only images of this site that await a decision; the breaker does not stop it. Nothing is unblocked. Asked again it says the same.',
  })
  @ApiOkResponse({ type: ApplyAnswer })
  @ApiConflictResponse({ description: 'The rule was changed since it was tried.' })
  @Allow(LEAD)
  @HttpCode(200)
  @Post('apply')
  async apply(
    @CurrentCaller() caller: StaffCaller,
    @Param('id') site: string,
    @Body() { rule: asked, ifVersion, block = [] }: ApplyRequest,
  ): Promise<ApplyAnswer> {
    const { id: siteId } = await this.siteOf.siteFor(caller, site, 'lead');
    const { change } = ruleChange(asked);
    const { staffId } = caller;
    const { rule, results } = await this.rules.apply({ siteId, change, ifVersion, images: block, staffId });
    return { rule: { version: rule.version, ...rule.rule }, results };
  }
}
