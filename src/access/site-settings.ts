import { defaultImageHosts } from '../core/image-hosts.js';
import type { SiteRow } from '../database/statements/site-row.js';

/** A site's settings as they are in force (docs/rules.md, rule 19: its hosts follow from its origins unless it names some). */
export const siteSettings = <Row extends Pick<SiteRow, 'imageHosts' | 'origins'>>(row: Row): Row => ({
  ...row,
  imageHosts: row.imageHosts.length > 0 ? row.imageHosts : defaultImageHosts(row.origins),
});
