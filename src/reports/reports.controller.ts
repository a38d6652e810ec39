import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Post, Res } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Allow, CurrentCaller } from '../access/allow.js';
import type { SiteCaller } from '../access/caller.js';
import { ReceiptAnswer, ReportAnswer, SubmitReportBody } from '../contract/reports.js';
import { FollowReceipt } from './follow-receipt.js';
import { SubmitReport } from './submit-report.js';

@ApiTags('Readers')
@Controller('v1/reports')
export class ReportsController {
  constructor(
    private readonly submitReport: SubmitReport,
    private readonly followReceipt: FollowReceipt,
  ) {}

  @ApiOperation({
    summary: 'Report an image',
    description: 'One person has one vote on an image; a second reason is added to it.',
  })
  @ApiCreatedResponse({ type: ReportAnswer, description: 'Recorded.' })
  @ApiOkResponse({ type: ReportAnswer, description: 'This reporter had already reported the image.' })
  @Allow({ keys: ['publishable', 'secret'] })
  @Post()
  async submit(
    @CurrentCaller() caller: SiteCaller,
    @Body() body: SubmitReportBody,
    @Headers('accept-language') acceptLanguage: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReportAnswer> {
    const { recorded, answer } = await this.submitReport.submit(caller, body, acceptLanguage);
    reply.status(recorded ? 201 : 200);
    return answer;
  }

  @ApiOperation({ summary: 'What became of a report' })
  @ApiOkResponse({ type: ReceiptAnswer })
  @Allow({ keys: ['publishable', 'secret'] })
  @Get(':receipt')
  outcome(@CurrentCaller() caller: SiteCaller, @Param('receipt') receipt: string): Promise<ReceiptAnswer> {
    return this.followReceipt.outcome(caller, receipt);
  }

  @ApiOperation({ summary: 'Withdraw a report' })
  @ApiNoContentResponse({ description: 'Withdrawn, now or before.' })
  @Allow({ keys: ['publishable', 'secret'] })
  @HttpCode(204)
  @Delete(':receipt')
  withdraw(@CurrentCaller() caller: SiteCaller, @Param('receipt') receipt: string): Promise<void> {
    return this.followReceipt.withdraw(caller, receipt);
  }
}
