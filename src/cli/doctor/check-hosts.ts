import type { Database } from '../../database/database.js';
import { hostsOfSites } from '../../database/statements/sites/hosts-of-sites.js';
import { hostsOfAnybody } from '../../sites/hosts-of-anybody.js';
import { type Finding, named, warning } from './finding.js';

/**
 * Whether sites have kept hosts from before those of a public suffix were refused: nothing is said where none has. Needs a
 * migrated database.
 */
export async function checkHosts(database: Database): Promise<Finding[]> {
  const sites = (await hostsOfSites(database)).flatMap(({ slug, ...site }) => {
    const hosts = hostsOfAnybody(site);
    return hosts.length === 0 ? [] : `${slug} (${hosts.join(', ')})`;
  });
  if (sites.length === 0) return [];
  return [
    warning(
      'image hosts',
      `Names under a public suffix are anybody's, so that readers may report, and Vigie may fetch, pictures of strangers: give ` +
        `${named(sites)} hosts of their own (imageHosts, or imgixHosts of the address rules), in the console or by PATCH /v1/sites/{id}.`,
    ),
  ];
}
