import { notFound } from '../core/errors.js';
import { notifySettingsChanged } from '../database/statements/notify-settings-changed.js';
import { revokeKeyRow } from '../database/statements/revoke-key.js';
import type { ManagedTx } from '../database/tx.js';

/**
 * Revokes a key of this site, or a token of this member of staff; one that is revoked already stays as it is.
 *
 * @throws VigieError NOT_FOUND when it is not theirs
 */
export async function revokeKey(
  tx: ManagedTx,
  owner: { readonly siteId: string } | { readonly staffId: string },
  keyId: string,
): Promise<void> {
  const revoked = await revokeKeyRow(tx, keyId, owner);
  if (revoked.length === 0) throw notFound('siteId' in owner ? 'key' : 'token');
  await notifySettingsChanged(tx);
}
