import { useState } from 'preact/hooks';
import { api } from '../api.js';
import { t } from '../i18n.js';
import { Button } from '../ui/button.js';
import { Field } from '../ui/field.js';
import { Refusal } from '../ui/refusal.js';
import { useForm } from '../ui/use-form.js';
import { wrongField } from '../ui/service-said.js';

interface ForgotStepProps {
  readonly email: string;
  readonly onBack: () => void;
}

/** A forgotten password: a link by mail, or, where none is sent, by an admin. */
export function ForgotStep({ email: given, onBack }: ForgotStepProps) {
  const [email, setEmail] = useState(given);
  const [isSent, setSent] = useState(false);
  const form = useForm(
    async () => {
      await api.post('/v1/session/forgot', { email: email.trim() });
      setSent(true);
    },
    () => email.trim() !== '',
  );
  const back = (
    <button type="button" class="link-button" onClick={onBack}>
      {t('signIn.back')}
    </button>
  );
  if (isSent) {
    return (
      <div class="stack">
        <p class="notice good" role="status">
          {t('forgot.sent')}
        </p>
        <p class="hint">{t('forgot.noMailCame')}</p>
        {back}
      </div>
    );
  }
  if (form.problem?.status === 409) {
    return (
      <div class="stack">
        <p class="notice warn" role="alert">
          {t('forgot.noMail')}
        </p>
        {back}
      </div>
    );
  }
  return (
    <form class="stack" noValidate onSubmit={form.submit}>
      <p>{t('forgot.text')}</p>
      <Field
        label={t('signIn.email')}
        problem={
          form.complaint(email.trim() === '', t('signIn.emailMissing')) ?? wrongField(form.problem, '/email')
        }
      >
        {(control) => (
          <input
            {...control}
            type="email"
            autocomplete="username"
            inputMode="email"
            dir="ltr"
            maxLength={254}
            required
            autofocus
            value={email}
            onInput={({ currentTarget }) => setEmail(currentTarget.value)}
          />
        )}
      </Field>
      <Refusal problem={form.problem} wait={form.wait} />
      <Button type="submit" kind="main" isBusy={form.isBusy} waits={form.wait > 0}>
        {t('forgot.send')}
      </Button>
      {back}
    </form>
  );
}
