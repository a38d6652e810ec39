import { Injectable } from '@nestjs/common';
import { ChangeSettings } from '../access/change-settings.js';
import { hashPassword } from '../access/passwords.js';
import { invalid, VigieError } from '../core/errors.js';
import { Database } from '../database/database.js';
import { findLink, type OpenLink, spendLink, spendLinks } from '../database/statements/account-links.js';
import { lockStaff } from '../database/statements/lock-staff.js';
import { noteAccountEvent } from '../database/statements/note-account-event.js';
import { notifySettingsChanged } from '../database/statements/notify-settings-changed.js';
import { endAllSessions, setPassword } from '../database/statements/save-account.js';
import type { Tx } from '../database/tx.js';
import { hashOfLink } from './link-token.js';

/** Looks at one-time links, and sets a password by one. */
@Injectable()
export class RedeemLink {
  constructor(
    private readonly database: Database,
    private readonly settings: ChangeSettings,
  ) {}

  /** @throws VigieError GONE when it is unknown, spent or over: which of them, nobody learns */
  async look(token: string): Promise<OpenLink> {
    const hash = hashOfLink(token);
    const link = hash === null ? undefined : await findLink(this.database, hash);
    if (link === undefined) throw gone();
    return link;
  }

  /**
   * Sets the password, spends all links of the person, and ends all their sessions. Their second factor stays: a link that
   * was intercepted gets nobody past it.
   *
   * @throws VigieError GONE as `look`, INVALID at /password
   */
  async redeem(token: string, password: string): Promise<void> {
    const link = await this.look(token);
    if (password.trim().toLowerCase() === link.email) {
      throw invalid('/password', 'Must not be the e-mail address.');
    }
    // Takes a moment by design, so it is done only for a link that is good, and before a transaction is opened.
    const passwordHash = await hashPassword(password);
    const hash = hashOfLink(token);
    if (hash === null) throw gone();
    await this.settings.run((tx) => use(tx, link, hash, passwordHash));
  }
}

async function use(
  tx: Tx,
  { staffId, purpose }: OpenLink,
  hash: Buffer,
  passwordHash: string,
): Promise<void> {
  await lockStaff(tx, staffId);
  // Of two at once, the second finds it spent.
  if (!(await spendLink(tx, hash))) throw gone();
  spendLinks(tx, staffId);
  setPassword(tx, staffId, passwordHash);
  const sessions = await endAllSessions(tx, staffId);
  const by = { staffId };
  await noteAccountEvent(tx, { type: 'link-used', staffId, by, data: { purpose } });
  await noteAccountEvent(tx, { type: 'password-changed', staffId, by, data: { sessionsEnded: sessions } });
  await notifySettingsChanged(tx);
}

const gone = (): VigieError =>
  new VigieError(
    'GONE',
    'This link is not good any more: it was used, there is a newer one, or its hour is over. Ask for a new one.',
  );
