import { allBad, allClean, attacked, type BadFigures, type CleanFigures } from './figures.js';
import { SIZES } from './pictures.js';
import { CONTENDERS, type Result } from './simulate.js';

/** The results as Markdown: clean pictures that are attacked, all clean pictures, and bad ones. */
export function tableOf(results: readonly Result[]): string {
  const attacks = results.filter(({ scenario }) => scenario.about === 'attacked');
  const others = results.filter(({ scenario }) => scenario.about === 'bad');
  const peace = results.slice(0, 1);
  return [
    'Clean pictures that are attacked: how many are not hidden, and image-hours hidden until a moderator looked. Held ones can be seen.',
    rows(
      ['attack', 'pictures', ...CONTENDERS.flatMap((name) => [name, 'hours']), 'held'],
      attacks.map(({ scenario, outcomes }) => [
        scenario.name,
        String(attacked(outcomes.Vigie).pictures),
        ...CONTENDERS.flatMap((name) => kept(attacked(outcomes[name]))),
        String(attacked(outcomes.Vigie).held),
      ]),
    ),
    'The same of all clean pictures of these sites in that week, with those that honest readers report by mistake.',
    rows(
      ['scenario', 'pictures', ...CONTENDERS.flatMap((name) => [name, 'hours']), 'held'],
      results.map(({ scenario, outcomes }) => [
        scenario.name,
        String(allClean(outcomes.Vigie).pictures),
        ...CONTENDERS.flatMap((name) => kept(allClean(outcomes[name]))),
        String(allClean(outcomes.Vigie).held),
      ]),
    ),
    'Bad pictures: how many a rule hid; missed are those that five honest readers or more reported, and it never hid. Honest reports until it hid them: median (nine in ten); minutes since the first of them: median.',
    rows(
      ['scenario', 'rule', 'pictures', 'hidden', 'missed', 'held', 'honest reports', 'minutes'],
      [
        ...peace.flatMap(({ outcomes }) =>
          SIZES.flatMap((size) =>
            CONTENDERS.map((name) => [
              `nobody attacks: ${size}`,
              name,
              ...blocked(allBad(outcomes[name], size)),
            ]),
          ),
        ),
        ...others.flatMap(({ scenario, outcomes }) =>
          CONTENDERS.map((name) => [scenario.name, name, ...blocked(allBad(outcomes[name]))]),
        ),
      ],
    ),
  ].join('\n\n');
}

const kept = ({ pictures, hidden, hours }: CleanFigures): string[] => [
  pictures === 0 ? '-' : `${((100 * (pictures - hidden)) / pictures).toFixed(1)} %`,
  Math.round(hours).toLocaleString('en'),
];

const blocked = ({ pictures, hidden, missed, held, reports, mostReports, minutes }: BadFigures): string[] => [
  String(pictures),
  String(hidden),
  String(missed),
  String(held),
  hidden === 0 ? '-' : `${reports} (${mostReports})`,
  hidden === 0 || Number.isNaN(minutes) ? '-' : minutes.toFixed(1),
];

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const rows = (head: readonly string[], body: readonly (readonly string[])[]): string =>
  [row(head), row(head.map(() => '---')), ...body.map(row)].join('\n');
