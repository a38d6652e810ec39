import { useState } from 'preact/hooks';
import type { CaseReport } from '../../../contract/case-reports.js';
import { formatNumber, t, tOr } from '../i18n.js';
import { Ago } from '../ui/ago.js';
import { MuteDialog } from './mute-dialog.js';
import './mutes.css';

interface ReadersProps {
  readonly reports: readonly CaseReport[];
  /** Called when one of them was muted, or is not any more. */
  readonly onChanged: () => void;
}

const numberOf = ({ reader }: CaseReport): string => reader.replace(/\D/g, '');

/** Who reported, one by one: by a number of this case alone, with what their reports count for. */
export default function Readers({ reports, onChanged }: ReadersProps) {
  const [asked, setAsked] = useState<CaseReport | null>(null);
  return (
    <>
      <ul class="lines readers">
        {reports.map((report) => (
          <li key={report.reader}>
            <div>
              <p>
                <strong>{t('review.reader', { number: numberOf(report) })}</strong> ·{' '}
                {report.reasons.map((reason) => tOr(`reason.${reason}`, reason)).join(', ')}{' '}
                {report.muted ? <span class="badge warn">{t('mutes.muted')}</span> : null}
              </p>
              <p class="hint">
                {tOr(`mutes.kind.${report.kind}`, report.kind)} · <Ago at={report.at} /> ·{' '}
                {weightWords(report.weight)}
                {report.withdrawn ? ` · ${t('review.withdrawn')}` : ''}
                {report.leftOut === null
                  ? ''
                  : ` · ${tOr(`review.leftOut.${report.leftOut}`, report.leftOut)}`}
              </p>
            </div>
            {report.handle === undefined || report.muted ? null : (
              <button
                type="button"
                class="link-button"
                aria-label={t('mutes.title', { number: numberOf(report) })}
                onClick={() => setAsked(report)}
              >
                {t('mutes.ask')}
              </button>
            )}
          </li>
        ))}
      </ul>
      {asked?.handle === undefined ? null : (
        <MuteDialog
          number={numberOf(asked)}
          handle={asked.handle}
          onClose={() => setAsked(null)}
          onChanged={onChanged}
        />
      )}
    </>
  );
}

const weightWords = (weight: number): string =>
  t('mutes.weight', {
    weight: formatNumber(weight, { maximumFractionDigits: 2 }),
    kind: weight > 1 ? 'more' : weight < 1 ? 'less' : 'full',
  });
