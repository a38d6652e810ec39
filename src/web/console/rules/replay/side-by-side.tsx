import type { ReplayAnswer, ReplayFiguresView } from '../../../../contract/replay.js';
import { formatNumber, formatTime, locale, t, type TextKey } from '../../i18n.js';
import { durationWords } from '../../statistics/words.js';

/** What is counted, in the order in which it is told. */
const COUNTS = ['blocked', 'upheld', 'reversed', 'undecided', 'held', 'missed'] as const;
const TIMES = ['median', 'p90'] as const;

/** Of what was blocked: a part of the line above. */
const PARTS: ReadonlySet<string> = new Set(['upheld', 'reversed', 'undecided']);

const took = (figures: ReplayFiguresView, which: (typeof TIMES)[number]): string =>
  figures.timeToBlock === null
    ? t('replay.none')
    : durationWords(figures.timeToBlock[which], locale.value, 'short');

/** Today's rule and the one that is tried, on the same reports. */
export function SideBySide({ of: { current, candidate, ...about } }: { readonly of: ReplayAnswer }) {
  return (
    <div class="stack">
      <p>
        {t('replay.on', {
          reports: about.reports,
          images: about.images,
          from: formatTime(about.from),
          to: formatTime(about.to),
        })}
      </p>
      <div class="table-scroll" role="region" aria-label={t('replay.sideBySide')} tabIndex={0}>
        <table class="side-by-side">
          <thead>
            <tr>
              <td />
              <th scope="col" class="number">
                {t('replay.today', { version: about.ruleVersion })}
              </th>
              <th scope="col" class="number">
                {t('replay.candidate')}
              </th>
            </tr>
          </thead>
          <tbody>
            {COUNTS.map((name) => (
              <tr key={name}>
                <RowName name={name} />
                <td class="number">{formatNumber(current[name])}</td>
                <td class="number">
                  {formatNumber(candidate[name])} <Change from={current[name]} to={candidate[name]} />
                </td>
              </tr>
            ))}
            {TIMES.map((name) => (
              <tr key={name}>
                <RowName name={name} />
                <td class="number">{took(current, name)}</td>
                <td class="number">{took(candidate, name)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

const RowName = ({ name }: { readonly name: string }) => (
  <th scope="row" class={PARTS.has(name) ? 'part' : undefined}>
    {t(`replay.figure.${name}` as TextKey)}
  </th>
);

/** How much more or less; nothing where it is the same. */
const Change = ({ from, to }: { readonly from: number; readonly to: number }) =>
  from === to ? null : <span class="hint">({formatNumber(to - from, { signDisplay: 'always' })})</span>;
