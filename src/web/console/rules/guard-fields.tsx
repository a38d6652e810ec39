import type { ComponentChildren } from 'preact';
import { t } from '../i18n.js';
import { CheckField, Group } from '../ui/form.js';
import type { NumberName, RuleForm } from './rule-form.js';

interface GuardFieldsProps {
  readonly form: RuleForm;
  readonly change: (part: Partial<RuleForm>) => void;
  /** A field for a number, with its hint. */
  readonly number: (name: NumberName) => ComponentChildren;
}

/** Whose reports count how much, and what bounds the damage where they should not have counted. */
export function GuardFields({ form, change, number }: GuardFieldsProps) {
  const onOff = (name: 'weights' | 'hold' | 'breaker' | 'budget' | 'mute') => (
    <CheckField
      label={t(`rules.field.${name}`)}
      hint={t(`rules.hint.${name}`)}
      checked={form[name]}
      onChange={(checked) => change({ [name]: checked })}
    />
  );
  const numbers = (isOn: boolean, names: readonly NumberName[]) =>
    isOn ? <div class="fields">{names.map((name) => number(name))}</div> : null;
  return (
    <>
      <Group title={t('rules.group.guard')} hint={t('rules.group.guardHint')}>
        {onOff('weights')}
        {onOff('hold')}
        {numbers(form.hold, ['burst', 'newcomers', 'sameComment', 'cohort', 'prolific'])}
      </Group>
      <Group title={t('rules.group.bounds')} hint={t('rules.group.boundsHint')}>
        {onOff('breaker')}
        {numbers(form.breaker, ['perHour', 'breakerFactor'])}
        {onOff('budget')}
        {numbers(form.budget, ['deviceBudget', 'accountBudget'])}
        {onOff('mute')}
        {numbers(form.mute, ['dismissed', 'forDays'])}
      </Group>
    </>
  );
}
