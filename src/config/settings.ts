import path from 'node:path';

import {
  doorToken,
  flag,
  hostName,
  limits,
  listOf,
  mailbox,
  networks,
  oneOf,
  optional,
  steps,
  text,
  trustedProxies,
  urlOf,
  webAddress,
  wholeNumber,
  type Check,
} from './checks.js';

/** Every key of config/default.yaml, which explains them, and what its value must be. */
export const settings = {
  port: wholeNumber(0, 65_535),
  host: hostName,
  publicUrl: optional(webAddress),
  role: oneOf('all', 'api', 'worker'),
  dataDir: text,
  databaseUrl: optional(urlOf(['postgres:', 'postgresql:'], 'postgres://user:password@host:5432/vigie')),
  redisUrl: optional(urlOf(['redis:', 'rediss:'], 'redis://host:6379')),
  leaseSeconds: wholeNumber(1, 86_400),
  rateLimits: flag,
  outboundAllow: networks,
  trustProxy: trustedProxies,
  logLevel: oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'),
  leaveSeconds: wholeNumber(0, 300),
  metricsToken: optional(doorToken),
  metricsPort: optional(wholeNumber(1, 65_535)),
  'smtp.url': optional(urlOf(['smtp:', 'smtps:'], 'smtps://user:password@mail.example.com:465')),
  'smtp.from': optional(mailbox),
  'database.poolSize': wholeNumber(2, 1_000),
  'database.sessionPooling': flag,
  'intake.maxBatch': wholeNumber(1, 10_000),
  'intake.batchesInFlight': wholeNumber(1, 16),
  'intake.maxPending': wholeNumber(1, 1_000_000),
  'devices.difficulty': wholeNumber(1, 100_000_000),
  'devices.easyPerNetwork': wholeNumber(1, 1_000_000),
  'devices.perNetworkPerDay': wholeNumber(1, 100_000_000),
  'devices.perWideNetworkPerDay': wholeNumber(1, 100_000_000),
  'visibility.pollMilliseconds': wholeNumber(10, 60_000),
  'visibility.staleAfterSeconds': wholeNumber(1, 3_600),
  'jobs.concurrency': wholeNumber(1, 1_000),
  'jobs.perLane': wholeNumber(1, 1_000),
  'jobs.leaseSeconds': wholeNumber(5, 3_600),
  'jobs.relaySeconds': wholeNumber(1, 3_600),
  'jobs.pollMilliseconds': wholeNumber(10, 60_000),
  'jobs.keepDoneHours': wholeNumber(0, 8_760),
  'readers.pseudonymDays': wholeNumber(7, 365),
  'readers.recordDays': wholeNumber(30, 1_800),
  'feed.maxStreams': wholeNumber(1, 100_000),
  'feed.maxWaiting': wholeNumber(1, 100_000),
  'feed.streamPatienceSeconds': wholeNumber(1, 3_600),
  'feed.listPatienceSeconds': wholeNumber(1, 8),
  'limits.reports.device': limits,
  'limits.reports.account': limits,
  'limits.reports.network': limits,
  'limits.reports.wideNetwork': limits,
  'limits.reports.publishable': limits,
  'limits.reports.secret': limits,
  'limits.devices.network': limits,
  'limits.devices.wideNetwork': limits,
  'limits.devices.publishable': limits,
  'limits.states.network': limits,
  'limits.states.wideNetwork': limits,
  'limits.states.publishable': limits,
  'limits.states.secret': limits,
  'limits.backEnd': limits,
  'limits.staff': limits,
  'limits.unknownKeys.network': limits,
  'limits.unknownKeys.wideNetwork': limits,
  'limits.signIn': limits,
  'accounts.idleMinutes': wholeNumber(1, 10_080),
  'accounts.sessionHours': wholeNumber(1, 720),
  'accounts.secondFactor': oneOf('optional', 'required'),
  'images.fetch': flag,
  'images.maxBytes': wholeNumber(1_000, 200_000_000),
  'images.connectMilliseconds': wholeNumber(10, 60_000),
  'images.answerMilliseconds': wholeNumber(10, 60_000),
  'images.timeoutMilliseconds': wholeNumber(10, 240_000),
  'images.leastBytesPerSecond': wholeNumber(1, 1_000_000),
  'images.atOnce': wholeNumber(1, 1_000),
  'images.perHostPerMinute': wholeNumber(1, 100_000),
  'images.recheckSeconds': steps,
  'images.watchDays': wholeNumber(1, 3_650),
  'images.keepSnapshotsDays': wholeNumber(0, 3_650),
  'images.keepSealedDays': optional(wholeNumber(0, 3_650)),
  'webhooks.pollMilliseconds': wholeNumber(10, 60_000),
  'webhooks.maxEndpoints': wholeNumber(1, 1_000),
  'webhooks.retrySeconds': listOf(wholeNumber(0, 2_592_000), 30),
  'webhooks.connectMilliseconds': wholeNumber(10, 60_000),
  'webhooks.timeoutMilliseconds': wholeNumber(10, 60_000),
  'webhooks.disableAfterHours': wholeNumber(1, 8_760),
  'webhooks.keepDays': wholeNumber(1, 3_650),
  'images.maxPixels': wholeNumber(1_000, 200_000_000),
  'images.examineSeconds': wholeNumber(1, 300),
  'images.workers': wholeNumber(1, 32),
} satisfies Record<string, Check<unknown>>;

export type SettingKey = keyof typeof settings;
export type SettingValues = { [Key in SettingKey]: ReturnType<(typeof settings)[Key]> };

/**
 * How the environment overrides the file: variable, key, parser. A parser only brings the text into the form that
 * the file would hold; what it can't read it leaves as it is, for the key's check to refuse.
 */
export const environment: readonly [variable: string, key: SettingKey, parse: (given: string) => unknown][] =
  [
    ['PORT', 'port', asNumber],
    ['HOST', 'host', asGiven],
    ['PUBLIC_URL', 'publicUrl', asGiven],
    ['ROLE', 'role', asGiven],
    ['DATA_DIR', 'dataDir', (given) => path.resolve(given)],
    ['DATABASE_URL', 'databaseUrl', asGiven],
    ['DATABASE_SESSION_POOLING', 'database.sessionPooling', asFlag],
    ['REDIS_URL', 'redisUrl', asGiven],
    ['LEASE_SECONDS', 'leaseSeconds', asNumber],
    ['RATE_LIMITS', 'rateLimits', asFlag],
    ['FETCH_IMAGES', 'images.fetch', asFlag],
    ['OUTBOUND_ALLOW', 'outboundAllow', asList],
    ['TRUST_PROXY', 'trustProxy', asProxies],
    ['LOG_LEVEL', 'logLevel', asGiven],
    ['LEAVE_SECONDS', 'leaveSeconds', asNumber],
    ['METRICS_TOKEN', 'metricsToken', asGiven],
    ['METRICS_PORT', 'metricsPort', asNumber],
    ['SMTP_URL', 'smtp.url', asGiven],
    ['SMTP_FROM', 'smtp.from', asGiven],
  ];

function asGiven(given: string): string {
  return given;
}

function asNumber(given: string): unknown {
  return /^\d+$/.test(given) ? Number(given) : given;
}

function asFlag(given: string): unknown {
  if (given === 'on') return true;
  return given === 'off' ? false : given;
}

function asList(given: string): string[] {
  return given
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function asProxies(given: string): unknown {
  if (given === 'false' || given === 'off') return false;
  const number = asNumber(given);
  // "true" would be a list of one that is no network; said by name it gets the sentence that explains why.
  return typeof number === 'number' || given === 'true' ? number : asList(given);
}
