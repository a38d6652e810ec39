import { REASONS, SEVERE_REASON } from '../../../core/reasons.js';
import { t, type TextKey } from '../i18n.js';
import { wordsOfSentence } from '../sentence.js';
import { CheckField, ChoiceField, Group, TextField } from '../ui/form.js';
import { GuardFields } from './guard-fields.js';
import { BOUNDS, numberOf, type NumberName, type RuleForm } from './rule-form.js';
import { span } from './span.js';

interface RuleFieldsProps {
  readonly form: RuleForm;
  /** Those that readers of the site may give. */
  readonly reasons: readonly string[];
  readonly change: (part: Partial<RuleForm>) => void;
  readonly problemOf: (pointer: string) => string | undefined;
}

/** Every field of a rule. */
export function RuleFields({ form, reasons, change, problemOf }: RuleFieldsProps) {
  const number = (name: NumberName, hint?: string) => (
    <TextField
      isNumber
      label={t(`rules.field.${name}`)}
      hint={hint ?? t(`rules.hint.${name}` as TextKey)}
      value={form[name]}
      problem={problemOf(BOUNDS[name][2])}
      onInput={(value) => change({ [name]: value })}
    />
  );
  /** Says how long so many hours are. */
  const hours = (name: NumberName) => {
    const [from, to] = BOUNDS[name];
    const value = numberOf(form[name], [from, to]);
    const hint = t(`rules.hint.${name}` as TextKey);
    return number(name, value === null ? hint : `${hint} ${t('rules.isSpan', { span: words(value) })}`);
  };
  const words = (value: number): string => wordsOfSentence(span(value), t);
  return (
    <>
      <Group title={t('rules.group.block')}>
        <CheckField
          label={t('rules.field.autoBlock')}
          hint={t('rules.hint.autoBlock')}
          checked={form.autoBlock}
          onChange={(autoBlock) => change({ autoBlock })}
        />
        <div class="fields">
          {number('reporters')}
          {hours('windowHours')}
        </div>
      </Group>
      <Group title={t('rules.group.networks')} hint={t('rules.group.networksHint')}>
        <div class="fields">
          {number('perNetwork')}
          {number('minNetworks')}
        </div>
      </Group>
      <Group title={t('rules.group.reasons')} hint={t('rules.group.reasonsHint')}>
        <div class="rule-fields-reasons">
          {REASONS.filter((reason) => reasons.includes(reason) || form.reasons[reason] !== '').map(
            (reason) => (
              <TextField
                key={reason}
                isNumber
                label={t(`reason.${reason}`)}
                value={form.reasons[reason]}
                placeholder={form.reporters}
                problem={problemOf(`/reasons/${reason}/reporters`)}
                onInput={(value) => change({ reasons: { ...form.reasons, [reason]: value } })}
              />
            ),
          )}
        </div>
        <p class="hint">{t('rules.hint.severe', { reason: t(`reason.${SEVERE_REASON}`) })}</p>
      </Group>
      <GuardFields form={form} change={change} number={number} />
      <Group title={t('rules.group.review')}>
        <div class="fields">
          {number('caseAt')}
          {number('factor')}
          {hours('cooldownHours')}
          {hours('reviewWithinHours')}
          <ChoiceField
            label={t('rules.field.onOverdue')}
            hint={t('rules.hint.onOverdue')}
            value={form.onOverdue}
            problem={problemOf('/onOverdue')}
            options={(['stay', 'unblock'] as const).map((value) => ({
              value,
              label: t(`rules.onOverdue.${value}`),
            }))}
            onChange={(onOverdue) => change({ onOverdue })}
          />
        </div>
      </Group>
    </>
  );
}
