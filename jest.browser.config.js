import all from './jest.config.js';

/** What `npm run test:browser` runs: the widget in a real Chromium, one file at a time. */
export default {
  ...all,
  testMatch: ['<rootDir>/test/browser/**/*.spec.ts'],
  maxWorkers: 1,
  testTimeout: 120_000,
};
