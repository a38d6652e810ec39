import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { ConfigError, loadConfig } from '../../src/config/load-config.js';
import { projectRoot } from '../../src/config/project-root.js';
import { environment } from '../../src/config/settings.js';

const secret = 'a secret of at least thirty-two bytes';

function problemsOf(env: NodeJS.ProcessEnv, file?: string): readonly string[] {
  try {
    loadConfig(env, file);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

test('gives the documented defaults when nothing is set', () => {
  expect(loadConfig({})).toEqual({
    port: 3000,
    host: '127.0.0.1',
    publicUrl: 'http://127.0.0.1:3000',
    hasPublicUrl: false,
    production: false,
    role: 'all',
    dataDir: path.join(projectRoot(), 'data'),
    databaseUrl: null,
    redisUrl: null,
    leaseSeconds: 300,
    rateLimits: true,
    outboundAllow: [],
    trustProxy: false,
    logLevel: 'info',
    leaveSeconds: 0,
    metricsToken: null,
    metricsPort: null,
    smtp: { url: null, from: null },
    database: { poolSize: 10, sessionPooling: true },
    intake: { maxBatch: 500, batchesInFlight: 2, maxPending: 20000 },
    devices: {
      difficulty: 50_000,
      easyPerNetwork: 20,
      perNetworkPerDay: 200,
      perWideNetworkPerDay: 5_000,
    },
    visibility: { pollMilliseconds: 250, staleAfterSeconds: 30 },
    jobs: {
      concurrency: 100,
      perLane: 4,
      leaseSeconds: 30,
      relaySeconds: 30,
      pollMilliseconds: 1000,
      keepDoneHours: 24,
    },
    readers: { pseudonymDays: 30, recordDays: 180 },
    accounts: { idleMinutes: 60, sessionHours: 12, secondFactor: 'optional' },
    images: {
      maxPixels: 40_000_000,
      examineSeconds: 20,
      workers: 1,
      fetch: true,
      maxBytes: 20_000_000,
      connectMilliseconds: 5_000,
      answerMilliseconds: 10_000,
      timeoutMilliseconds: 60_000,
      leastBytesPerSecond: 1_024,
      atOnce: 8,
      perHostPerMinute: 60,
      recheckSeconds: [600, 3_600, 21_600, 86_400, 259_200, 604_800],
      watchDays: 30,
      keepSnapshotsDays: 30,
      keepSealedDays: null,
    },
    limits: {
      reports: {
        device: [
          { points: 60, seconds: 60 },
          { points: 120, seconds: 3600 },
        ],
        account: [
          { points: 60, seconds: 60 },
          { points: 120, seconds: 3600 },
        ],
        network: [{ points: 300, seconds: 60 }],
        wideNetwork: [{ points: 1500, seconds: 60 }],
        publishable: [{ points: 30_000, seconds: 60 }],
        secret: [{ points: 60_000, seconds: 60 }],
      },
      devices: {
        network: [{ points: 600, seconds: 60 }],
        wideNetwork: [{ points: 3000, seconds: 60 }],
        publishable: [{ points: 60_000, seconds: 60 }],
      },
      states: {
        network: [{ points: 6000, seconds: 60 }],
        wideNetwork: [{ points: 30_000, seconds: 60 }],
        publishable: [{ points: 600_000, seconds: 60 }],
        secret: [{ points: 600_000, seconds: 60 }],
      },
      backEnd: [{ points: 6000, seconds: 60 }],
      staff: [{ points: 1200, seconds: 60 }],
      unknownKeys: {
        network: [{ points: 600, seconds: 60 }],
        wideNetwork: [{ points: 3000, seconds: 60 }],
      },
      signIn: [{ points: 300, seconds: 60 }],
    },
    feed: { maxStreams: 2000, maxWaiting: 10_000, streamPatienceSeconds: 30, listPatienceSeconds: 8 },
    webhooks: {
      pollMilliseconds: 1000,
      maxEndpoints: 20,
      retrySeconds: [5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400],
      connectMilliseconds: 5000,
      timeoutMilliseconds: 15000,
      disableAfterHours: 120,
      keepDays: 30,
    },
  });
});

test('takes every setting from the environment', () => {
  const config = loadConfig({
    PORT: '8080',
    HOST: '0.0.0.0',
    PUBLIC_URL: 'https://vigie.example.com/',
    ROLE: 'worker',
    DATA_DIR: '/srv/vigie',
    DATABASE_URL: 'postgresql://vigie@/vigie?host=/run/postgresql',
    DATABASE_SESSION_POOLING: 'off',
    REDIS_URL: 'rediss://cache:6380/1',
    VIGIE_SECRET: secret,
    LEASE_SECONDS: '1',
    RATE_LIMITS: 'off',
    OUTBOUND_ALLOW: '10.0.0.0/8, fd00::/8,192.168.1.7',
    TRUST_PROXY: '10.1.0.0/16',
    LOG_LEVEL: 'silent',
    LEAVE_SECONDS: '7',
    METRICS_TOKEN: 'a-token-of-24-characters',
    METRICS_PORT: '9464',
    SMTP_URL: 'smtps://user:password@mail.example.com:465',
    SMTP_FROM: 'Vigie <vigie@example.com>',
  });
  expect(config).toMatchObject({
    port: 8080,
    host: '0.0.0.0',
    publicUrl: 'https://vigie.example.com',
    hasPublicUrl: true,
    role: 'worker',
    dataDir: '/srv/vigie',
    databaseUrl: 'postgresql://vigie@/vigie?host=/run/postgresql',
    database: { sessionPooling: false },
    redisUrl: 'rediss://cache:6380/1',
    leaseSeconds: 1,
    rateLimits: false,
    outboundAllow: ['10.0.0.0/8', 'fd00::/8', '192.168.1.7/32'],
    trustProxy: ['10.1.0.0/16'],
    logLevel: 'silent',
    leaveSeconds: 7,
    metricsToken: 'a-token-of-24-characters',
    metricsPort: 9464,
    smtp: { url: 'smtps://user:password@mail.example.com:465', from: 'Vigie <vigie@example.com>' },
  });
});

test('counts an empty variable as not set', () => {
  const empty = Object.fromEntries(environment.map(([variable]) => [variable, '']));
  expect(loadConfig({ ...empty, VIGIE_SECRET: '' })).toEqual(loadConfig({}));
});

test('is frozen, deeply', () => {
  const config = loadConfig({});
  expect(Object.isFrozen(config)).toBe(true);
  expect(Object.isFrozen(config.intake)).toBe(true);
  expect(Object.isFrozen(config.outboundAllow)).toBe(true);
});

test.each([
  ['0.0.0.0', 'http://127.0.0.1:3000'],
  ['::', 'http://127.0.0.1:3000'],
  ['::1', 'http://[::1]:3000'],
  ['vigie.local', 'http://vigie.local:3000'],
])('shows the host %s as %s', (HOST, publicUrl) => {
  expect(loadConfig({ HOST }).publicUrl).toBe(publicUrl);
});

test.each<[string, false | number | string[]]>([
  ['false', false],
  ['off', false],
  ['0', false],
  ['2', 2],
  ['10.0.0.0/8,::1', ['10.0.0.0/8', '::1/128']],
])('reads TRUST_PROXY=%s', (TRUST_PROXY, expected) => {
  expect(loadConfig({ TRUST_PROXY }).trustProxy).toEqual(expected);
});

test.each([
  ['PORT', '65536'],
  ['PORT', '3000x'],
  ['PORT', '-1'],
  ['HOST', 'two words'],
  ['HOST', '999.9.9.9'],
  ['HOST', '127.0.0.1:3000'],
  ['PUBLIC_URL', 'ftp://vigie.example.com'],
  ['PUBLIC_URL', 'https://vigie.example.com/?a=1'],
  ['ROLE', 'boss'],
  ['DATABASE_URL', 'mysql://vigie@db/vigie'],
  ['DATABASE_URL', 'postgres://vigie:100%sure@db/vigie'],
  ['DATABASE_URL', 'postgres://vigie@db/vig%ie'],
  ['DATABASE_SESSION_POOLING', 'false'],
  ['REDIS_URL', 'http://cache'],
  ['REDIS_URL', 'redis://:100%sure@cache'],
  ['LEASE_SECONDS', '0'],
  ['LEASE_SECONDS', '86401'],
  ['LEASE_SECONDS', '7.5'],
  ['LEAVE_SECONDS', '301'],
  ['RATE_LIMITS', 'maybe'],
  ['OUTBOUND_ALLOW', '10.0.0.0/33'],
  ['OUTBOUND_ALLOW', 'intranet.example.com'],
  ['TRUST_PROXY', 'true'],
  ['TRUST_PROXY', '11'],
  ['TRUST_PROXY', '10.0.0.0/8,yes'],
  ['TRUST_PROXY', '0.0.0.0/0'],
  ['TRUST_PROXY', '10.0.0.0/8,::/0'],
  ['LOG_LEVEL', 'loud'],
  ['SMTP_URL', 'http://mail.example.com'],
  ['SMTP_URL', 'smtps://vigie:100%sure@mail.example.com'],
  ['SMTP_FROM', 'Vigie'],
  ['SMTP_FROM', 'Vigie <vigie@example.com>, <other@example.com>'],
  ['SMTP_FROM', 'vigie@example.com\nBcc: other@example.com'],
])('refuses %s=%s by name and says what to set', (variable, value) => {
  const problems = problemsOf({ [variable]: value, VIGIE_SECRET: secret });
  expect(problems).toEqual([expect.stringMatching(new RegExp(`^${variable} must (be|hold) .*`))]);
});

test.each(['Production', 'prod', 'produktion', 'staging'])(
  'takes NODE_ENV=%s for no wish to be in development',
  (NODE_ENV) => {
    expect(problemsOf({ NODE_ENV, VIGIE_SECRET: secret })).toEqual([
      expect.stringMatching(/^NODE_ENV must be production, development or test/),
    ]);
  },
);

test('reads NODE_ENV without the blanks around it, as all others', () => {
  expect(loadConfig({ NODE_ENV: ' production\n', VIGIE_SECRET: secret }).production).toBe(true);
  expect(loadConfig({ NODE_ENV: ' ' }).production).toBe(false);
});

test('wants a sender for mail', () => {
  expect(problemsOf({ SMTP_URL: 'smtp://127.0.0.1:25', VIGIE_SECRET: secret })).toEqual([
    expect.stringMatching(/^SMTP_FROM is missing/),
  ]);
});

test('lists everything that is wrong at once, and repeats no value', () => {
  const problems = problemsOf({
    NODE_ENV: 'production',
    PORT: 'http',
    DATABASE_URL: 'host=db password=hunter2',
    RATE_LIMITS: 'off',
    VIGIE_SECRET: 'hunter2',
  });
  expect(problems.map((problem) => problem.split(/[ =]/)[0])).toEqual([
    'PORT',
    'DATABASE_URL',
    'RATE_LIMITS',
    'VIGIE_SECRET',
  ]);
  expect(new ConfigError(problems).message).toContain('4 settings are wrong:\n  - PORT must be');
  expect(problems.join()).not.toContain('hunter2');
});

test.each([
  ['in production', { NODE_ENV: 'production' }, 'NODE_ENV=production needs it'],
  ['with DATABASE_URL', { DATABASE_URL: 'postgres://vigie@db/vigie' }, 'DATABASE_URL needs it'],
])('asks for the secret %s', (_when, env, sentence) => {
  expect(problemsOf(env)).toEqual([expect.stringContaining(sentence)]);
  expect(problemsOf({ ...env, VIGIE_SECRET: 'x'.repeat(31) })).toHaveLength(1);
  expect(problemsOf({ ...env, VIGIE_SECRET: 'x'.repeat(32) })).toEqual([]);
});

describe('the settings file', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'vigie-config-'));
  const file = path.join(folder, 'default.yaml');
  const original = readFileSync(path.join(projectRoot(), 'config/default.yaml'), 'utf8');
  afterAll(() => rmSync(folder, { recursive: true }));

  test('may not hold unknown keys, lack known ones or hold wrong values', () => {
    writeFileSync(
      file,
      original
        .replace('role: all', 'roll: all')
        .replace('poolSize: 10', 'poolSize: many')
        .replace('maxBatch: 500', 'maxBatch: 500\n  maxBitch: 1'),
    );
    expect(problemsOf({}, file)).toEqual([
      'config/default.yaml: roll is not a setting; remove it or correct its name',
      'config/default.yaml: intake.maxBitch is not a setting; remove it or correct its name',
      'config/default.yaml: role is missing; put it back',
      'config/default.yaml: database.poolSize must be a whole number from 2 to 1000',
    ]);
  });

  test.each([
    ['no list', '10'],
    ['no points', '[{ seconds: 60 }]'],
    ['no requests at all', '[{ points: 0, seconds: 60 }]'],
    ['half a request', '[{ points: 1.5, seconds: 60 }]'],
    ['more than a day', '[{ points: 10, seconds: 86401 }]'],
    ['a misspelt word', '[{ points: 10, second: 60 }]'],
    ['a word too many', '[{ points: 10, seconds: 60, burst: 5 }]'],
    ['two limits for the same time', '[{ points: 10, seconds: 60 }, { points: 20, seconds: 60 }]'],
    ['too many', '[1, 2, 3, 4, 5]'],
  ])('may not limit requests by what is no list of limits: %s', (_what, limits) => {
    writeFileSync(file, original.replace('staff: [{ points: 1200, seconds: 60 }]', `staff: ${limits}`));
    expect(problemsOf({}, file)).toEqual([
      expect.stringMatching(/^config\/default\.yaml: limits\.staff must be a list of at most 4 limits/),
    ]);
  });

  test('may limit by nothing', () => {
    writeFileSync(file, original.replace('staff: [{ points: 1200, seconds: 60 }]', 'staff: []'));
    expect(problemsOf({}, file)).toEqual([]);
    expect(loadConfig({}, file).limits.staff).toEqual([]);
  });

  test('that is no YAML is refused with the line', () => {
    writeFileSync(file, 'port: [3000\n');
    expect(problemsOf({}, file)).toEqual([
      expect.stringMatching(/config\/default.yaml can't be read: .*line/),
    ]);
  });

  test.each([
    ['a colon too many', 'databaseUrl: postgres://vigie:{} @db: 5432'],
    ['a quote that does not end', 'smtp:\n  url: "smtps://vigie:{}@mail.example.com'],
    ['a sign that nothing begins with', 'metricsToken: @{}'],
    ['a name that nothing has', 'metricsToken: *{}'],
    ['a tag that nothing has', 'metricsToken: !<{}'],
    ['a sign that is none in quotes', 'metricsToken: "{}\\q"'],
    ['a name twice', '{}: 1\n{}: 2'],
    ['a block that begins with a word', 'metricsToken: |{}\n  x'],
    ['an unknown version', '%YAML {}\n---\nport: 1'],
  ])('that is no YAML is refused without what stands there, which may be a password: %s', (_what, line) => {
    writeFileSync(file, `port: 3000\n${line.replaceAll('{}', 'swordfish')}\n`);
    const problems = problemsOf({}, file).join('\n');
    expect(problems).toMatch(/config\/default.yaml can't be read: .*line [12345]/);
    expect(problems).not.toContain('swordfish');
  });

  test('may say a value once for two settings', () => {
    const shared = original
      .replace('poolSize: 10', 'poolSize: &few 9')
      .replace(/batchesInFlight: \d+/, 'batchesInFlight: *few');
    writeFileSync(file, shared);
    expect(loadConfig({}, file).intake.batchesInFlight).toBe(9);
  });

  test('names every variable of the environment', () => {
    for (const [variable] of environment) expect(original).toContain(`# ${variable}`);
  });
});
