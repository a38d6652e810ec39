import { useState } from 'preact/hooks';
import type { RuleVersionAnswer } from '../../../contract/rules.js';
import { t } from '../i18n.js';
import { ChoiceField } from '../ui/form.js';
import { ruleChanges } from './rule-changes.js';
import { Sentences } from './rule-text.js';

/** What differs between any two versions of a rule. */
export function CompareVersions({ versions }: { readonly versions: readonly RuleVersionAnswer[] }) {
  const [newest, before] = versions;
  const [from, setFrom] = useState(String(before?.version));
  const [to, setTo] = useState(String(newest?.version));
  const find = (version: string) => versions.find((one) => String(one.version) === version) ?? newest;
  const options = versions.map(({ version }) => ({
    value: String(version),
    label: t('rules.version', { version }),
  }));
  const [one, other] = [find(from), find(to)];
  if (one === undefined || other === undefined) return null;
  const changes = ruleChanges(one.rule, other.rule);
  return (
    <div class="card stack" role="group" aria-label={t('rules.compare')}>
      <div class="fields">
        <ChoiceField label={t('rules.compareFrom')} value={from} options={options} onChange={setFrom} />
        <ChoiceField label={t('rules.compareTo')} value={to} options={options} onChange={setTo} />
      </div>
      <div aria-live="polite">
        {changes.length === 0 ? <p>{t('rules.same')}</p> : <Sentences of={changes} />}
      </div>
    </div>
  );
}
