import { type DynamicModule, Module } from '@nestjs/common';
import { Networks } from '../access/networks.js';
import { Database } from '../database/database.js';
import { CheckPassword } from './check-password.js';
import { EndSession } from './end-session.js';
import { Guesses } from './guesses.js';
import { SessionController } from './session.controller.js';
import { ShowSession } from './show-session.js';
import { SignIn } from './sign-in.js';

/** How staff sign in. Needs the global modules of configuration, database and access. */
@Module({})
export class AccountsModule {
  static register(secret: Buffer): DynamicModule {
    return {
      module: AccountsModule,
      controllers: [SessionController],
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
      ],
    };
  }
}
