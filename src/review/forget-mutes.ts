import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { ForgetRegularly } from '../database/forget-regularly.js';
import { forgetMutes } from '../database/statements/readers/forget-mutes.js';

/** Removes mutes that are over; they have counted no more since they were. Whichever process has the moderator's door does it. */
@Injectable()
export class ForgetMutes extends ForgetRegularly {
  constructor(database: Database) {
    super(database, 'Mutes', 'Mutes that are over could not be removed; trying again later.', [forgetMutes]);
  }
}
