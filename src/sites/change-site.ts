import { isDeepStrictEqual } from 'node:util';
import { Site } from '../database/entities/site.entity.js';
import { noteAccountEvent } from '../database/statements/accounts/note-account-event.js';
import { notifySettingsChanged } from '../database/statements/sites/notify-settings-changed.js';
import type { ManagedTx } from '../database/tx.js';
import { stageReaddressing } from '../moderation/readdress.js';
import { type CheckedSite, checkSite, type SiteInput } from './check-site.js';
import type { SettingsContext } from './create-site.js';
import { checkHostsOfOrigins } from './hosts-of-anybody.js';
import { lockSite } from './lock-site.js';

/**
 * Changes what is named of a site. New address rules have its images readdressed (docs/adr/0016). The names
 * of the parts that are different then are in the accounts' log.
 *
 * @throws VigieError INVALID
 */
export async function changeSite(
  tx: ManagedTx,
  siteId: string,
  change: SiteInput,
  { staffId, production }: SettingsContext,
): Promise<Site> {
  const checked = checkSite(change, production);
  if (Object.keys(checked).length > 0) {
    const before = await lockSite(tx, siteId);
    checkHostsOfOrigins({ ...before, ...checked }, checked);
    const { addressRules } = checked;
    if (addressRules !== undefined && !isDeepStrictEqual(addressRules, before.addressRules)) {
      stageReaddressing(tx, siteId, addressRules);
    }
    await tx.manager.update(Site, { id: siteId }, checked);
    const parts = (Object.keys(checked) as (keyof CheckedSite)[]).filter(
      (part) => !isDeepStrictEqual(checked[part], before[part]),
    );
    if (parts.length > 0) {
      const by = staffId === null ? 'operator' : { staffId };
      await noteAccountEvent(tx, { type: 'site-changed', staffId: null, siteId, by, data: { parts } });
    }
    await notifySettingsChanged(tx);
  }
  return tx.manager.findOneByOrFail(Site, { id: siteId });
}
