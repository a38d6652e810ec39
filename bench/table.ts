import { grouped, median, short } from './markdown.js';
import type { Run, Subject } from './measure.js';

/** What is compared with what. `aim`: the least ratio; `finally`: what it shall be once all is built. */
export interface Comparison<Of extends string> {
  readonly what: string;
  readonly against: string;
  readonly subject: Of;
  readonly base: Of;
  /** Null: nothing is wanted of it, it explains another. */
  readonly aim: number | null;
  readonly finally: number | null;
  /** Images that an answer is about, where it is not one. */
  readonly images?: number;
}

/** Of what a service is asked on a new database. */
export const COMPARISONS: readonly Comparison<Subject>[] = [
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
    what: 'durable intake',
    against: 'the same rows, a statement a batch, nothing judged',
    subject: 'intake, spread',
    base: 'least intake',
    aim: null,
    finally: null,
  },
  {
    what: 'the same rows, a statement a batch, nothing judged',
    against: 'a bare Fastify POST that validates and echoes',
    subject: 'least intake',
    base: 'bare intake',
    aim: null,
    finally: null,
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

/** What the comparisons came to, as cells of `RATIOS`. */
export function ratiosOf<Of extends string>(
  runs: ReadonlyMap<Of, readonly Run[]>,
  comparisons: readonly Comparison<Of>[],
): string[][] {
  const of = (subject: Of, field: keyof Run): number =>
    median((runs.get(subject) ?? []).map((run) => run[field]));
  /** Of each round by itself: what the machine does otherwise changes from round to round. */
  const ratio = (subject: Of, base: Of): number => {
    const against = runs.get(base) ?? [];
    return median(
      (runs.get(subject) ?? []).map((run, round) => run.perSecond / (against[round]?.perSecond ?? NaN)),
    );
  };
  const ms = (subject: Of): string => `${of(subject, 'p99')} ms`;
  return comparisons.map(({ what, against, subject, base, aim, finally: last, images = 1 }) => [
    what,
    against,
    `**${short(images * ratio(subject, base))}**`,
    aim === null ? '-' : aim === last ? String(aim) : `${aim} (${last})`,
    grouped(images * of(subject, 'perSecond')),
    grouped(of(base, 'perSecond')),
    ms(subject),
    ms(base),
  ]);
}

/** Where the time of each subject goes, as cells of `TIMES`. */
export const timesOf = (runs: ReadonlyMap<string, readonly Run[]>): string[][] =>
  [...runs].map(([subject, of]) => {
    const middle = (field: keyof Run): number => median(of.map((run) => run[field]));
    return [
      subject,
      grouped(middle('perSecond')),
      `${middle('p50')} ms`,
      `${middle('p99')} ms`,
      ...(['serverCpu', 'postgresCpu', 'loadCpu'] as const).map((field) => middle(field).toFixed(0)),
    ];
  });
