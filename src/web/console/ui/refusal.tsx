import type { Problem } from '../api.js';
import { t } from '../i18n.js';
import { ServiceSaid, wordsOf } from './service-said.js';

interface RefusalProps {
  readonly problem: Problem | null;
  /** Seconds until it may be tried again, as `useCountdown` counts. */
  readonly wait?: number;
  /** In the place of what the service said. */
  readonly words?: string | undefined;
}

/** Why a form was refused, above its button; what a field says of itself is not said twice. */
export function Refusal({ problem, wait = 0, words }: RefusalProps) {
  if (problem === null || (problem.status === 429 && problem.retryAfter !== null && wait === 0)) return null;
  if (words === undefined && problem.fields.length > 0) return null;
  return (
    <div class="notice bad" role="alert">
      {wait > 0 ? (
        <>
          <span class="unseen">{t('common.wait')}</span>
          {/* Each second would be read out. */}
          <span aria-hidden="true">{t('common.waitSeconds', { seconds: wait })}</span>
        </>
      ) : (
        <>
          {words ?? wordsOf(problem)}
          {words === undefined ? <ServiceSaid problem={problem} /> : null}
        </>
      )}
    </div>
  );
}
