import { NO_ADDRESS_RULES } from '../../core/address-rules.js';
import { defaultImageHosts } from '../../core/image-hosts.js';
import type { SiteRow } from '../../database/statements/sites/site-row.js';

/** A site's settings as they are in force (docs/rules.md, rule 19: its hosts follow from its origins unless it names some). */
export const siteSettings = <Row extends Pick<SiteRow, 'imageHosts' | 'origins' | 'addressRules'>>(
  row: Row,
): Row => ({
  ...row,
  imageHosts: vouchedHosts(row),
  // Always the same object, of which it is known at once that it does nothing.
  addressRules: Object.keys(row.addressRules).length > 0 ? row.addressRules : NO_ADDRESS_RULES,
});

/** The hosts whose images a site vouches for: those that it names, else those that follow from its origins. */
export const vouchedHosts = ({
  imageHosts,
  origins,
}: Pick<SiteRow, 'imageHosts' | 'origins'>): readonly string[] =>
  imageHosts.length > 0 ? imageHosts : defaultImageHosts(origins);
