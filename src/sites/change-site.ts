import { Site } from '../database/entities/site.entity.js';
import { notifySettingsChanged } from '../database/statements/notify-settings-changed.js';
import type { ManagedTx } from '../database/tx.js';
import { checkSite, type SiteInput } from './check-site.js';

/**
 * Changes what is named of a site.
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
    await tx.manager.update(Site, { id: siteId }, checked);
    await notifySettingsChanged(tx);
  }
  return tx.manager.findOneByOrFail(Site, { id: siteId });
}
