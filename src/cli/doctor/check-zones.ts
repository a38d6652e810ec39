import type { Database } from '../../database/database.js';
import { sitesOfZones } from '../../database/statements/sites/sites-of-zones.js';
import { isZoneAbbreviation } from '../../sites/check-site.js';
import { type Finding, warning } from './finding.js';

/** Sites that are named; of more the number is said. */
const NAMED = 5;

/**
 * Whether sites have kept a time zone from before abbreviations were refused: nothing is said where none has. Needs a migrated
 * database.
 */
export async function checkZones(database: Database): Promise<Finding[]> {
  const zones = (await sitesOfZones(database)).filter(({ timeZone }) => isZoneAbbreviation(timeZone));
  if (zones.length === 0) return [];
  const sites = zones.flatMap(({ timeZone, slugs }) => slugs.map((slug) => `${slug} (${timeZone})`));
  const more = sites.length > NAMED ? ` and ${sites.length - NAMED} more` : '';
  return [
    warning(
      'time zones',
      `An abbreviation is one offset the year round, so that days of statistics are an hour off in summer: give ` +
        `${sites.slice(0, NAMED).join(', ')}${more} the zone of a place, such as Africa/Casablanca, in the console or by ` +
        'PATCH /v1/sites/{id}.',
    ),
  ];
}
