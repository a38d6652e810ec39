import type { Database } from '../../database/database.js';
import { sitesOfZones } from '../../database/statements/sites/sites-of-zones.js';
import { isZoneAbbreviation } from '../../sites/check-site.js';
import { type Finding, named, warning } from './finding.js';

/**
 * Whether sites have kept a time zone from before abbreviations were refused: nothing is said where none has. Needs a migrated
 * database.
 */
export async function checkZones(database: Database): Promise<Finding[]> {
  const zones = (await sitesOfZones(database)).filter(({ timeZone }) => isZoneAbbreviation(timeZone));
  if (zones.length === 0) return [];
  const sites = zones.flatMap(({ timeZone, slugs }) => slugs.map((slug) => `${slug} (${timeZone})`));
  return [
    warning(
      'time zones',
      `An abbreviation is one offset the year round, so that days of statistics are an hour off in summer: give ` +
        `${named(sites)} the zone of a place, such as Africa/Casablanca, in the console or by ` +
        'PATCH /v1/sites/{id}.',
    ),
  ];
}
