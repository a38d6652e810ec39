import type { Database } from '../database/database.js';
import { insertLink } from '../database/statements/accounts/account-links.js';
import { lockStaff } from '../database/statements/accounts/lock-staff.js';
import { noteAccountEvent } from '../database/statements/accounts/note-account-event.js';
import type { JobHandler, JobResult } from '../jobs/job-handler.js';
import { stage } from '../jobs/stage.js';
import { type LinkToMail, MAIL_LINK } from './mail-link.js';

export const MAKE_ASKED_LINK = 'make-asked-link';

/** Somebody asked for a link. */
export interface AskedLink {
  /** Null: there is no account of that address. */
  readonly staffId: string | null;
}

/**
 * Makes the link that somebody asked for at the door, and has it mailed. The door itself does the same whether there is
 * such an account or not. Links that others made stay good: whoever knows an address must not spend an invitation.
 */
export class MakeAskedLink implements JobHandler<AskedLink> {
  readonly kind = MAKE_ASKED_LINK;

  constructor(private readonly database: Database) {}

  async run({ staffId }: AskedLink): Promise<JobResult> {
    if (staffId === null) return { done: true };
    await this.database.inTransaction(async (tx) => {
      const account = await lockStaff(tx, staffId);
      if (account === undefined || account.closed) return;
      const purpose = account.hasPassword ? 'reset' : 'invitation';
      const { id: linkId } = await insertLink(tx, { staffId, purpose, hash: null, createdBy: null });
      stage(tx, [{ kind: MAIL_LINK, payload: { linkId } satisfies LinkToMail }]);
      await noteAccountEvent(tx, {
        type: 'link-made',
        staffId,
        by: 'anybody',
        data: { purpose, mailed: true },
      });
    });
    return { done: true };
  }
}
