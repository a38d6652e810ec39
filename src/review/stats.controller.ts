import { Controller, Get, Header, Query, Res } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiServiceUnavailableResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Allow, CurrentCaller } from '../access/allow.js';
import type { StaffCaller } from '../access/caller.js';
import { StatsAnswer, StatsCsvQuery, StatsQuery } from '../contract/stats.js';
import { ShowStats } from './show-stats.js';
import { csvFileName, statsCsv } from './stats-csv.js';

const MODERATOR = { staff: 'moderator', scope: 'review' } as const;
const NO_ZONE = { description: "Postgres does not know the site's time zone." };
const TOO_SLOW = {
  description:
    'Counting took too long and was given up: ask for a shorter time. Or too many ask at once: `Retry-After` says when to try again.',
};

/** Statistics of a site. */
@ApiTags('Moderators')
@Controller('v1')
export class StatsController {
  constructor(private readonly stats: ShowStats) {}

  @ApiOperation({
    summary: 'Count what happened on a site',
    description:
      "Altogether, by the days or hours of the site's time zone, by reason and by moderator. Of single moderators leads see everybody, others only themselves. Decisions that were undone since count as such only.",
  })
  @ApiOkResponse({ type: StatsAnswer })
  @ApiConflictResponse(NO_ZONE)
  @ApiServiceUnavailableResponse(TOO_SLOW)
  @Allow(MODERATOR)
  @Get('stats')
  async showStats(@CurrentCaller() caller: StaffCaller, @Query() query: StatsQuery): Promise<StatsAnswer> {
    return (await this.stats.show(caller, query)).stats;
  }

  @ApiOperation({
    summary: 'The same as a file for spreadsheets',
    description:
      'CSV (RFC 4180), UTF-8 with a byte order mark. Whatever a spreadsheet could take for a formula has an apostrophe in front of it.',
  })
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string' } })
  @ApiConflictResponse(NO_ZONE)
  @ApiServiceUnavailableResponse(TOO_SLOW)
  @Header('content-type', 'text/csv; charset=utf-8; header=present')
  @Allow(MODERATOR)
  @Get('stats.csv')
  async showStatsFile(
    @CurrentCaller() caller: StaffCaller,
    @Query() query: StatsCsvQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { site, stats } = await this.stats.show(caller, query);
    const name = csvFileName(site.slug, stats, query.table);
    void reply.header('content-disposition', `attachment; filename="${name}"`);
    return statsCsv(stats, query.table);
  }
}
