import { Inject, Injectable } from '@nestjs/common';
import { ChangeSettings } from '../access/sites/change-settings.js';
import { type Session, Sessions } from '../access/staff/sessions.js';
import { CONFIG } from '../config/config.module.js';
import type { VigieConfig } from '../config/load-config.js';
import { invalid, refused } from '../core/errors.js';
import { spendLinks } from '../database/statements/accounts/account-links.js';
import { endSessions } from '../database/statements/accounts/end-sessions.js';
import { lockSignIn } from '../database/statements/accounts/find-sign-in.js';
import { noteAccountEvent } from '../database/statements/accounts/note-account-event.js';
import { notifySettingsChanged } from '../database/statements/sites/notify-settings-changed.js';
import { revokeAllTokens, setPassword } from '../database/statements/accounts/save-account.js';
import { CheckPassword } from './check-password.js';
import { checkNewPassword } from './new-password.js';
import { ProveOwner } from './prove-owner.js';
import { renewSession } from './renew-session.js';
import type { AtTheDoor, GivenSession } from './sign-in.js';

/** What a change of the password is. */
export interface PasswordChange {
  readonly current: string;
  readonly password: string;
  /** Are the person's tokens good no more? */
  readonly revokeTokens?: boolean;
}

/**
 * Changes one's own password. Whoever is signed in elsewhere is out, and links for a new password are spent; the second factor
 * stays, and so do tokens unless they are to go, too.
 */
@Injectable()
export class ChangePassword {
  constructor(
    private readonly settings: ChangeSettings,
    private readonly sessions: Sessions,
    private readonly passwords: CheckPassword,
    private readonly owner: ProveOwner,
    @Inject(CONFIG) private readonly config: Pick<VigieConfig, 'accounts'>,
  ) {}

  /** @throws VigieError INVALID, RATE_LIMITED after too many wrong ones, CONFLICT when it was changed meanwhile */
  async change(
    session: Session,
    { current, password, revokeTokens = false }: PasswordChange,
    who: AtTheDoor,
  ): Promise<GivenSession> {
    const { staffId, email } = session.caller;
    checkNewPassword(email, password);
    const before = await this.owner.byPassword(session.caller, current, '/current', who);
    if (password.normalize('NFKC') === current.normalize('NFKC')) {
      throw invalid('/password', 'This is the password that you have: choose another.');
    }
    const hash = await this.passwords.hash(password);
    return this.settings.run(async (tx) => {
      const now = await lockSignIn(tx, staffId);
      if (now?.passwordHash !== before) {
        throw refused('CONFLICT', 'password-changed', 'Your password was changed meanwhile: sign in again.');
      }
      setPassword(tx, staffId, hash);
      spendLinks(tx, staffId);
      const tokens = revokeTokens ? { tokensRevoked: await revokeAllTokens(tx, staffId) } : {};
      const sessions = await endSessions(tx, staffId, this.config.accounts.idleMinutes, {
        except: session.id,
      });
      const renewed = await renewSession(tx, this.sessions, session);
      const data = { browser: who.browser, sessionsEnded: sessions, ...tokens };
      await noteAccountEvent(tx, { type: 'password-changed', staffId, by: { staffId }, data });
      if (revokeTokens) await notifySettingsChanged(tx);
      return renewed;
    });
  }
}
