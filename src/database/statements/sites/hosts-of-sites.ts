import type { AddressRules } from '../../../core/address-rules.js';
import type { Tx } from '../../tx.js';

const statement = {
  name: 'hosts-of-sites',
  text: `
    select slug, origins, image_hosts as "imageHosts", address_rules as "addressRules"
    from site
    order by slug`,
};

export interface SiteHosts {
  readonly slug: string;
  readonly origins: readonly string[];
  readonly imageHosts: readonly string[];
  readonly addressRules: AddressRules;
}

/** What every site says of its hosts. */
export const hostsOfSites = (db: Pick<Tx, 'query'>): Promise<readonly SiteHosts[]> => db.query(statement);
