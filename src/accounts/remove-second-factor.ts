import { Inject, Injectable } from '@nestjs/common';
import type { Session } from '../access/staff/sessions.js';
import { CONFIG } from '../config/config.module.js';
import type { VigieConfig } from '../config/load-config.js';
import { refused } from '../core/errors.js';
import { spendLinks } from '../database/statements/accounts/account-links.js';
import { noteAccountEvent } from '../database/statements/accounts/note-account-event.js';
import { deleteSecondFactor } from '../database/statements/accounts/save-account.js';
import type { Tx } from '../database/tx.js';
import { checkOneCode, type GivenCode } from './check-second-factor.js';
import { ProveOwner } from './prove-owner.js';
import type { AtTheDoor } from './sign-in.js';

/** Takes a second factor away, for whoever has it; a link for a new password, which it stood behind, is spent. */
@Injectable()
export class RemoveSecondFactor {
  constructor(
    private readonly owner: ProveOwner,
    @Inject(CONFIG) private readonly config: Pick<VigieConfig, 'accounts'>,
  ) {}

  /** @throws VigieError CONFLICT where one is required, or when the password was changed meanwhile; INVALID, RATE_LIMITED */
  async remove(
    { caller }: Session,
    { password, ...code }: GivenCode & { readonly password: string },
    who: AtTheDoor,
  ): Promise<void> {
    if (this.config.accounts.secondFactor === 'required') {
      throw refused(
        'CONFLICT',
        'second-factor-required',
        'A second factor is required here. To use another device, set that up: it takes the place of this one.',
      );
    }
    checkOneCode(code);
    const stored = await this.owner.byPassword(caller, password, '/password', who);
    const { staffId } = caller;
    const remove = async (tx: Tx): Promise<void> => {
      await deleteSecondFactor(tx, staffId);
      spendLinks(tx, staffId);
      const data = { browser: who.browser };
      await noteAccountEvent(tx, { type: 'second-factor-removed', staffId, by: { staffId }, data });
    };
    await this.owner.byCode(caller, code, who, remove, { stored });
  }
}
