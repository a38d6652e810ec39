import { useState } from 'preact/hooks';
import { t } from '../i18n.js';
import { Button } from '../ui/button.js';
import { digitsOf } from '../ui/digits-of.js';
import { Field } from '../ui/field.js';
import { PasswordInput } from '../ui/password-input.js';
import { Refusal } from '../ui/refusal.js';
import { useForm } from '../ui/use-form.js';

interface Proof {
  readonly password?: string;
  readonly code?: string;
}

interface ProveOwnerProps {
  readonly needs: 'password' | 'code' | 'both';
  /** The words on the button. */
  readonly action: string;
  readonly isDangerous?: boolean;
  readonly send: (proof: Proof) => Promise<void>;
}

/** Asks for what only the owner of the account knows, before something that a found computer must not do. */
export function ProveOwner({ needs, action, isDangerous = false, send }: ProveOwnerProps) {
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const form = useForm(() =>
    send({ ...(needs === 'code' ? {} : { password }), ...(needs === 'password' ? {} : { code }) }),
  );
  const isWrong = (pointer: string): boolean => form.problem?.of(pointer) !== undefined;
  return (
    <form class="stack" onSubmit={form.submit}>
      <p class="hint">{t('factor.prove')}</p>
      {needs === 'code' ? null : (
        <PasswordInput
          label={t('account.currentPassword')}
          autocomplete="current-password"
          problem={isWrong('/password') ? t('factor.wrongPassword') : undefined}
          focused
          value={password}
          onInput={setPassword}
        />
      )}
      {needs === 'password' ? null : (
        <Field label={t('factor.codeOfApp')} problem={isWrong('/code') ? t('factor.wrongCode') : undefined}>
          {(control) => (
            <input
              {...control}
              class="code-input"
              inputMode="numeric"
              autocomplete="one-time-code"
              dir="ltr"
              required
              autofocus={needs === 'code'}
              value={code}
              onInput={({ currentTarget }) => {
                const digits = digitsOf(currentTarget.value).slice(0, 6);
                currentTarget.value = digits;
                setCode(digits);
              }}
            />
          )}
        </Field>
      )}
      <Refusal problem={form.problem} wait={form.wait} />
      <div class="actions">
        <Button
          type="submit"
          kind={isDangerous ? 'danger' : 'main'}
          isBusy={form.isBusy}
          disabled={form.wait > 0}
        >
          {action}
        </Button>
      </div>
    </form>
  );
}
