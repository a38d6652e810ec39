import all from './jest.config.js';
import { LONG } from './jest.long.config.js';
import { testGroups } from './test/setup/test-groups.js';

/** What `npm test` runs: all but what takes long, several files together. Tests wait for Postgres now and then, so three share two cores. */
export default {
  ...all,
  maxWorkers: 3,
  testMatch: [`<rootDir>/${testGroups([...LONG, '/test/browser/'], 'dist/groups/test')}/*.js`],
};
