import type { Limit } from './checks.js';

/** All settings, frozen. config/default.yaml says what each does; the secret is not among them (see `loadSecret`). */
export interface VigieConfig {
  readonly port: number;
  readonly host: string;
  /** Without a trailing slash. */
  readonly publicUrl: string;
  /** False: nobody said so, and it was made of host and port. */
  readonly hasPublicUrl: boolean;
  readonly production: boolean;
  readonly role: 'all' | 'api' | 'worker';
  /** Absolute. */
  readonly dataDir: string;
  /** Null: embedded Postgres. */
  readonly databaseUrl: string | null;
  /** Null: each process runs the jobs that it takes. */
  readonly redisUrl: string | null;
  readonly leaseSeconds: number;
  readonly rateLimits: boolean;
  /** Networks as CIDR. */
  readonly outboundAllow: readonly string[];
  /** A number of proxies, or their networks as CIDR. */
  readonly trustProxy: false | number | string[];
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  /** For how long a process that is told to stop says so before it refuses anybody. */
  readonly leaveSeconds: number;
  /** Null: metrics are not told on the service's own port. */
  readonly metricsToken: string | null;
  /** Null: metrics have no port of their own. */
  readonly metricsPort: number | null;
  /** Both null: no mail is sent. */
  readonly smtp: SmtpSettings;
  readonly database: { readonly poolSize: number; readonly sessionPooling: boolean };
  readonly intake: {
    readonly maxBatch: number;
    readonly batchesInFlight: number;
    readonly maxPending: number;
  };
  readonly devices: {
    readonly difficulty: number;
    readonly easyPerNetwork: number;
    readonly perNetworkPerDay: number;
    readonly perWideNetworkPerDay: number;
  };
  readonly visibility: { readonly pollMilliseconds: number; readonly staleAfterSeconds: number };
  readonly jobs: {
    readonly concurrency: number;
    readonly perLane: number;
    readonly leaseSeconds: number;
    readonly relaySeconds: number;
    readonly pollMilliseconds: number;
    readonly keepDoneHours: number;
  };
  /** For how many days what is stored of readers leads to them. */
  readonly readers: { readonly pseudonymDays: number; readonly recordDays: number };
  readonly feed: {
    readonly maxStreams: number;
    readonly maxWaiting: number;
    readonly streamPatienceSeconds: number;
    readonly listPatienceSeconds: number;
  };
  readonly accounts: AccountSettings;
  readonly images: ImageSettings;
  readonly limits: LimitSettings;
  readonly webhooks: {
    readonly pollMilliseconds: number;
    readonly maxEndpoints: number;
    readonly retrySeconds: readonly number[];
    readonly connectMilliseconds: number;
    readonly timeoutMilliseconds: number;
    readonly disableAfterHours: number;
    readonly keepDays: number;
  };
}

/** How moderators sign in, and for how long. */
export interface AccountSettings {
  readonly idleMinutes: number;
  readonly sessionHours: number;
  readonly secondFactor: 'optional' | 'required';
}

/** By which server mail is sent, and from whom. */
export interface SmtpSettings {
  readonly url: string | null;
  readonly from: string | null;
}

/** How pictures are looked at, and for how long they are kept. */
export interface ImageSettings {
  readonly maxPixels: number;
  readonly examineSeconds: number;
  readonly workers: number;
  readonly fetch: boolean;
  readonly maxBytes: number;
  readonly connectMilliseconds: number;
  readonly answerMilliseconds: number;
  readonly timeoutMilliseconds: number;
  readonly leastBytesPerSecond: number;
  readonly atOnce: number;
  readonly perHostPerMinute: number;
  /** The last of them holds from then on. */
  readonly recheckSeconds: readonly number[];
  readonly watchDays: number;
  readonly keepSnapshotsDays: number;
  /** Null: until somebody with the `legal` permission deletes them. */
  readonly keepSealedDays: number | null;
}

/** How much is taken, of whom and by what kind of key. Limits of one list hold together; an empty one limits nothing. */
export interface LimitSettings {
  readonly reports: {
    readonly device: readonly Limit[];
    readonly account: readonly Limit[];
    readonly network: readonly Limit[];
    readonly wideNetwork: readonly Limit[];
    readonly publishable: readonly Limit[];
    readonly secret: readonly Limit[];
  };
  readonly devices: {
    readonly network: readonly Limit[];
    readonly wideNetwork: readonly Limit[];
    readonly publishable: readonly Limit[];
  };
  readonly states: {
    readonly network: readonly Limit[];
    readonly wideNetwork: readonly Limit[];
    readonly publishable: readonly Limit[];
    readonly secret: readonly Limit[];
  };
  /** All else that a site's back end asks. */
  readonly backEnd: readonly Limit[];
  readonly staff: readonly Limit[];
  readonly unknownKeys: { readonly network: readonly Limit[]; readonly wideNetwork: readonly Limit[] };
  /** The way in, of one network. */
  readonly signIn: readonly Limit[];
}
