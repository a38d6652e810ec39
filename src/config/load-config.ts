import path from 'node:path';

import { SettingProblem, type Check } from './checks.js';
import { ConfigError } from './config-error.js';
import { projectRoot } from './project-root.js';
import { readSettingsFile } from './settings-file.js';
import { environment, settings, type SettingKey, type SettingValues } from './settings.js';
import type { VigieConfig } from './vigie-config.js';

export type { Limit } from './checks.js';
export { ConfigError } from './config-error.js';
export type * from './vigie-config.js';

/** HMAC-SHA-256 keys are derived from it: fewer bytes than the hash is wide would weaken every one of them. */
export const shortestSecretBytes = 32;

/** What NODE_ENV may say. Whoever misspells production would get the demonstration, and never be asked for a secret. */
const ENVIRONMENTS: readonly string[] = ['', 'production', 'development', 'test'];

/**
 * Reads the settings file and the environment once.
 * @throws ConfigError with everything that is wrong, not only the first.
 */
export function loadConfig(
  env: NodeJS.ProcessEnv = process.env,
  file = path.join(projectRoot(), 'config', 'default.yaml'),
): VigieConfig {
  const { values, problems } = readSettingsFile(file);
  const names = new Map<SettingKey, string>();
  for (const [variable, key, parse] of environment) {
    const given = env[variable]?.trim();
    if (!given) continue;
    values.set(key, parse(given));
    names.set(key, variable);
  }

  const checked: Partial<SettingValues> = {};
  for (const [key, value] of values) {
    const name = names.get(key) ?? `${path.join('config', path.basename(file))}: ${key}`;
    try {
      Object.assign(checked, { [key]: (settings[key] as Check<unknown>)(value) });
    } catch (error) {
      if (!(error instanceof SettingProblem)) throw error;
      problems.push(`${name} ${error.message}`);
    }
  }

  // Trimmed as all others are.
  const environmentName = env['NODE_ENV']?.trim() ?? '';
  if (!ENVIRONMENTS.includes(environmentName)) {
    problems.push(
      'NODE_ENV must be production, development or test, or not be set: production, misspelled, would start with the demonstration and without a secret',
    );
  }
  const production = environmentName === 'production';
  problems.push(...contradictions(checked, production, env['VIGIE_SECRET']));
  if (problems.length > 0 || !isComplete(checked)) throw new ConfigError(problems);
  return freeze(assemble(checked, production));
}

/** What no single setting shows: the rules that hold between them. */
function contradictions(
  values: Partial<SettingValues>,
  production: boolean,
  secret: string | undefined,
): string[] {
  const problems: string[] = [];
  if (production && values.rateLimits === false) {
    problems.push('RATE_LIMITS=off is for load tests: remove it, or do not set NODE_ENV=production');
  }
  const how = `set VIGIE_SECRET to a random text of at least ${shortestSecretBytes} bytes, such as the output of \`openssl rand -base64 32\``;
  if (secret && Buffer.byteLength(secret) < shortestSecretBytes) {
    problems.push(`VIGIE_SECRET is shorter than ${shortestSecretBytes} bytes: ${how}`);
  } else if (!secret && (production || values.databaseUrl)) {
    const cause = production ? 'NODE_ENV=production' : 'DATABASE_URL';
    problems.push(`VIGIE_SECRET is missing, and ${cause} needs it: ${how}, the same for every process`);
  }
  if (values.metricsPort != null && values.metricsPort === values.port) {
    problems.push('METRICS_PORT is the PORT of the service: set another one, or METRICS_TOKEN in its place');
  }
  if (values['smtp.url'] && values['smtp.from'] === null) {
    problems.push(
      'SMTP_FROM is missing, and SMTP_URL needs it: set it to a sender such as "Vigie <vigie@example.com>"',
    );
  }
  return problems;
}

function isComplete(values: Partial<SettingValues>): values is SettingValues {
  return Object.keys(settings).every((key) => Object.hasOwn(values, key));
}

