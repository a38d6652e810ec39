import { NO_ADDRESS_RULES } from '../core/address-rules.js';
import { defaultImageHosts } from '../core/image-hosts.js';
import type { SiteRow } from '../database/statements/site-row.js';

/** A site's settings as they are in force (docs/rules.md, rule 19: its hosts follow from its origins unless it names some). */
export const siteSettings = <Row extends Pick<SiteRow, 'imageHosts' | 'origins' | 'addressRules'>>(
  row: Row,
): Row => ({
  ...row,
  imageHosts: row.imageHosts.length > 0 ? row.imageHosts : defaultImageHosts(row.origins),
  // Always the same object, of which it is known at once that it does nothing.
  addressRules: Object.keys(row.addressRules).length > 0 ? row.addressRules : NO_ADDRESS_RULES,
});
