import type { ReplayAnswer } from '../../../../contract/replay.js';
import { formatNumber, formatTime, t } from '../../i18n.js';
import { Address } from '../../ui/address.js';
import { nameOfImage } from '../../ui/image-name.js';

interface DifferencesProps {
  readonly of: ReplayAnswer['differences'];
  /** Of today's rule. */
  readonly version: number;
}

/** The images with which the two rules would have done something else. */
export function Differences({ of: { total, items }, version }: DifferencesProps) {
  if (total === 0) return <p>{t('replay.sameImages')}</p>;
  return (
    <details class="differences">
      <summary>{t('replay.differences', { count: total })}</summary>
      {items.length < total ? (
        <p class="hint">{t('replay.first', { shown: formatNumber(items.length) })}</p>
      ) : null}
      <ul class="lines">
        {items.map(({ image, case: caseId, decided, current, candidate, at }) => (
          <li key={`${image.id} ${at}`}>
            <div class="stack difference">
              <Address of={nameOfImage(image)} class="clamped" href={`/console/images/${image.id}`} />
              <p>{t('replay.instead', { version, current, candidate })}</p>
              <p class="hint">
                {t('replay.people', { decided: decided ?? 'none' })} ·{' '}
                <time dateTime={at}>{formatTime(at)}</time>
                {caseId === null || decided !== null ? null : (
                  <>
                    {' · '}
                    <a href={`/console/review/${caseId}`}>{t('replay.case')}</a>
                  </>
                )}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </details>
  );
}
