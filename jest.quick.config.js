import all from './jest.config.js';

/**
 * What `npm test` runs: all but the proofs that start many processes (Redis and a Postgres that goes away, too) or decode
 * many pictures, which `npm run test:processes` runs.
 */
export default {
  ...all,
  testPathIgnorePatterns: [
    '/test/processes/',
    '/test/images/(examiner-process|hostile-|indistinct-of)',
    '/test/demo/(draw-picture|photo-files)',
    '/test/database/embedded-postgres',
    '/test/(jobs/redis|access/limits-redis|publishing/lost-postgres|visibility/feed-epoch)',
    '/test/browser/',
  ],
};
