import all from './jest.config.js';

/**
 * What `npm run test:browser` runs: the widget and the console in a real Chromium. Two files at a time: each waits for its browser
 * through a third of its time.
 */
export default {
  ...all,
  testMatch: ['<rootDir>/test/browser/**/*.spec.ts'],
  testTimeout: 120_000,
};
