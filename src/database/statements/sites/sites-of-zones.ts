import type { Tx } from '../../tx.js';

const statement = {
  name: 'sites-of-zones',
  text: `
    select time_zone as "timeZone", array_agg(slug order by slug) as slugs
    from site
    group by time_zone
    order by time_zone`,
};

/** Every time zone that sites have, and which have it. */
export const sitesOfZones = (
  db: Pick<Tx, 'query'>,
): Promise<{ readonly timeZone: string; readonly slugs: readonly string[] }[]> => db.query(statement);
