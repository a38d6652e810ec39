import all from './jest.config.js';

/**
 * Tests that start many processes (Redis and a Postgres that goes away, too), decode many pictures, wait for slow readers, play
 * random histories or fill tables: minutes, where all others together take some three.
 */
export const LONG = [
  '/test/processes/',
  '/test/images/(draw-snapshots|examine-image|examiner-process|fingerprint-index|hostile-|indistinct-of|pdq)',
  '/test/demo/(draw-picture|photo-files)',
  '/test/database/embedded-postgres',
  '/test/(jobs/redis|access/limits/limits-redis|publishing/lost-postgres|metrics/lost-postgres|visibility/feed-epoch)',
  '/test/cli/(embedded|fingerprint)',
  '/test/http/(docs-page|rules-agree|server-limits)',
  '/test/publishing/(blocklist|changes-stream)',
  '/test/(client/(blocked-set|many-addresses)|visibility/hash-table)',
  '/test/(core|replay|moderation)/.*\\.properties',
  '/test/.*-plan',
  '/test/bench/simulate',
  '/test/start',
  '/test/proof/faults/checks',
];

const { testMatch: _, ...rest } = all;

/** What `npm run test:processes` runs: three files at a time, since most of them wait for a process, a pause or Postgres now and then. */
export default { ...rest, maxWorkers: 3, testRegex: LONG.map((pattern) => `${pattern}.*\\.spec\\.ts$`) };
