import { Inject, Injectable } from '@nestjs/common';
import { ChangeSettings } from '../access/sites/change-settings.js';
import type { Sender } from '../access/readers/networks.js';
import { CONFIG } from '../config/config.module.js';
import type { VigieConfig } from '../config/load-config.js';
import { VigieError } from '../core/errors.js';
import { Database } from '../database/database.js';
import {
  findLink,
  type OpenLink,
  spendLink,
  spendLinks,
} from '../database/statements/accounts/account-links.js';
import { endSessions } from '../database/statements/accounts/end-sessions.js';
import { lockStaff } from '../database/statements/accounts/lock-staff.js';
import { noteAccountEvent } from '../database/statements/accounts/note-account-event.js';
import { notifySettingsChanged } from '../database/statements/sites/notify-settings-changed.js';
import { revokeAllTokens, setPassword } from '../database/statements/accounts/save-account.js';
import type { Tx } from '../database/tx.js';
import { CheckPassword } from './check-password.js';
import { Guesses } from './guesses.js';
import { hashOfLink } from './link-token.js';
import { checkNewPassword } from './new-password.js';

/** Looks at one-time links, and sets a password by one. */
@Injectable()
export class RedeemLink {
  constructor(
    private readonly database: Database,
    private readonly settings: ChangeSettings,
    private readonly passwords: CheckPassword,
    private readonly guesses: Guesses,
    @Inject(CONFIG) private readonly config: Pick<VigieConfig, 'accounts'>,
  ) {}

  /** @throws VigieError GONE when it is unknown, spent or over: which of them, nobody learns */
  async look(token: string): Promise<OpenLink> {
    const hash = hashOfLink(token);
    const link = hash === null ? undefined : await findLink(this.database, hash);
    if (link === undefined) throw gone();
    return link;
  }

  /**
   * Sets the password, spends all links of the person, and ends all their sessions. Wrong passwords from here before are
   * forgiven. Their second factor stays, and what was guessed of its codes: a link that was intercepted gets nobody past it.
   *
   * @throws VigieError GONE as `look`, INVALID at /password, UNAVAILABLE when too many ask at once
   */
  async redeem(token: string, password: string, sender: Sender): Promise<void> {
    const link = await this.look(token);
    checkNewPassword(link.email, password);
    // Takes a moment by design, so it is done only for a link that is good, and before a transaction is opened.
    const passwordHash = await this.passwords.hash(password);
    const hash = hashOfLink(token);
    if (hash === null) throw gone();
    await this.settings.run(async (tx) => {
      await use(tx, link, hash, passwordHash, this.config.accounts.idleMinutes);
      await this.guesses.forgivePasswords(tx, link.email, sender);
    });
  }
}

async function use(
  tx: Tx,
  { staffId, purpose }: OpenLink,
  hash: Buffer,
  passwordHash: string,
  idleMinutes: number,
): Promise<void> {
  await lockStaff(tx, staffId);
  // Of two at once, the second finds it spent.
  if (!(await spendLink(tx, hash))) throw gone();
  spendLinks(tx, staffId);
  setPassword(tx, staffId, passwordHash);
  const sessions = await endSessions(tx, staffId, idleMinutes);
  if (purpose === 'reset') await revokeAllTokens(tx, staffId);
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
