import { isDeepStrictEqual } from 'node:util';
import { Site } from '../database/entities/site.entity.js';
import { notifySettingsChanged } from '../database/statements/notify-settings-changed.js';
import type { ManagedTx } from '../database/tx.js';
import { stageReaddressing } from '../moderation/readdress.js';
import { checkSite, type SiteInput } from './check-site.js';
import { lockSite } from './lock-site.js';

/**
 * Changes what is named of a site. New address rules have its images readdressed (docs/adr/0016).
 *
 * @throws VigieError INVALID
 */
export async function changeSite(
  tx: ManagedTx,
  siteId: string,
  change: SiteInput,
  { production }: { readonly production: boolean },
): Promise<Site> {
  const checked = checkSite(change, production);
  if (Object.keys(checked).length > 0) {
    const before = await lockSite(tx, siteId);
    const { addressRules } = checked;
    if (addressRules !== undefined && !isDeepStrictEqual(addressRules, before.addressRules)) {
      stageReaddressing(tx, siteId, addressRules);
    }
    await tx.manager.update(Site, { id: siteId }, checked);
    await notifySettingsChanged(tx);
  }
  return tx.manager.findOneByOrFail(Site, { id: siteId });
}
