import all from './jest.config.js';

/**
 * What `npm run test:browser` runs: the widget and the console in a real Chromium. Two files at a time: a third
 * one made them a twentieth faster together, and each of them slower.
 */
export default {
  ...all,
  testMatch: ['<rootDir>/test/browser/**/*.spec.ts'],
  testTimeout: 120_000,
};
