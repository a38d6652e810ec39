import { Injectable } from '@nestjs/common';
import type { Session } from '../access/staff/sessions.js';
import { noteAccountEvent } from '../database/statements/accounts/note-account-event.js';
import { ProveOwner } from './prove-owner.js';
import { makeRecoveryCodes } from './recovery-codes.js';
import type { AtTheDoor } from './sign-in.js';

/** Gives new recovery codes to whoever has the second factor. */
@Injectable()
export class RenewRecoveryCodes {
  constructor(private readonly owner: ProveOwner) {}

  /** Shown once; those before are good no more. @throws VigieError INVALID, RATE_LIMITED */
  renew({ caller }: Session, code: string, who: AtTheDoor): Promise<readonly string[]> {
    const { staffId } = caller;
    return this.owner.byCode(caller, { code }, who, async (tx) => {
      const codes = await makeRecoveryCodes(tx, staffId);
      const data = { browser: who.browser };
      await noteAccountEvent(tx, { type: 'recovery-codes-made', staffId, by: { staffId }, data });
      return codes;
    });
  }
}
