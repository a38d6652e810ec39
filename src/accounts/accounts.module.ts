import { type DynamicModule, Module } from '@nestjs/common';
import { Networks } from '../access/readers/networks.js';
import { Database } from '../database/database.js';
import { AccountEventsController } from './account-events.controller.js';
import { AskForLink } from './ask-for-link.js';
import { ChangePassword } from './change-password.js';
import { CheckPassword } from './check-password.js';
import { CheckSecondFactor } from './check-second-factor.js';
import { ConfirmSignIn } from './confirm-sign-in.js';
import { EndSession } from './end-session.js';
import { ForgotController } from './forgot.controller.js';
import { LinksController } from './links.controller.js';
import { ListAccountEvents } from './list-account-events.js';
import { RedeemLink } from './redeem-link.js';
import { ForgetSignIns } from './forget-sign-ins.js';
import { Guesses } from './guesses.js';
import { ProveOwner } from './prove-owner.js';
import { RemoveSecondFactor } from './remove-second-factor.js';
import { RenewRecoveryCodes } from './renew-recovery-codes.js';
import { SecondFactorSecrets } from './second-factor-secrets.js';
import { SecondFactorController } from './second-factor.controller.js';
import { SessionController } from './session.controller.js';
import { SessionsController } from './sessions.controller.js';
import { SetUpSecondFactor } from './set-up-second-factor.js';
import { ShowSession } from './show-session.js';
import { SignIn } from './sign-in.js';
import { StaffController } from './staff.controller.js';

/**
 * Who staff are, and how they sign in: the doors. Needs the global modules of configuration, database and access. Whoever needs
 * to know that somebody is the owner of an account asks `ProveOwner`.
 */
@Module({})
export class AccountsModule {
  static register(secret: Buffer): DynamicModule {
    return {
      module: AccountsModule,
      global: true,
      exports: [ProveOwner],
      controllers: [
        SessionController,
        LinksController,
        ForgotController,
        StaffController,
        AccountEventsController,
        SecondFactorController,
        SessionsController,
      ],
      providers: [
        CheckPassword,
        CheckSecondFactor,
        SecondFactorSecrets,
        ProveOwner,
        SignIn,
        ConfirmSignIn,
        ShowSession,
        EndSession,
        ChangePassword,
        SetUpSecondFactor,
        RemoveSecondFactor,
        RenewRecoveryCodes,
        ForgetSignIns,
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
