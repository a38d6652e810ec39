import type { ReplayAnswer, ReplayedImage, ReplayFiguresView } from '../../contract/replay.js';
import { table } from '../cli.js';

/** Differences that are printed: "--json" has more. */
const SHOWN = 20;

/** A replay for people: both rules side by side, and where they differ. */
export function replayLines(site: string, answer: ReplayAnswer): string[] {
  const { from, to, reports, images, ruleVersion, current, candidate, differences, openImages } = answer;
  const shown = differences.items.slice(0, SHOWN);
  return [
    `${site}, ${from} to ${to}: ${reports} reports on ${images} images.`,
    '',
    ...table([
      ['', `version ${ruleVersion}`, 'candidate'],
      ...FIGURES.map((row) => rowOf(row, current, candidate)),
    ]),
    '',
    differences.total === 0 ? 'They differ nowhere.' : `They differ in ${differences.total}:`,
    ...table(
      shown.map(({ at, current: was, candidate: is, decided, image }) => [
        at.slice(0, 16).replace('T', ' '),
        `${was} -> ${is}`,
        decided === null ? 'not decided' : `people: ${decided}`,
        nameOf(image),
      ]),
    ),
    ...(differences.total > shown.length ? [`and ${differences.total - shown.length} more`] : []),
    '',
    openImages.total === 0
      ? 'It would do nothing with the images that are open now.'
      : `Of the images that are open now it would block ${count(answer, 'block')} and hold ${count(answer, 'hold')}, if "rule apply --block-open" asked for it.`,
  ];
}

type Row = readonly [string, (figures: ReplayFiguresView) => string];

const FIGURES: readonly Row[] = [
  ['blocked', ({ blocked }) => String(blocked)],
  ['  people agreed', ({ upheld }) => String(upheld)],
  ['  people kept it', ({ reversed }) => String(reversed)],
  ['  not decided', ({ undecided }) => String(undecided)],
  ['held', ({ held }) => String(held)],
  ['missed', ({ missed }) => String(missed)],
  ['time to block, median', ({ timeToBlock }) => (timeToBlock === null ? '-' : span(timeToBlock.median))],
  ['time to block, 9 of 10', ({ timeToBlock }) => (timeToBlock === null ? '-' : span(timeToBlock.p90))],
];

const rowOf = ([name, of]: Row, current: ReplayFiguresView, candidate: ReplayFiguresView): string[] => [
  name,
  of(current),
  of(candidate),
];

/** Seconds, as people say it. */
function span(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7_200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3_600)} h`;
}

const count = ({ openImages }: ReplayAnswer, would: 'block' | 'hold'): string => {
  const found = openImages.items.filter((open) => open.would === would).length;
  return openImages.total > openImages.items.length ? `${found} or more` : String(found);
};

/** What somebody recognizes an image by. */
export const nameOf = ({ id, url, ownId }: ReplayedImage): string => url ?? ownId ?? id;
