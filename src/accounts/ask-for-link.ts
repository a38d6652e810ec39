import { Inject, Injectable } from '@nestjs/common';
import { Networks, type Sender } from '../access/readers/networks.js';
import { Sealed } from '../access/sealing/sealed.js';
import { CONFIG } from '../config/config.module.js';
import type { VigieConfig } from '../config/load-config.js';
import { rateLimited, VigieError } from '../core/errors.js';
import { Database } from '../database/database.js';
import { countAskedLink, findAccountId } from '../database/statements/accounts/asked-links.js';
import { stage } from '../jobs/stage.js';
import { type AskedLink, MAKE_ASKED_LINK } from './make-asked-link.js';

const KEY_BYTES = 16;

/** Who forgot their password asks for a link by mail. Nobody learns whether there is such an account. */
@Injectable()
export class AskForLink {
  constructor(
    private readonly database: Database,
    private readonly sealed: Sealed,
    private readonly networks: Networks,
    @Inject(CONFIG) private readonly config: Pick<VigieConfig, 'smtp'>,
  ) {}

  /** @throws VigieError CONFLICT where no mail is sent, RATE_LIMITED */
  async ask(given: string, sender: Sender): Promise<void> {
    if (this.config.smtp.url === null) {
      throw new VigieError('CONFLICT', 'No mail is sent here: ask an admin, who can hand you a link.');
    }
    const email = given.trim().toLowerCase();
    const keys = [`address|${email}`, `network|${this.networks.placeOf(sender).narrow}`];
    await this.database.inTransaction(async (tx) => {
      // In one order, or two at once could wait for each other.
      for (const key of keys.map((name) => this.keyOf(name)).sort((a, b) => a.compare(b))) {
        const seconds = await countAskedLink(tx, key);
        if (seconds > 0) {
          const when = Math.ceil(seconds);
          throw rateLimited(`A link was asked for several times. Try again in ${when} seconds.`, when);
        }
      }
      const staffId = await findAccountId(tx, email);
      stage(tx, [{ kind: MAKE_ASKED_LINK, payload: { staffId } satisfies AskedLink }]);
    });
  }

  /** A keyed hash: a sealed text begins with its authenticator. */
  private keyOf(name: string): Buffer {
    return Buffer.from(this.sealed.seal('asked links', Buffer.from(name)), 'base64url').subarray(
      0,
      KEY_BYTES,
    );
  }
}
