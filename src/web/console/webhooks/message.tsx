import type { AttemptAnswer, MessageAnswer } from '../../../contract/webhooks.js';
import { formatNumber, formatTime, t, tOr } from '../i18n.js';
import { Ago, Until } from '../ui/ago.js';
import { Button } from '../ui/button.js';

const LOOKS = { pending: 'warn', delivered: 'good', failed: 'bad' } as const;

interface MessageProps {
  readonly message: MessageAnswer;
  readonly isBusy: boolean;
  /** Null: it can not be sent. */
  readonly onRetry: (() => void) | null;
}

/** One message with all tries; what the receiver answered is text of a stranger. */
export function Message({ message, isBusy, onRetry }: MessageProps) {
  const { id, type, status, createdAt, nextAttemptAt, attempts, payload } = message;
  const last = attempts.at(-1);
  return (
    <li class="card message">
      <div class="main">
        <strong>
          {tOr(`webhooks.event.${type}`, type)} <code class="address">{type}</code>{' '}
          <span class={`badge ${LOOKS[status]}`}>{t(`webhooks.status.${status}`)}</span>
        </strong>
        <span class="hint">
          <Ago at={createdAt} />
          {' · '}
          {t('webhooks.attempts', { count: attempts.length })}
          {last === undefined ? null : (
            <>
              {' · '}
              <Outcome of={last} />
            </>
          )}
          {nextAttemptAt === null ? null : (
            <>
              {' · '}
              {t('webhooks.next')} <Until at={nextAttemptAt} />
            </>
          )}
        </span>
        <details>
          <summary>{t('webhooks.details')}</summary>
          <div class="stack details">
            <p class="hint">
              {t('webhooks.messageId')} <code class="address">{id}</code>
            </p>
            {attempts.length === 0 ? null : (
              <ol class="attempts">
                {attempts.map((attempt, index) => (
                  <li key={index}>
                    <time dateTime={attempt.at}>
                      {formatTime(attempt.at, { dateStyle: 'short', timeStyle: 'medium' })}
                    </time>
                    {' · '}
                    <Outcome of={attempt} />
                    {' · '}
                    {t('webhooks.took', { milliseconds: formatNumber(attempt.milliseconds) })}
                    {attempt.answer === null || attempt.answer === '' ? null : (
                      <pre dir="auto" tabIndex={0} aria-label={t('webhooks.answer')}>
                        {attempt.answer}
                      </pre>
                    )}
                  </li>
                ))}
              </ol>
            )}
            <pre dir="ltr" tabIndex={0} aria-label={t('webhooks.payload')}>
              {JSON.stringify(payload, null, 2)}
            </pre>
          </div>
        </details>
      </div>
      {onRetry === null ? null : (
        <Button onClick={onRetry} waits={isBusy} label={`${t('webhooks.retry')}: ${type} ${id}`}>
          {t('webhooks.retry')}
        </Button>
      )}
    </li>
  );
}

const Outcome = ({ of }: { readonly of: AttemptAnswer }) =>
  of.status === null ? (
    <bdi>{of.error ?? t('webhooks.noAnswer')}</bdi>
  ) : (
    <span>{t('webhooks.answered', { status: String(of.status) })}</span>
  );
