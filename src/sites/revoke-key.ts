import { notFound } from '../core/errors.js';
import {
  noteAccountEvent,
  type NewAccountEvent,
} from '../database/statements/accounts/note-account-event.js';
import { notifySettingsChanged } from '../database/statements/sites/notify-settings-changed.js';
import { revokeKeyRow } from '../database/statements/sites/revoke-key.js';
import type { ManagedTx } from '../database/tx.js';

/**
 * Revokes a key of this site, or a token of this member of staff; one that is revoked already stays as it is. Who did it is in
 * the accounts' log.
 *
 * @throws VigieError NOT_FOUND when it is not theirs
 */
export async function revokeKey(
  tx: ManagedTx,
  owner: { readonly siteId: string } | { readonly staffId: string },
  keyId: string,
  by: NewAccountEvent['by'],
): Promise<void> {
  const [revoked] = await revokeKeyRow(tx, keyId, owner);
  if (revoked === undefined) throw notFound('siteId' in owner ? 'key' : 'token');
  const { live, kind, hint, name } = revoked;
  if (live && 'staffId' in owner) {
    await noteAccountEvent(tx, { type: 'token-revoked', staffId: owner.staffId, by, data: { name } });
  }
  if (live && 'siteId' in owner) {
    const data = { kind, hint, name };
    await noteAccountEvent(tx, { type: 'key-revoked', staffId: null, siteId: owner.siteId, by, data });
  }
  await notifySettingsChanged(tx);
}
