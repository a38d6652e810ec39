import { type DynamicModule, Module } from '@nestjs/common';
import { Networks } from '../access/networks.js';
import { Database } from '../database/database.js';
import { AccountEventsController } from './account-events.controller.js';
import { AskForLink } from './ask-for-link.js';
import { CheckPassword } from './check-password.js';
import { EndSession } from './end-session.js';
import { ForgotController } from './forgot.controller.js';
import { Guesses } from './guesses.js';
import { LinksController } from './links.controller.js';
import { ListAccountEvents } from './list-account-events.js';
import { RedeemLink } from './redeem-link.js';
import { SessionController } from './session.controller.js';
import { ShowSession } from './show-session.js';
import { SignIn } from './sign-in.js';
import { StaffController } from './staff.controller.js';

/** Who staff are, and how they sign in: the doors. Needs the global modules of configuration, database and access. */
@Module({})
export class AccountsModule {
  static register(secret: Buffer): DynamicModule {
    return {
      module: AccountsModule,
      controllers: [
        SessionController,
        LinksController,
        ForgotController,
        StaffController,
        AccountEventsController,
      ],
      providers: [
        CheckPassword,
        SignIn,
        ShowSession,
        EndSession,
        {
          provide: Guesses,
          inject: [Database, Networks],
          useFactory: (database: Database, networks: Networks) => new Guesses(secret, database, networks),
        },
        RedeemLink,
        AskForLink,
        ListAccountEvents,
      ],
    };
  }
}
