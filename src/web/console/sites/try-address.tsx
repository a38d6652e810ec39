import { useState } from 'preact/hooks';
import type { CanonicalAddressAnswer } from '../../../contract/address-rules.js';
import type { AddressRules } from '../../../core/address-rules.js';
import { useAction } from '../action.js';
import { api } from '../api.js';
import { t, tOr } from '../i18n.js';
import { Button } from '../ui/button.js';
import { TextField } from '../ui/form.js';
import { problemsOf } from './site-problems.js';

interface TryAddressProps {
  readonly slug: string;
  /** As they stand in the form, saved or not. */
  readonly rules: AddressRules;
}

/** What the rules make of an address, step by step; nothing is saved. */
export function TryAddress({ slug, rules }: TryAddressProps) {
  const action = useAction();
  const [url, setUrl] = useState('');
  const [answer, setAnswer] = useState<CanonicalAddressAnswer | null>(null);
  const tryIt = (): void => {
    void action.run(async () => {
      setAnswer(null);
      const body = { url: url.trim(), rules };
      setAnswer(await api.post<CanonicalAddressAnswer>('/v1/images/canonical', body, { site: slug }));
    });
  };
  const { problem } = action;
  const ofRules = problem?.fields.filter(({ pointer }) => pointer.startsWith('/rules')) ?? [];
  return (
    <div class="try-address stack">
      <TextField
        label={t('sites.try')}
        hint={t('sites.tryHint')}
        isCode
        value={url}
        problem={problemsOf(problem)('/url')}
        onInput={setUrl}
        placeholder="https://cdn.example.ma/photos/1-300x200.jpg?w=300"
      />
      {ofRules.map(({ pointer, detail }) => (
        <p key={pointer} class="problem" role="alert">
          {tOr(`sites.wrong.${pointer.split('/')[2] ?? ''}`, detail)}
        </p>
      ))}
      <div class="actions">
        <Button onClick={tryIt} isBusy={action.isBusy} disabled={url.trim() === ''}>
          {t('sites.tryGo')}
        </Button>
      </div>
      <div aria-live="polite">{answer === null ? null : <Steps answer={answer} />}</div>
    </div>
  );
}

function Steps({ answer }: { readonly answer: CanonicalAddressAnswer }) {
  return (
    <div class="stack">
      <p>{t('sites.tryResult')}</p>
      <code class="address">{answer.canonical}</code>
      {answer.steps.length === 0 ? (
        <p class="hint">{t('sites.tryNothing')}</p>
      ) : (
        <ol class="steps">
          {answer.steps.map(({ rule, after, explanation }, index) => (
            <li key={index}>
              {tOr(`sites.step.${rule}`, explanation)}
              <code class="address">{after}</code>
            </li>
          ))}
        </ol>
      )}
      <p class={answer.vouchedFor ? '' : 'note warn'}>
        {answer.vouchedFor ? t('sites.tryVouched') : t('sites.tryForeign')}
      </p>
    </div>
  );
}