function assemble(values: SettingValues, production: boolean): VigieConfig {
  return {
    port: values.port,
    host: values.host,
    publicUrl: values.publicUrl ?? addressOf(values.host, values.port),
    hasPublicUrl: values.publicUrl !== null,
    production,
    role: values.role,
    dataDir: path.resolve(projectRoot(), values.dataDir),
    databaseUrl: values.databaseUrl,
    redisUrl: values.redisUrl,
    leaseSeconds: values.leaseSeconds,
    rateLimits: values.rateLimits,
    outboundAllow: values.outboundAllow,
    trustProxy: values.trustProxy,
    logLevel: values.logLevel,
    leaveSeconds: values.leaveSeconds,
    metricsToken: values.metricsToken,
    metricsPort: values.metricsPort,
    smtp: { url: values['smtp.url'], from: values['smtp.from'] },
    database: {
      poolSize: values['database.poolSize'],
      sessionPooling: values['database.sessionPooling'],
    },
    intake: {
      maxBatch: values['intake.maxBatch'],
      batchesInFlight: values['intake.batchesInFlight'],
      maxPending: values['intake.maxPending'],
    },
    devices: {
      difficulty: values['devices.difficulty'],
      easyPerNetwork: values['devices.easyPerNetwork'],
      perNetworkPerDay: values['devices.perNetworkPerDay'],
      perWideNetworkPerDay: values['devices.perWideNetworkPerDay'],
    },
    visibility: {
      pollMilliseconds: values['visibility.pollMilliseconds'],
      staleAfterSeconds: values['visibility.staleAfterSeconds'],
    },
    jobs: {
      concurrency: values['jobs.concurrency'],
      perLane: values['jobs.perLane'],
      leaseSeconds: values['jobs.leaseSeconds'],
      relaySeconds: values['jobs.relaySeconds'],
      pollMilliseconds: values['jobs.pollMilliseconds'],
      keepDoneHours: values['jobs.keepDoneHours'],
    },
    readers: {
      pseudonymDays: values['readers.pseudonymDays'],
      recordDays: values['readers.recordDays'],
    },
    feed: {
      maxStreams: values['feed.maxStreams'],
      maxWaiting: values['feed.maxWaiting'],
      streamPatienceSeconds: values['feed.streamPatienceSeconds'],
      listPatienceSeconds: values['feed.listPatienceSeconds'],
    },
    accounts: {
      idleMinutes: values['accounts.idleMinutes'],
      sessionHours: values['accounts.sessionHours'],
      secondFactor: values['accounts.secondFactor'],
    },
    images: {
      maxPixels: values['images.maxPixels'],
      examineSeconds: values['images.examineSeconds'],
      workers: values['images.workers'],
      fetch: values['images.fetch'],
      maxBytes: values['images.maxBytes'],
      connectMilliseconds: values['images.connectMilliseconds'],
      answerMilliseconds: values['images.answerMilliseconds'],
      timeoutMilliseconds: values['images.timeoutMilliseconds'],
      leastBytesPerSecond: values['images.leastBytesPerSecond'],
      atOnce: values['images.atOnce'],
      perHostPerMinute: values['images.perHostPerMinute'],
      recheckSeconds: values['images.recheckSeconds'],
      watchDays: values['images.watchDays'],
      keepSnapshotsDays: values['images.keepSnapshotsDays'],
      keepSealedDays: values['images.keepSealedDays'],
    },
    limits: {
      reports: {
        device: values['limits.reports.device'],
        account: values['limits.reports.account'],
        network: values['limits.reports.network'],
        wideNetwork: values['limits.reports.wideNetwork'],
        publishable: values['limits.reports.publishable'],
        secret: values['limits.reports.secret'],
      },
      devices: {
        network: values['limits.devices.network'],
        wideNetwork: values['limits.devices.wideNetwork'],
        publishable: values['limits.devices.publishable'],
      },
      states: {
        network: values['limits.states.network'],
        wideNetwork: values['limits.states.wideNetwork'],
        publishable: values['limits.states.publishable'],
        secret: values['limits.states.secret'],
      },
      backEnd: values['limits.backEnd'],
      staff: values['limits.staff'],
      unknownKeys: {
        network: values['limits.unknownKeys.network'],
        wideNetwork: values['limits.unknownKeys.wideNetwork'],
      },
      signIn: values['limits.signIn'],
    },
    webhooks: {
      pollMilliseconds: values['webhooks.pollMilliseconds'],
      maxEndpoints: values['webhooks.maxEndpoints'],
      retrySeconds: values['webhooks.retrySeconds'],
      connectMilliseconds: values['webhooks.connectMilliseconds'],
      timeoutMilliseconds: values['webhooks.timeoutMilliseconds'],
      disableAfterHours: values['webhooks.disableAfterHours'],
      keepDays: values['webhooks.keepDays'],
    },
  };
}

/** "Every address" is no address that a browser can open, so it is shown as this machine's own. */
function addressOf(host: string, port: number): string {
  const shown = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${shown.includes(':') ? `[${shown}]` : shown}:${port}`;
}

function freeze<T extends object>(value: T): T {
  for (const inner of Object.values(value) as unknown[]) {
    if (typeof inner === 'object' && inner !== null) freeze(inner);
  }
  return Object.freeze(value);
}
