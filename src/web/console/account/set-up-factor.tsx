import { useState } from 'preact/hooks';
import type { OfferedSecretAnswer, SecondFactorAnswer } from '../../../contract/second-factor.js';
import { api, door } from '../api.js';
import { t } from '../i18n.js';
import { endLateStep } from '../session.js';
import { Button } from '../ui/button.js';
import { CodeInput } from '../ui/code-input.js';
import { CopyButton } from '../ui/copy-button.js';
import { Refusal } from '../ui/refusal.js';
import { useForm } from '../ui/use-form.js';
import QrCode from './qr-code.js';

interface SetUpProps {
  readonly offered: OfferedSecretAnswer;
  /** Called with the recovery codes, once it is in force. */
  readonly onDone: (recoveryCodes: readonly string[]) => void;
}

/** The secret for an app, and the code that proves the app has it. */
export function SetUpFactor({ offered, onDone }: SetUpProps) {
  const [code, setCode] = useState('');
  const form = useForm(
    async () => {
      try {
        const done = await api.put<SecondFactorAnswer>('/v1/session/second-factor', { code });
        door.csrfToken = done.csrfToken;
        onDone(done.recoveryCodes);
      } catch (error) {
        setCode('');
        endLateStep(error);
        throw error;
      }
    },
    () => code !== '',
  );
  return (
    <form class="stack" noValidate onSubmit={form.submit}>
      <p>{t('factor.scan')}</p>
      <QrCode text={offered.uri} />
      <p>{t('factor.or')}</p>
      <code class="secret address">{offered.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
      {/* A telephone can not scan what it shows itself. */}
      <div class="actions">
        <CopyButton text={offered.secret} />
      </div>
      <CodeInput
        label={t('factor.codeOfApp')}
        problem={
          form.complaint(code === '', t('signIn.codeMissing')) ??
          (form.problem?.status === 422 ? t('factor.wrongCode') : undefined)
        }
        value={code}
        onInput={setCode}
        onComplete={form.submit}
      />
      <Refusal problem={form.problem} wait={form.wait} />
      <Button type="submit" kind="main" isBusy={form.isBusy} waits={form.wait > 0}>
        {t('factor.confirm')}
      </Button>
    </form>
  );
}
