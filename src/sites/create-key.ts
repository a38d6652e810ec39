import { IsNull } from 'typeorm';
import { makeKey, type NewKey } from '../access/keys/api-keys.js';
import type { SiteKeyKind } from '../contract/keys.js';
import { refused } from '../core/errors.js';
import { ApiKey } from '../database/entities/api-key.entity.js';
import { noteAccountEvent } from '../database/statements/accounts/note-account-event.js';
import { notifySettingsChanged } from '../database/statements/sites/notify-settings-changed.js';
import type { ManagedTx } from '../database/tx.js';
import { lockSite } from './lock-site.js';

/** One in use, and one to take its place. */
const LIVE_KEYS_PER_KIND = 2;

/**
 * Makes a key of a site. Returns it too: nobody can read it again.
 *
 * @param staffId who makes it; null for the operator
 * @param made of this kind; by default a new random one
 * @throws VigieError CONFLICT when the site has two live keys of the kind
 */
export async function createKey(
  tx: ManagedTx,
  siteId: string,
  kind: SiteKeyKind,
  name: string,
  staffId: string | null,
  made: NewKey = makeKey(kind),
): Promise<{ readonly row: ApiKey; readonly key: string }> {
  await lockSite(tx, siteId);
  const keys = tx.manager.getRepository(ApiKey);
  const live = await keys.countBy({ siteId, kind, revokedAt: IsNull() });
  if (live >= LIVE_KEYS_PER_KIND) {
    throw refused(
      'CONFLICT',
      'too-many-keys',
      `The site has ${LIVE_KEYS_PER_KIND} live ${kind} keys, which is enough to replace one: revoke the one that is no longer used.`,
    );
  }
  const { key, hash, hint } = made;
  const { identifiers } = await keys.insert({
    kind,
    siteId,
    hash,
    hint,
    name: name.trim(),
    scopes: [],
    createdBy: staffId,
  });
  const by = staffId === null ? 'operator' : { staffId };
  const data = { kind, hint, name: name.trim() };
  await noteAccountEvent(tx, { type: 'key-made', staffId: null, siteId, by, data });
  await notifySettingsChanged(tx);
  return { row: await keys.findOneByOrFail({ id: String(identifiers[0]?.['id']) }), key };
}
