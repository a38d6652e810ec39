import pg from 'pg';
import { VigieError } from '../../src/core/errors.js';
import { checkSite, type SiteInput } from '../../src/sites/check-site.js';
import { createTestDatabase } from '../setup/test-database.js';

const problemOf = (given: SiteInput, production: boolean): string | null => {
  try {
    checkSite(given, production);
    return null;
  } catch (error) {
    if (error instanceof VigieError) return error.detail;
    throw error;
  }
};
const pointersOf = (given: SiteInput): string[] => {
  try {
    checkSite(given, true);
    return [];
  } catch (error) {
    if (error instanceof VigieError) return error.fields.map(({ pointer }) => pointer);
    throw error;
  }
};
const originProblem = (origin: string, production: boolean): string | null =>
  problemOf({ origins: [origin] }, production);

describe("a site's origin", () => {
  it.each(['https://www.example.ma', 'https://example.ma:8443', 'http://localhost:5173', 'http://127.0.0.1'])(
    'may be %s, in production too',
    (origin) => {
      expect(originProblem(origin, true)).toBeNull();
    },
  );

  it('may be plain http on any host while one develops, and not in production', () => {
    expect(originProblem('http://vigie.test', false)).toBeNull();
    expect(originProblem('http://vigie.test', true)).toContain('https://');
  });

  it.each([
    ['https://www.example.ma/', 'https://www.example.ma'],
    ['https://www.example.ma:443', 'https://www.example.ma'],
    ['https://WWW.example.ma', 'https://www.example.ma'],
    ['https://www.example.ma/fr?x#y', 'https://www.example.ma'],
    ['https://user@www.example.ma', 'https://www.example.ma'],
    ['https://éxample.ma', 'https://xn--xample-9ua.ma'],
  ])('is refused as %s, with the spelling that browsers send', (origin, spelling) => {
    expect(originProblem(origin, false)?.endsWith(`Here: ${spelling}`)).toBe(true);
  });

  it.each(['null', '', '*', 'https://*.example.ma', 'www.example.ma', 'file:///x', 'chrome-extension://abc'])(
    'is never %j',
    (origin) => {
      expect(originProblem(origin, false)).not.toBeNull();
    },
  );
});

describe('a host of images', () => {
  const hostProblem = (host: string): string | null => problemOf({ imageHosts: [host] }, true);

  it.each([
    '*.example.ma',
    '*.images.example.co.uk:8443',
    '*.d111111abcdef8.cloudfront.net',
    'github.io',
    'com',
  ])('may be %s', (host) => {
    expect(hostProblem(host)).toBeNull();
  });

  it.each(['*.intranet', '*.localhost'])('may be %s, where no registry sells names', (host) => {
    expect(hostProblem(host)).toBeNull();
  });

  it.each([
    '*.com',
    '*.COM.',
    '*.ma',
    '*.press.ma',
    '*.co.uk',
    '*.ck',
    '*.рф',
    '*.com:8443',
    '*.github.io',
    '*.cloudfront.net',
  ])('is refused as %s, under which names are anybody’s', (host) => {
    expect(hostProblem(host)).toContain('anybody');
  });

  it('is refused so where imgix is said to serve it, too', () => {
    const addressRules = { presets: ['imgix'], imgixHosts: ['img.example.ma', '*.com', '*', '*.example.ma'] };
    expect(pointersOf({ addressRules })).toEqual([
      '/addressRules/imgixHosts/2',
      '/addressRules/imgixHosts/1',
    ]);
    expect(problemOf({ addressRules: { imgixHosts: ['*.com'] } }, true)).toContain('anybody');
  });
});

describe("a site's time zone", () => {
  const zoneProblem = (timeZone: string): string | null => problemOf({ timeZone }, true);

  it.each(['Africa/Casablanca', 'Europe/Paris', 'America/Argentina/Buenos_Aires', 'UTC', 'utc', 'GMT'])(
    'may be %s',
    (zone) => {
      expect(zoneProblem(zone)).toBeNull();
    },
  );

  it.each(['CET', 'cet', 'WET', 'EET', 'MET', 'BST', 'IST', 'EST', 'PST'])(
    'is refused as %s, which Postgres takes for one offset the year round',
    (zone) => {
      expect(zoneProblem(zone)).toContain('abbreviation');
    },
  );

  it('is on the clocks of Postgres what it is on those of browsers, in summer, in winter and in Ramadan', async () => {
    const database = await createTestDatabase();
    const client = new pg.Client(database.url);
    await client.connect();
    // Of a year that every Postgres knows alike: governments change their zones, and releases follow.
    const times = ['2020-01-15T12:00:00Z', '2020-05-01T12:00:00Z', '2020-07-15T12:00:00Z'];
    const { rows: known } = await client.query<{ name: string }>(
      'select name from pg_timezone_names union select abbrev from pg_timezone_abbrevs order by 1',
    );
    const zones = known.map(({ name }) => name).filter((name) => zoneProblem(name) === null);
    const { rows } = await client.query<{ zone: string; at: Date; clock: string }>(
      `select zone, at, to_char(at at time zone zone, 'YYYY-MM-DD HH24:MI') as clock
       from unnest($1::text[]) as z (zone), unnest($2::timestamptz[]) as t (at)`,
      [zones, times],
    );
    await client.end();
    await database.drop();
    expect(rows.length).toBeGreaterThan(400 * times.length);
    expect(rows.filter(({ zone, at, clock }) => clock !== clockOf(zone, at))).toEqual([]);
  });

  // Swedes write a time as Postgres was asked to.
  const clockOf = (timeZone: string, at: Date): string =>
    new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(at);
});

it('is stored without repetitions, reasons in their order', () => {
  const origins = ['https://a.ma', 'https://a.ma'];
  expect(
    checkSite({ origins, imageHosts: ['A.ma', 'a.ma'], reasons: ['spam', 'hate', 'spam'] }, true),
  ).toEqual({
    origins: ['https://a.ma'],
    imageHosts: ['a.ma'],
    reasons: ['hate', 'spam'],
  });
});
