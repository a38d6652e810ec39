import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { ForgetRegularly } from '../database/forget-regularly.js';
import { forgetSkips } from '../database/statements/cases/forget-skips.js';

/** Removes who put which case aside, once they are offered it again. Whichever process has the moderator's door does it. */
@Injectable()
export class ForgetSkips extends ForgetRegularly {
  constructor(database: Database) {
    super(database, 'Skips', 'Cases that were put aside could not be forgotten; trying again later.', [
      forgetSkips,
    ]);
  }
}
