import os from 'node:os';
import type { FeedResults } from './feed.js';
import type { Run, Settings, Subject } from './measure.js';
import type { WebhookResults } from './webhooks.js';

/** What is compared with what. `aim`: the least ratio; `finally`: what it shall be once all is built. */
const COMPARISONS: readonly {
  readonly what: string;
  readonly against: string;
  readonly subject: Subject;
  readonly base: Subject;
  readonly aim: number;
  readonly finally: number;
  /** Images that an answer is about, where it is not one. */
  readonly images?: number;
}[] = [
  {
    what: 'state of one image',
    against: 'a bare Fastify route with the same bytes',
    subject: 'state',
    base: 'bare state',
    aim: 0.8,
    finally: 0.85,
  },
  {
    what: 'states of 100 images in one call (images)',
    against: '100 single calls',
    subject: 'states by 100',
    base: 'state',
    aim: 10,
    finally: 10,
    images: 100,
  },
  {
    what: 'durable intake',
    against: 'a bare Fastify POST that validates and echoes',
    subject: 'intake, spread',
    base: 'bare intake',
    aim: 0.35,
    finally: 0.5,
  },
  {
    what: 'durable intake',
    against: 'the plain NestJS + TypeORM way',
    subject: 'intake, spread',
    base: 'plain intake',
    aim: 12,
    finally: 15,
  },
  {
    what: 'durable intake, all on one image',
    against: 'spread over 100,000 images',
    subject: 'intake, hot',
    base: 'intake, spread',
    aim: 0.8,
    finally: 0.9,
  },
  {
    what: 'intake with weights, hold, breaker and budgets on',
    against: 'off, the same readers and images',
    subject: 'intake, judged',
    base: 'intake, unjudged',
    aim: 0.85,
    finally: 0.85,
  },
];

/** Where and how it was measured. */
export interface Circumstances {
  readonly settings: Settings;
  readonly postgres: string;
  /** Processes that wanted a core on average in the minute before, and its minute at the end. */
  readonly loadBefore: number;
  readonly stored: number;
}

/** The results as Markdown: ratios with their aims, where the time goes, and the machine. */
export function tableOf(
  runs: ReadonlyMap<Subject, readonly Run[]>,
  feed: FeedResults,
  webhooks: WebhookResults,
  circumstances: Circumstances,
): string {
  const of = (subject: Subject, field: keyof Run): number =>
    median((runs.get(subject) ?? []).map((run) => run[field]));
  /** Of each round by itself: what the machine does otherwise changes from round to round. */
  const ratio = (subject: Subject, base: Subject): number => {
    const against = runs.get(base) ?? [];
    return median(
      (runs.get(subject) ?? []).map((run, round) => run.perSecond / (against[round]?.perSecond ?? NaN)),
    );
  };
  const perSecond = (subject: Subject): string => grouped(of(subject, 'perSecond'));
  const ms = (subject: Subject, field: 'p50' | 'p99'): string => `${of(subject, field)} ms`;
  const ratios = COMPARISONS.map(({ what, against, subject, base, aim, finally: last, images = 1 }) => [
    what,
    against,
    `**${short(images * ratio(subject, base))}**`,
    `${aim} (${last})`,
    grouped(images * of(subject, 'perSecond')),
    perSecond(base),
    ms(subject, 'p99'),
    ms(base, 'p99'),
  ]);
  return [
    rows(['what', 'against', 'ratio', 'aim (in the end)', 'per s', 'against', 'p99', 'against'], ratios),
    cpuTable(runs),
    'From process to process, the block list, and webhooks:',
    feedTable(feed, webhooks),
    closing(circumstances),
  ].join('\n\n');
}

/** Where the time of each subject goes, as Markdown. */
export function cpuTable(runs: ReadonlyMap<Subject, readonly Run[]>): string {
  const times = [...runs].map(([subject, of]) => {
    const middle = (field: keyof Run): number => median(of.map((run) => run[field]));
    return [
      subject,
      grouped(middle('perSecond')),
      `${middle('p50')} ms`,
      `${middle('p99')} ms`,
      ...(['serverCpu', 'postgresCpu', 'loadCpu'] as const).map((field) => middle(field).toFixed(0)),
    ];
  });
  return [
    'Where the time goes, in microseconds of a core per request:',
    rows(['subject', 'per s', 'p50', 'p99', 'its Node', 'Postgres', 'the load'], times),
  ].join('\n\n');
}

function feedTable(
  { afterAnswer, afterRequest, besideWriter, list }: FeedResults,
  webhooks: WebhookResults,
): string {
  const delay = (times: readonly number[], share: number): string =>
    `${percentile(times, share).toFixed(1)} ms`;
  const megabytes = (bytes: number): string => `${grouped(bytes / 2 ** 20)} MB`;
  const blocks = grouped(afterAnswer.length);
  return rows(
    ['what', 'measured', 'aim'],
    [
      [
        `block answered by one process -> event in the stream of another (${blocks} blocks)`,
        `p50 ${delay(afterAnswer, 0.5)}, p99 **${delay(afterAnswer, 0.99)}**`,
        'p99 50 ms',
      ],
      [
        'the same from the moment it was asked for, commit included',
        `p50 ${delay(afterRequest, 0.5)}, p99 ${delay(afterRequest, 0.99)}`,
        '-',
      ],
      [
        `beside a writer held open in another database (${grouped(besideWriter.length)} blocks)`,
        `p50 ${delay(besideWriter, 0.5)}, p99 ${delay(besideWriter, 0.99)}`,
        'no delay',
      ],
      [
        `block list of ${grouped(list.images)} images, ${megabytes(list.bytes)}`,
        `${(list.milliseconds / 1000).toFixed(1)} s`,
        '-',
      ],
      [
        'resident memory of its process, before and at most during',
        `${megabytes(list.before)}, ${megabytes(list.most)}`,
        'flat',
      ],
      [
        `${grouped(webhooks.messages)} webhook messages to ${webhooks.endpoints} endpoints on the loopback, from commit to receipt`,
        `${grouped((webhooks.messages / webhooks.milliseconds) * 1000)} a second`,
        '-',
      ],
    ],
  );
}

/** The value that so large a share of all does not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function closing({ settings, postgres, loadBefore, stored }: Circumstances): string {
  const cores = os.availableParallelism();
  const model = os.cpus()[0]?.model.trim() ?? 'unknown processor';
  const seconds = settings.milliseconds / 1000;
  return (
    `Medians of ${settings.rounds} rounds of ${seconds} s, ${settings.connections} connections with one request under ` +
    `way on each. ${cores} cores (${model}), Node ${process.versions.node}, Postgres ${postgres}, load average before ` +
    `${loadBefore.toFixed(1)}. Afterwards the database held ${grouped(stored)} votes: one for every 201.`
  );
}

/** The middle value; of an even number of values the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}

const short = (ratio: number): string => (ratio < 3 ? ratio.toFixed(2) : ratio.toFixed(1));
const grouped = (value: number): string => Math.round(value).toLocaleString('en');

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const rows = (head: readonly string[], body: readonly (readonly string[])[]): string =>
  [row(head), row(head.map(() => '---')), ...body.map(row)].join('\n');
