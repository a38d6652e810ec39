import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { ForgetRegularly } from '../database/forget-regularly.js';
import { forgetMintedDevices } from '../database/statements/readers/minted-devices.js';
import { forgetSpentChallenges } from '../database/statements/readers/spent-challenges.js';

/**
 * Removes what minting no longer needs: challenges that have expired, and what networks minted more than a day ago.
 * Whichever process has the reader's door does it, since it is there that the rows are made.
 */
@Injectable()
export class ForgetMinted extends ForgetRegularly {
  constructor(database: Database) {
    super(database, 'Devices', 'What minting no longer needs could not be removed; trying again later.', [
      forgetSpentChallenges,
      forgetMintedDevices,
    ]);
  }
}
