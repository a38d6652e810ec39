import all from './jest.config.js';
import { LONG } from './jest.long.config.js';

/** What `npm test` runs: all but what takes long. Tests wait for Postgres now and then, so three share two cores. */
export default { ...all, maxWorkers: 3, testPathIgnorePatterns: [...LONG, '/test/browser/'] };
