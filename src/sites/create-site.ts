import { invalid, refused } from '../core/errors.js';
import { REASONS } from '../core/reasons.js';
import { DEFAULT_THRESHOLD_RULE } from '../core/threshold-rule.js';
import { Site } from '../database/entities/site.entity.js';
import { ThresholdRuleVersion } from '../database/entities/threshold-rule.entity.js';
import { notifySettingsChanged } from '../database/statements/sites/notify-settings-changed.js';
import type { ManagedTx } from '../database/tx.js';
import { checkSite, type SiteInput } from './check-site.js';
import { checkHostsOfOrigins } from './hosts-of-anybody.js';

/** A site to be. Left out: no origins, hosts that follow from the origins, no address rules, French, UTC, all reasons, near
 * pictures only suggested, no instructions for the severe reason. */
export interface NewSite extends SiteInput {
  readonly slug: string;
  readonly name: string;
}

/** Who changes the settings, and where. `staffId` is null for the operator at the command line. */
export interface SettingsContext {
  readonly staffId: string | null;
  readonly production: boolean;
}

/**
 * Makes a site with the first version of its rule.
 *
 * @param demo marks the demonstration site
 * @throws VigieError INVALID, CONFLICT when the slug is taken
 */
export async function createSite(
  tx: ManagedTx,
  given: NewSite,
  { staffId, production }: SettingsContext,
  demo = false,
): Promise<Site> {
  const { name, ...checked } = checkSite(given, production);
  if (name === undefined) throw invalid('/name', 'Give the site a name.');
  checkHostsOfOrigins({ origins: [], imageHosts: [], ...checked }, checked);
  const sites = tx.manager.getRepository(Site);
  const inserted = await sites
    .createQueryBuilder()
    .insert()
    .values({
      origins: [],
      imageHosts: [],
      addressRules: {},
      locale: 'fr',
      timeZone: 'UTC',
      reasons: [...REASONS],
      nearMatches: 'suggest',
      severeInstructions: null,
      ...checked,
      slug: given.slug,
      name,
      ruleVersion: 1,
      demo,
    })
    .orIgnore()
    .returning('id')
    .execute();
  const [row] = inserted.raw as { id: string }[];
  if (row === undefined) {
    throw refused(
      'CONFLICT',
      'slug-taken',
      `There is a site called ${given.slug} already: choose another slug.`,
    );
  }
  await tx.manager.insert(ThresholdRuleVersion, {
    siteId: row.id,
    version: 1,
    rule: DEFAULT_THRESHOLD_RULE,
    createdBy: staffId,
  });
  await notifySettingsChanged(tx);
  return sites.findOneByOrFail({ id: row.id });
}
