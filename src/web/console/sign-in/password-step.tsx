import { useState } from 'preact/hooks';
import { t } from '../i18n.js';
import { signIn, tookTooLong } from '../session.js';
import { Button } from '../ui/button.js';
import { Field } from '../ui/field.js';
import { PasswordInput } from '../ui/password-input.js';
import { Refusal } from '../ui/refusal.js';
import { useForm } from '../ui/use-form.js';
import { wrongField } from '../ui/service-said.js';

interface PasswordStepProps {
  /** Who has to sign in again; left out: anybody. */
  readonly email?: string;
  readonly onForgot: (email: string) => void;
}

/** E-mail address and password. */
export function PasswordStep({ email: given = '', onForgot }: PasswordStepProps) {
  const [email, setEmail] = useState(given);
  const [password, setPassword] = useState('');
  const form = useForm(
    () => signIn(email.trim(), password),
    () => email.trim() !== '' && password !== '',
  );
  const { problem } = form;
  return (
    <form class="stack" noValidate onSubmit={form.submit}>
      {tookTooLong.value && problem === null ? (
        <p class="notice warn" role="alert">
          {t('signIn.tookTooLong')}
        </p>
      ) : null}
      <Field
        label={t('signIn.email')}
        problem={
          form.complaint(email.trim() === '', t('signIn.emailMissing')) ?? wrongField(problem, '/email')
        }
      >
        {(control) => (
          <input
            {...control}
            type="email"
            name="email"
            autocomplete="username"
            inputMode="email"
            dir="ltr"
            maxLength={254}
            required
            autofocus={given === ''}
            value={email}
            onInput={({ currentTarget }) => setEmail(currentTarget.value)}
          />
        )}
      </Field>
      <PasswordInput
        label={t('signIn.password')}
        autocomplete="current-password"
        problem={form.complaint(password === '', t('password.missing')) ?? wrongField(problem, '/password')}
        focused={given !== ''}
        value={password}
        onInput={setPassword}
      />
      <Refusal
        problem={problem}
        wait={form.wait}
        words={problem?.status === 401 ? t('signIn.wrong') : undefined}
      />
      <Button type="submit" kind="main" isBusy={form.isBusy} waits={form.wait > 0}>
        {t('signIn.go')}
      </Button>
      <button type="button" class="link-button" onClick={() => onForgot(email)}>
        {t('signIn.forgot')}
      </button>
    </form>
  );
}
