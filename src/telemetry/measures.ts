import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';
import { RequestTimes } from './request-times.js';

/**
 * What this process counts and times while it works, where it happens: one set for the process. What only matters at the
 * moment of being asked is not here (metrics/). docs/operations.md says of each what to do about it.
 *
 * No label holds a reader's, a moderator's or a picture's data, and each has few values: patterns of routes, kinds of jobs,
 * codes of problems. Seconds and bytes everywhere.
 */
export const counted = new Registry();

let isWatched = false;

/**
 * Counts what is of Node and the process from now on, too: memory, event loop, garbage collection, file descriptors. Only where
 * somebody asks, since it watches every collection and can not be ended.
 */
export function countProcess(): void {
  if (isWatched) return;
  isWatched = true;
  collectDefaultMetrics({ register: counted });
}

/**
 * Tells 0 of each of these values before it has happened: Prometheus takes a series that begins with 1 for one that has not grown,
 * and the first error of a process would wake nobody.
 */
export function tellFromZero<Label extends string>(
  counter: Counter<Label>,
  label: Label,
  values: readonly string[],
): void {
  for (const value of values) counter.labels({ [label]: value } as Record<Label, string>).inc(0);
}

const registers = [counted];
const SHORT = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
const LONG = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300];

export const httpRequests = new RequestTimes(
  'vigie_http_request_duration_seconds',
  'From the arrival of a request to the end of its answer, by pattern of route; a stream or a long poll takes as long as it is open.',
  [0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
);
// A registry asks a metric for its name and for what it tells, whatever class its types wish for.
counted.registerMetric(httpRequests as unknown as Histogram);

export const problems = new Counter({
  name: 'vigie_http_problems_total',
  help: 'Answers that are problems (RFC 9457), by their type: rate-limited, unavailable, internal and so on.',
  labelNames: ['type'] as const,
  registers,
});

export const reports = new Counter({
  name: 'vigie_reports_total',
  help: 'Reports of readers that were committed: recorded ones, and repeated ones by the same reader on the same image.',
  labelNames: ['outcome'] as const,
  registers,
});
tellFromZero(reports, 'outcome', ['recorded', 'repeated']);

export const batchSize = new Histogram({
  name: 'vigie_report_batch_reports',
  help: 'Reports in one transaction.',
  buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 10_000],
  registers,
});

export const reportLatency = new Histogram({
  name: 'vigie_report_latency_seconds',
  help: 'From when a report was accepted until it is committed and what it blocked is known to this process: the longest of each batch.',
  buckets: SHORT,
  registers,
});

export const commits = new Histogram({
  name: 'vigie_commit_duration_seconds',
  help: 'From when a transaction has asked for its commit to the answer, what was sent just before it included: disk and locks of Postgres.',
  buckets: SHORT,
  registers,
});

export const followed = new Histogram({
  name: 'vigie_block_latency_seconds',
  help: 'From when a change of what readers see was written to the log until this process read it, by the clock of Postgres.',
  buckets: SHORT,
  registers,
});

export const jobRuns = new Counter({
  name: 'vigie_job_runs_total',
  help: 'Runs of background jobs by how they ended: done, again (put off), failed (tried again), dead, lost, given_back.',
  labelNames: ['kind', 'end'] as const,
  registers,
});

export const jobDuration = new Histogram({
  name: 'vigie_job_duration_seconds',
  help: 'How long runs of background jobs took.',
  labelNames: ['kind'] as const,
  buckets: LONG,
  registers,
});

export const webhookAttempts = new Counter({
  name: 'vigie_webhook_attempts_total',
  help: 'Attempts to deliver a webhook: delivered, refused (an answer other than 2xx), unreachable (no answer).',
  labelNames: ['outcome'] as const,
  registers,
});
tellFromZero(webhookAttempts, 'outcome', ['delivered', 'refused', 'unreachable']);

export const imageLooks = new Counter({
  name: 'vigie_image_fetches_total',
  help: 'Looks at the addresses of reported images: fetched, unchanged, or failed, which changes nothing but what moderators see.',
  labelNames: ['outcome'] as const,
  registers,
});
tellFromZero(imageLooks, 'outcome', ['fetched', 'unchanged', 'failed']);

export const failedSignIns = new Counter({
  name: 'vigie_sign_in_failures_total',
  help: 'Wrong passwords and wrong codes of staff.',
  labelNames: ['step'] as const,
  registers,
});
tellFromZero(failedSignIns, 'step', ['password', 'code']);
