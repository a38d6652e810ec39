import type { VigieConfig } from '../config/load-config.js';
import { notFound, refused } from '../core/errors.js';
import { insertLink, type LinkPurpose, spendLinks } from '../database/statements/accounts/account-links.js';
import { type LockedAccount, lockStaff } from '../database/statements/accounts/lock-staff.js';
import {
  noteAccountEvent,
  type NewAccountEvent,
} from '../database/statements/accounts/note-account-event.js';
import type { Tx } from '../database/tx.js';
import { stage } from '../jobs/stage.js';
import { linkUrl, makeLinkToken } from './link-token.js';
import { MAIL_LINK, type LinkToMail } from './mail-link.js';

/** Where links lead, and whether they are mailed, too. */
export type LinkSettings = Pick<VigieConfig, 'publicUrl' | 'smtp'>;

/** A link as whoever makes it hands it over. */
export interface MadeLink {
  readonly url: string;
  readonly expiresAt: Date;
  /** Whether the person gets one by mail, too. */
  readonly mailed: boolean;
}

/** For whom, and where the right holds that it gives. */
export interface LinkRequest {
  readonly staffId: string;
  readonly purpose: LinkPurpose;
  readonly siteId?: string;
}

/**
 * Makes a one-time link, good for an hour, in the place of all that the person has. Where mail is configured they get
 * another of the same kind by mail; whichever is used first spends both.
 *
 * Whoever has a link is that person. So nobody makes one for themselves, where an open session or a token would be as good as
 * the password; and only the operator does for who may open what is sealed, since nobody else gives that.
 *
 * @throws VigieError NOT_FOUND, FORBIDDEN, CONFLICT for a closed account and for a purpose that does not fit
 */
export async function makeLink(
  tx: Tx,
  { staffId, purpose, siteId }: LinkRequest,
  by: NewAccountEvent['by'],
  { publicUrl, smtp }: LinkSettings,
): Promise<MadeLink> {
  const account = await lockStaff(tx, staffId);
  if (account === undefined) throw notFound('account');
  const { email, closed, hasPassword } = account;
  if (typeof by !== 'string') refuseTo(by.staffId, account);
  if (closed)
    throw refused('CONFLICT', 'account-closed', `The account of ${email} was closed: open it again first.`);
  if (purpose === 'invitation' && hasPassword) {
    const detail = `${email} has a password already: an admin can make a reset link.`;
    throw refused('CONFLICT', 'has-password', detail, { email });
  }
  if (purpose === 'reset' && !hasPassword) {
    throw refused('CONFLICT', 'no-password', `${email} has set no password yet: make an invitation.`);
  }
  spendLinks(tx, staffId);
  const { token, hash } = makeLinkToken();
  const createdBy = typeof by === 'string' ? null : by.staffId;
  const { expiresAt } = await insertLink(tx, { staffId, purpose, hash, createdBy });
  const mailed = smtp.url !== null;
  if (mailed) {
    const { id: linkId } = await insertLink(tx, { staffId, purpose, hash: null, createdBy });
    stage(tx, [{ kind: MAIL_LINK, payload: { linkId } satisfies LinkToMail }]);
  }
  const site = siteId === undefined ? {} : { siteId };
  await noteAccountEvent(tx, { type: 'link-made', staffId, ...site, by, data: { purpose, mailed } });
  return { url: linkUrl(publicUrl, token), expiresAt, mailed };
}

function refuseTo(makerId: string, { id, email, legal }: LockedAccount): void {
  if (id === makerId) {
    throw refused('CONFLICT', 'own-link', 'This is your own account: change your password instead.');
  }
  if (legal) {
    throw refused(
      'FORBIDDEN',
      'operator-only',
      `${email} may open what is sealed: the operator alone makes their links ("staff invite", "staff reset").`,
    );
  }
}
