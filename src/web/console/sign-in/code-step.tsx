import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../i18n.js';
import { leaveStep, sendSecondFactor } from '../session.js';
import { Button } from '../ui/button.js';
import { CodeInput } from '../ui/code-input.js';
import { Field } from '../ui/field.js';
import { Refusal } from '../ui/refusal.js';
import { useForm } from '../ui/use-form.js';

/** The second factor: six digits of the app, or one of the recovery codes. */
export function CodeStep() {
  const [byRecovery, setByRecovery] = useState(false);
  const [code, setCode] = useState('');
  const form = useForm(
    async () => {
      try {
        await sendSecondFactor(byRecovery ? { recoveryCode: code.trim() } : { code });
      } catch (error) {
        setCode('');
        throw error;
      }
    },
    () => code.trim() !== '',
  );
  const missing = form.complaint(code.trim() === '', t('signIn.codeMissing'));
  const recovery = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (byRecovery) recovery.current?.focus();
  }, [byRecovery]);
  const isWrong = form.problem?.status === 422;
  return (
    <form class="stack" noValidate onSubmit={form.submit}>
      {byRecovery ? (
        <Field label={t('signIn.recoveryCode')} hint={t('signIn.recoveryHint')} problem={missing}>
          {(control) => (
            <input
              {...control}
              ref={recovery}
              class="address"
              autocomplete="off"
              autocapitalize="none"
              spellcheck={false}
              maxLength={40}
              required
              value={code}
              onInput={({ currentTarget }) => setCode(currentTarget.value)}
            />
          )}
        </Field>
      ) : (
        <CodeInput
          label={t('signIn.code')}
          hint={t('signIn.codeHint')}
          problem={missing}
          value={code}
          onInput={setCode}
          onComplete={form.submit}
        />
      )}
      <Refusal
        problem={form.problem}
        wait={form.wait}
        words={isWrong ? t(byRecovery ? 'signIn.wrongRecovery' : 'signIn.wrongCode') : undefined}
      />
      <Button type="submit" kind="main" isBusy={form.isBusy} waits={form.wait > 0}>
        {t('signIn.go')}
      </Button>
      <div class="spread">
        <button
          type="button"
          class="link-button"
          onClick={() => {
            setCode('');
            form.beginAnew();
            setByRecovery(!byRecovery);
          }}
        >
          {t(byRecovery ? 'signIn.useApp' : 'signIn.useRecovery')}
        </button>
        <button type="button" class="link-button" onClick={() => void leaveStep()}>
          {t('signIn.back')}
        </button>
      </div>
    </form>
  );
}
