import { t } from '../../i18n.js';
import { Field } from '../../ui/field.js';
import { Segments } from '../../ui/segments.js';
import { type Period, SPANS } from './period.js';

interface PeriodFieldsProps {
  readonly period: Period;
  readonly today: string;
  /** What is wrong with the dates. */
  readonly problem: string | undefined;
  readonly onChange: (period: Period) => void;
}

/** On which time a rule is tried. */
export function PeriodFields({ period, today, problem, onChange }: PeriodFieldsProps) {
  const date = (name: 'from' | 'to', wrong?: string) => (
    <Field label={t(`replay.${name}`)} problem={wrong}>
      {(control) => (
        <input
          {...control}
          type="date"
          max={today}
          value={period[name]}
          onChange={({ currentTarget }) => onChange({ ...period, [name]: currentTarget.value })}
        />
      )}
    </Field>
  );
  return (
    <div class="replay-period">
      <Segments
        label={t('replay.period')}
        value={period.span}
        choices={SPANS.map((span) => ({
          value: span,
          name: span === 'own' ? t('replay.ownDates') : t('replay.days', { days: Number(span) }),
        }))}
        onChoose={(span) => onChange({ ...period, span })}
      />
      {period.span === 'own' ? (
        <>
          {date('from', problem)}
          {date('to')}
        </>
      ) : null}
    </div>
  );
}
