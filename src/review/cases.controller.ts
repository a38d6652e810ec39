import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Res } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Allow, CurrentCaller } from '../access/allow.js';
import type { StaffCaller } from '../access/caller.js';
import { CaseReportPage } from '../contract/case-reports.js';
import { CaseDetail, CasePage, CasesQuery, CaseView } from '../contract/cases.js';
import { ClaimRequest, LeaseRequest, ReleaseQuery } from '../contract/leases.js';
import { PageQuery } from '../contract/page.js';
import { LeaseCase } from './lease-case.js';
import { ListCases } from './list-cases.js';
import { ShowCase } from './show-case.js';

const MODERATOR = { staff: 'moderator', scope: 'review' } as const;

/** The review queue. */
@ApiTags('Moderators')
@Controller('v1/cases')
export class CasesController {
  constructor(
    private readonly listOfCases: ListCases,
    private readonly oneCase: ShowCase,
    private readonly leases: LeaseCase,
  ) {}

  @ApiOperation({ summary: 'List the review queue, or closed cases' })
  @ApiOkResponse({ type: CasePage })
  @Allow(MODERATOR)
  @Get()
  listCases(@CurrentCaller() caller: StaffCaller, @Query() query: CasesQuery): Promise<CasePage> {
    return this.listOfCases.list(caller, query);
  }

  @ApiOperation({ summary: 'Lease the next case by priority' })
  @ApiOkResponse({ type: CaseView, description: 'The case, with the token of its lease.' })
  @ApiNoContentResponse({ description: 'Nothing waits that somebody else is not working on.' })
  @Allow(MODERATOR)
  @ApiNotFoundResponse({ description: 'There is no such site.' })
  @Post('claim')
  async claimCase(
    @CurrentCaller() caller: StaffCaller,
    @Body() request: ClaimRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CaseView | undefined> {
    const claimed = await this.leases.claim(caller, request);
    reply.status(claimed === null ? 204 : 200);
    return claimed ?? undefined;
  }

  @ApiOperation({ summary: 'Show a case with its evidence and its timeline' })
  @ApiOkResponse({ type: CaseDetail })
  @Allow(MODERATOR)
  @Get(':id')
  showCase(@CurrentCaller() caller: StaffCaller, @Param('id') id: string): Promise<CaseDetail> {
    return this.oneCase.show(caller, id);
  }

  @ApiOperation({ summary: 'List what readers said' })
  @ApiOkResponse({ type: CaseReportPage })
  @Allow(MODERATOR)
  @Get(':id/reports')
  listCaseReports(
    @CurrentCaller() caller: StaffCaller,
    @Param('id') id: string,
    @Query() query: PageQuery,
  ): Promise<CaseReportPage> {
    return this.oneCase.reports(caller, id, query);
  }

  @ApiOperation({ summary: 'Lease this case, or renew a lease' })
  @ApiOkResponse({ type: CaseView, description: 'The case, with the token of its lease.' })
  @ApiConflictResponse({
    description: 'Somebody holds it, or it is closed: `holder` and `expiresAt` say who.',
  })
  @Allow(MODERATOR)
  @Put(':id/lease')
  leaseCase(
    @CurrentCaller() caller: StaffCaller,
    @Param('id') id: string,
    @Body() { token }: LeaseRequest,
  ): Promise<CaseView> {
    return token == null ? this.leases.take(caller, id) : this.leases.renew(caller, id, token);
  }

  @ApiOperation({ summary: 'Give a case back, perhaps to put it aside' })
  @ApiNoContentResponse()
  @Allow(MODERATOR)
  @HttpCode(204)
  @Delete(':id/lease')
  releaseCase(
    @CurrentCaller() caller: StaffCaller,
    @Param('id') id: string,
    @Query() { token, skip }: ReleaseQuery,
  ): Promise<void> {
    return this.leases.release(caller, id, token, skip);
  }
}
