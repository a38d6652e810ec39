import { fewLibraries } from './test/setup/few-libraries.js';

const swc = (typescript) => [
  '@swc/jest',
  {
    jsc: {
      parser: typescript ? { syntax: 'typescript', decorators: true } : { syntax: 'ecmascript' },
      transform: typescript ? { legacyDecorator: true, decoratorMetadata: true } : {},
      target: 'es2023',
      keepClassNames: true,
    },
    module: { type: 'commonjs' },
    // Beside the code: within it they were compiled, too.
    sourceMaps: true,
  },
];

export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.spec.ts'],
  globalSetup: '<rootDir>/test/setup/start-postgres.ts',
  globalTeardown: '<rootDir>/test/setup/stop-postgres.ts',
  setupFiles: ['reflect-metadata'],
  setupFilesAfterEnv: ['<rootDir>/test/setup/watch-logs.ts'],
  moduleNameMapper: { ...(await fewLibraries()), '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': swc(true), '^.+\\.m?js$': swc(false) },
  // These are published as ES modules only.
  transformIgnorePatterns: [
    '/node_modules/(?!(request-filtering-agent|intl-messageformat|@formatjs|preact|@preact|otpauth|@noble|p-limit|p-timeout|yocto-queue)/)',
  ],
  // Found without asking the sandbox: indistinct-of.spec.ts took 46 s of a processor, and takes 6.
  sandboxInjectedGlobals: ['Math', 'Symbol'],
  maxWorkers: 2,
  // For what hangs: what takes longest takes a quarter of it, unless the machine has other work to do.
  testTimeout: 60_000,
};
