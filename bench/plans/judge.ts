import type { Explained, Step } from './explain-all.js';

/** Tables that grow with what readers report; walking one of them is never right at a door. */
const GROWING = [
  ...['image', 'vote', 'report_note', 'moderation_case', 'event', 'block', 'decision', 'reporter_verdict'],
  ...['job', 'device_account', 'image_views', 'webhook_message', 'webhook_attempt'],
];

/** Statements whose work is what is asked of them, however much that is, and why it may be. */
export const MAY_GROW: Readonly<Record<string, string>> = {
  'load-blocked-images': 'a start reads every blocked image into memory',
  'measure-baseline': 'once an hour: the blocks of 28 days, and of a thousand of them the votes',
  'sum-up-jobs': 'counts what waits',
  'list-cases-closed-priority': 'nobody works in this order: what is closed is sorted',
  'list-cases-closed-priority-next': 'nobody works in this order: what is closed is sorted',
  'read-stats': 'what happened in the range that was asked for',
  'declare-past-facts': 'a replay reads the range that was asked for',
  'declare-past-votes': 'a replay reads the range that was asked for',
  'count-past-votes': 'a replay reads the range that was asked for',
};

/** A statement at its dearest. */
export interface Dearest {
  readonly name: string;
  readonly mode: Explained['mode'];
  /** Pages of tables and indexes, in memory or not. */
  readonly pages: number;
  readonly rows: number;
  readonly plan: Step;
  /** The most that it read at any time, whatever it found. */
  readonly most: number;
}

/** A walk of less than this many pages is cheaper than an index. */
const SMALL_TABLE = 64;
/** Trees of indexes are higher by a level or two on large tables, and each look at one reads as many pages more. */
const DEEPER = 3;
/** So many pages more are let pass where it is few: what was written a moment ago lies behind dead rows. */
const FEW = 150;

export const pagesOf = (step: Step): number => step['Shared Hit Blocks'] + step['Shared Read Blocks'];

export const stepsOf = (plan: Step): Step[] => [plan, ...(plan.Plans ?? []).flatMap(stepsOf)];

/** Of all times that each statement ran, and of both kinds of plans, the one that read most for a row of its answer. */
export function dearest(all: readonly Explained[]): Map<string, Dearest> {
  const found = new Map<string, Dearest>();
  for (const { name, mode, plan } of all) {
    const pages = pagesOf(plan);
    const before = found.get(name);
    const most = Math.max(pages, before?.most ?? 0);
    const now = { name, mode, pages, rows: plan['Actual Rows'], plan, most };
    found.set(name, before === undefined || costOf(now) > costOf(before) ? now : { ...before, most });
  }
  return found;
}

/** Pages for a row of the answer, and for there being an answer. */
export const costOf = ({ pages, rows }: Dearest): number => pages / (rows + 1);

const walkedTables = (plan: Step): string[] =>
  stepsOf(plan)
    .filter((step) => step['Node Type'] === 'Seq Scan' && pagesOf(step) > SMALL_TABLE)
    .map((step) => step['Relation Name'] ?? '')
    .filter((table) => GROWING.includes(table));

/**
 * What is wrong with the plans on a large database, in sentences: a growing table that is walked, or a statement that reads
 * more than the same one does on a small database, in all and for each row of its answer.
 */
export function complaints(
  small: ReadonlyMap<string, Dearest>,
  large: ReadonlyMap<string, Dearest>,
): string[] {
  return [...large.values()]
    .filter(({ name }) => MAY_GROW[name] === undefined)
    .flatMap((now) => {
      const before = small.get(now.name);
      const isDearer =
        before !== undefined &&
        costOf(now) > DEEPER * costOf(before) + FEW / (now.rows + 1) &&
        now.most > DEEPER * before.most + FEW;
      return [
        ...walkedTables(now.plan).map((table) => `${now.name} walks ${table}`),
        ...(isDearer
          ? [
              `${now.name} reads ${now.pages} pages for ${now.rows} rows (${now.mode} plan), and ${before.pages} for ` +
                `${before.rows} on a small database`,
            ]
          : []),
      ];
    });
}

/** A plan as a tree, with what each step read. */
export const planText = (step: Step, depth = 0): string =>
  [
    `${'  '.repeat(depth)}${step['Node Type']} ${step['Relation Name'] ?? ''} ${step['Index Name'] ?? ''} ` +
      `rows ${step['Actual Rows']} x ${step['Actual Loops']}, pages ${pagesOf(step)}`,
    ...(step.Plans ?? []).map((below) => planText(below, depth + 1)),
  ].join('\n');
