import type { Database } from '../database/database.js';
import { ForgetRegularly } from '../database/forget-regularly.js';
import { forgetMessages } from '../database/statements/webhooks/forget-messages.js';

/** Removes messages that were delivered or given up so many days ago, with their attempts. */
export class ForgetMessages extends ForgetRegularly {
  constructor(database: Database, keepDays: number) {
    super(database, 'Webhooks', 'Old messages could not be removed; trying again later.', [
      (tx, limit) => forgetMessages(tx, keepDays, limit),
    ]);
  }
}
