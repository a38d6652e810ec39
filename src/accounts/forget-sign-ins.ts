import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { ForgetRegularly } from '../database/forget-regularly.js';
import {
  forgetAccountLinks,
  forgetSessions,
  forgetSignInFailures,
} from '../database/statements/accounts/forget-sign-ins.js';

/**
 * Removes sessions and links of a month ago, wrong guesses of yesterday, and networks from which nobody has signed in to an account
 * for a month (they are kept beside the guesses). The accounts' log stays.
 */
@Injectable()
export class ForgetSignIns extends ForgetRegularly {
  constructor(database: Database) {
    super(database, 'Accounts', 'Old sessions could not be removed; trying again later.', [
      forgetSessions,
      forgetSignInFailures,
      forgetAccountLinks,
    ]);
  }
}
