import all from './jest.config.js';

/** What `npm test` runs: all but the proofs that start many processes, which `npm run test:processes` runs. */
export default {
  ...all,
  testPathIgnorePatterns: [
    '/test/processes/(?!two-processes)',
    '/test/database/embedded-postgres',
    '/test/browser/',
  ],
};
