import { Module } from '@nestjs/common';
import { AccountEventsController } from './account-events.controller.js';
import { AskForLink } from './ask-for-link.js';
import { ForgotController } from './forgot.controller.js';
import { LinksController } from './links.controller.js';
import { ListAccountEvents } from './list-account-events.js';
import { RedeemLink } from './redeem-link.js';
import { StaffController } from './staff.controller.js';

/** Who staff are: the doors. Needs the global modules of configuration, database and access. */
@Module({
  controllers: [LinksController, ForgotController, StaffController, AccountEventsController],
  providers: [RedeemLink, AskForLink, ListAccountEvents],
})
export class AccountsModule {}
