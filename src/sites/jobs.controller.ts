import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiConflictResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow } from '../access/allow.js';
import { JobPage, JobsQuery, JobSummary, JobView } from '../contract/jobs.js';
import { ShowJobs } from './show-jobs.js';

const ADMIN = { staff: 'admin', scope: 'jobs' } as const;

/**
 * Background work, for administrators. Here, among what they set, and not in the room of the jobs, which works for all others
 * and so knows of no door.
 */
@ApiTags('Settings')
@Controller('v1/jobs')
export class JobsController {
  constructor(private readonly jobs: ShowJobs) {}

  @ApiOperation({ summary: 'Background jobs in one state' })
  @ApiOkResponse({ type: JobPage })
  @Allow(ADMIN)
  @Get()
  listJobs(@Query() query: JobsQuery): Promise<JobPage> {
    return this.jobs.list(query);
  }

  @ApiOperation({ summary: 'How many background jobs wait, run or are dead, by kind' })
  @ApiOkResponse({ type: JobSummary })
  @Allow(ADMIN)
  @Get('summary')
  sumUpJobs(): Promise<JobSummary> {
    return this.jobs.summary();
  }

  @ApiOperation({
    summary: 'Let a dead job run again',
    description: 'With all its attempts. One that waits or runs already is left alone.',
  })
  @ApiOkResponse({ type: JobView })
  @ApiConflictResponse({ description: 'It is done.' })
  @Allow(ADMIN)
  @HttpCode(200)
  @Post(':id/retry')
  retryJob(@Param('id') id: string): Promise<JobView> {
    return this.jobs.retry(id);
  }
}
