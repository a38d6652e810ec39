import type { AddressRules } from '../../../core/address-rules.js';
import type { Locale, Reason } from '../../../core/reasons.js';

/** What a request needs of a row of `site`. */
export interface SiteRow {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly origins: readonly string[];
  readonly imageHosts: readonly string[];
  readonly addressRules: AddressRules;
  readonly locale: Locale;
  readonly timeZone: string;
  readonly reasons: readonly Reason[];
  readonly nearMatches: 'suggest' | 'block';
  readonly severeInstructions: string | null;
  /** `autoBlock` of the rule in force. */
  readonly automatic: boolean;
}

/** A SiteRow as one JSON value; for a query that calls the table `site`. */
export const siteRowJson = `jsonb_build_object(
           'id',         site.id::text,
           'slug',       site.slug,
           'name',       site.name,
           'origins',    site.origins,
           'imageHosts', site.image_hosts,
           'addressRules', site.address_rules,
           'locale',     site.locale,
           'timeZone',   site.time_zone,
           'reasons',    site.reasons,
           'nearMatches', site.near_matches,
           'severeInstructions', site.severe_instructions,
           'automatic',  (select threshold_rule.rule -> 'autoBlock'
                            from threshold_rule
                           where threshold_rule.site_id = site.id
                             and threshold_rule.version = site.rule_version))`;
