import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentCaller } from '../access/allow.js';
import type { StaffCaller } from '../access/caller.js';
import { AccountEventPage, AccountEventsQuery } from '../contract/account-events.js';
import { ListAccountEvents } from './list-account-events.js';

/** The accounts' log. */
@ApiTags('Accounts')
@Controller('v1/account-events')
export class AccountEventsController {
  constructor(private readonly log: ListAccountEvents) {}

  @ApiOperation({
    summary: 'Read the log of accounts, the newest first',
    description:
      'Everybody reads what is about themselves (`staff=me`), leads what changed on their sites (rights, keys, the site itself), ' +
      'admins all of it.',
  })
  @ApiOkResponse({ type: AccountEventPage })
  @Allow({ staff: 'anybody', scope: 'settings:read' })
  @Get()
  list(@CurrentCaller() caller: StaffCaller, @Query() query: AccountEventsQuery): Promise<AccountEventPage> {
    return this.log.list(caller, query);
  }
}
