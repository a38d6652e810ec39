import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Allow, CurrentCaller } from '../access/allow.js';
import type { SiteCaller } from '../access/caller.js';
import { ReceiptAnswer, ReportAnswer, SubmitReportBody } from '../contract/reports.js';
import { FollowReceipt } from './follow-receipt.js';
import { SubmitReport } from './submit-report.js';

/** Whole bodies that the service takes as they are, from a site whose back end reports for its readers. */
const EXAMPLES = {
  account: {
    summary: 'By a reader with an account',
    value: {
      image: { url: 'https://cdn.example.ma/photos/1.jpg' },
      reason: 'violence',
      reporter: { account: 'user-42' },
    },
  },
  everything: {
    summary: "With the site's own id of the image, the page and a comment",
    value: {
      image: { url: 'https://cdn.example.ma/photos/2.jpg', id: 'photo-2' },
      page: { url: 'https://www.example.ma/article/1', title: 'Les oliviers de Meknès' },
      reason: 'violence',
      comment: 'Cette photo montre un accident sans floutage.',
      reporter: { account: 'user-42' },
    },
  },
};

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
  @ApiBody({ type: SubmitReportBody, examples: EXAMPLES })
  @ApiCreatedResponse({ type: ReportAnswer, description: 'Recorded.' })
  @ApiOkResponse({ type: ReportAnswer, description: 'This reporter had already reported the image.' })
  @Allow({ keys: ['publishable', 'secret'], limits: 'reports' })
  @Post()
  async submit(
    @CurrentCaller() caller: SiteCaller,
    @Body() body: SubmitReportBody,
    @Headers('accept-language') acceptLanguage: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReportAnswer> {
    const { recorded, answer } = await this.submitReport.submit(caller, body, acceptLanguage, request, reply);
    reply.status(recorded ? 201 : 200);
    return answer;
  }

  @ApiOperation({
    summary: 'What became of a report',
    description: 'Of a reader who was forgotten since, what became of the image.',
  })
  @ApiOkResponse({ type: ReceiptAnswer })
  @Allow({ keys: ['publishable', 'secret'], limits: 'reports' })
  @Get(':receipt')
  outcome(@CurrentCaller() caller: SiteCaller, @Param('receipt') receipt: string): Promise<ReceiptAnswer> {
    return this.followReceipt.outcome(caller, receipt);
  }

  @ApiOperation({ summary: 'Withdraw a report' })
  @ApiNoContentResponse({ description: 'Withdrawn, now or before.' })
  @ApiConflictResponse({
    description:
      'Its reader was forgotten, so there is nothing left to withdraw: `why` is `forgotten`. What became of the image is ' +
      'still told.',
  })
  @Allow({ keys: ['publishable', 'secret'], limits: 'reports' })
  @HttpCode(204)
  @Delete(':receipt')
  withdraw(@CurrentCaller() caller: SiteCaller, @Param('receipt') receipt: string): Promise<void> {
    return this.followReceipt.withdraw(caller, receipt);
  }
}
