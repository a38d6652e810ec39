import type { StatsBucketView, StatsFigures } from '../../../contract/stats.js';

/** Those of the theme. */
export type Colour = 'accent' | 'danger' | 'good' | 'warn' | 'soft';

/** One row of numbers: a line, or a part of each bar. */
export interface Row {
  readonly name:
    | 'reports'
    | 'casesOpened'
    | 'casesDecided'
    | 'casesUndecided'
    | 'byRule'
    | 'byModerator'
    | 'byPublisher'
    | 'byMatch'
    | 'block'
    | 'keep'
    | 'escalate'
    | 'undone'
    | 'share'
    | 'toBlock'
    | 'toBlockP90'
    | 'toDecision'
    | 'toDecisionP90';
  readonly colour: Colour;
  readonly isDashed?: true;
  /** Null: there was nothing to measure. */
  readonly values: readonly (number | null)[];
}

/** Numbers that are drawn together, and shown in one table beside it. */
export interface Drawing {
  readonly name: 'reports' | 'cases' | 'blocks' | 'decisions' | 'upheld' | 'toBlock' | 'toDecision';
  /** Bars stand on each other. */
  readonly kind: 'bars' | 'lines';
  readonly unit: 'count' | 'share' | 'seconds';
  readonly rows: readonly Row[];
}

/** Everything that is drawn of these buckets. */
export function drawingsOf(buckets: readonly StatsBucketView[]): readonly Drawing[] {
  const row = (
    name: Row['name'],
    colour: Colour,
    value: (figures: StatsFigures) => number | null,
    isDashed = false,
  ): Row => ({ name, colour, values: buckets.map(value), ...(isDashed ? { isDashed } : {}) });
  return [
    { name: 'reports', kind: 'bars', unit: 'count', rows: [row('reports', 'accent', (of) => of.reports)] },
    {
      name: 'blocks',
      kind: 'bars',
      unit: 'count',
      rows: [
        row('byRule', 'accent', ({ blocks }) => blocks.rule),
        row('byModerator', 'danger', ({ blocks }) => blocks.moderator),
        row('byPublisher', 'warn', ({ blocks }) => blocks.publisher),
        row('byMatch', 'soft', ({ blocks }) => blocks.match),
      ],
    },
    {
      name: 'decisions',
      kind: 'bars',
      unit: 'count',
      rows: [
        row('block', 'danger', ({ decisions }) => decisions.block),
        row('keep', 'good', ({ decisions }) => decisions.keep),
        row('escalate', 'warn', ({ decisions }) => decisions.escalate),
        row('undone', 'soft', ({ decisions }) => decisions.undone),
      ],
    },
    {
      name: 'cases',
      kind: 'lines',
      unit: 'count',
      rows: [
        row('casesOpened', 'accent', (of) => of.casesOpened),
        row('casesDecided', 'good', ({ casesClosed }) => casesClosed.decided, true),
        row('casesUndecided', 'soft', ({ casesClosed }) => casesClosed.merged + casesClosed.superseded, true),
      ],
    },
    {
      name: 'upheld',
      kind: 'lines',
      unit: 'share',
      rows: [row('share', 'good', ({ ruleBlocksReviewed }) => ruleBlocksReviewed.share)],
    },
    {
      name: 'toBlock',
      kind: 'lines',
      unit: 'seconds',
      rows: [
        row('toBlock', 'accent', ({ secondsToBlock }) => secondsToBlock.median),
        row('toBlockP90', 'soft', ({ secondsToBlock }) => secondsToBlock.p90, true),
      ],
    },
    {
      name: 'toDecision',
      kind: 'lines',
      unit: 'seconds',
      rows: [
        row('toDecision', 'accent', ({ secondsToDecision }) => secondsToDecision.median),
        row('toDecisionP90', 'soft', ({ secondsToDecision }) => secondsToDecision.p90, true),
      ],
    },
  ];
}

/** Where each part of stacked bars ends: on top of those before it. */
export function stacked(rows: readonly Row[]): number[][] {
  const heights: number[][] = [];
  for (const { values } of rows) {
    const below = heights.at(-1);
    heights.push(values.map((value, index) => (value ?? 0) + (below?.[index] ?? 0)));
  }
  return heights;
}

/** Whether anything at all was counted. */
export const isNothing = ({ reports, casesOpened, casesClosed, blocks, decisions }: StatsFigures): boolean =>
  reports + casesOpened === 0 &&
  Object.values({ ...casesClosed, ...blocks, ...decisions }).every((count) => count === 0);
