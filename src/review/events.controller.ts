import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentCaller } from '../access/allow.js';
import type { StaffCaller } from '../access/caller.js';
import { EventPage, EventsQuery } from '../contract/events.js';
import { ListEvents } from './list-events.js';

/** The log. */
@ApiTags('Moderators')
@Controller('v1/events')
export class EventsController {
  constructor(private readonly log: ListEvents) {}

  @ApiOperation({ summary: 'Read the log, the newest first' })
  @ApiOkResponse({ type: EventPage })
  @Allow({ staff: 'moderator', scope: 'review' })
  @Get()
  listEvents(@CurrentCaller() caller: StaffCaller, @Query() query: EventsQuery): Promise<EventPage> {
    return this.log.list(caller, query);
  }
}
