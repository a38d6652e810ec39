import { notFound } from '../core/errors.js';
import { noteAccountEvent } from '../database/statements/note-account-event.js';
import { notifySettingsChanged } from '../database/statements/notify-settings-changed.js';
import { revokeKeyRow } from '../database/statements/revoke-key.js';
import type { ManagedTx } from '../database/tx.js';

/**
 * Revokes a key of this site, or a token of this member of staff, who does it; one that is revoked already stays as it is.
 *
 * @throws VigieError NOT_FOUND when it is not theirs
 */
export async function revokeKey(
  tx: ManagedTx,
  owner: { readonly siteId: string } | { readonly staffId: string },
  keyId: string,
): Promise<void> {
  const [revoked] = await revokeKeyRow(tx, keyId, owner);
  if (revoked === undefined) throw notFound('siteId' in owner ? 'key' : 'token');
  if ('staffId' in owner && revoked.live) {
    const { staffId } = owner;
    const data = { name: revoked.name };
    await noteAccountEvent(tx, { type: 'token-revoked', staffId, by: { staffId }, data });
  }
  await notifySettingsChanged(tx);
}
