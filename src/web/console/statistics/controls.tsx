import { t } from '../i18n.js';
import { Button } from '../ui/button.js';
import { Field } from '../ui/field.js';
import { type AskedRange, mayBeHours, type Span } from './range.js';

const SPANS: readonly Span[] = ['7', '30', '90', 'own'];

interface ControlsProps {
  readonly asked: AskedRange;
  readonly onAsk: (asked: AskedRange) => void;
  /** What is wrong with the dates. */
  readonly problem: string | undefined;
}

/** Of which time, and in which steps. */
export function Controls({ asked, onAsk, problem }: ControlsProps) {
  const ask = (changed: Partial<AskedRange>): void => onAsk({ ...asked, ...changed });
  return (
    <form class="card statistics-controls" onSubmit={(event) => event.preventDefault()}>
      <div class="field" role="group" aria-label={t('statistics.time')}>
        <span class="label">{t('statistics.time')}</span>
        <div class="actions">
          {SPANS.map((span) => (
            <Button key={span} pressed={asked.span === span} onClick={() => ask({ span })}>
              {span === 'own' ? t('statistics.ownTime') : t('statistics.days', { days: Number(span) })}
            </Button>
          ))}
        </div>
      </div>
      {asked.span === 'own' ? (
        <>
          <Field label={t('statistics.from')} problem={problem}>
            {(control) => (
              <input
                {...control}
                type="date"
                value={asked.from}
                onChange={({ currentTarget }) => ask({ from: currentTarget.value })}
              />
            )}
          </Field>
          <Field label={t('statistics.to')}>
            {(control) => (
              <input
                {...control}
                type="date"
                value={asked.to}
                onChange={({ currentTarget }) => ask({ to: currentTarget.value })}
              />
            )}
          </Field>
        </>
      ) : null}
      <Field label={t('statistics.step')}>
        {(control) => (
          <select
            {...control}
            value={mayBeHours(asked) ? asked.bucket : 'day'}
            onChange={({ currentTarget }) => ask({ bucket: currentTarget.value === 'hour' ? 'hour' : 'day' })}
          >
            <option value="day">{t('statistics.bucket.day')}</option>
            <option value="hour" disabled={!mayBeHours(asked)}>
              {t('statistics.bucket.hour')}
            </option>
          </select>
        )}
      </Field>
    </form>
  );
}
