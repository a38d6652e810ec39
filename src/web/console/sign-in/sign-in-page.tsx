import { useState } from 'preact/hooks';
import { Problem } from '../api.js';
import { t } from '../i18n.js';
import { signIn } from '../session.js';
import { Button } from '../ui/button.js';
import { Field } from '../ui/field.js';
import { wordsOf } from '../ui/toasts.js';

/** The way in: e-mail address and password. */
export function SignInPage() {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const submit = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      await signIn(email, password);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <main class="sign-in" id="main">
      <h1>{t('signIn.title')}</h1>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Field label={t('signIn.email')} problem={problem?.of('/email')}>
          {(control) => (
            <input
              {...control}
              type="email"
              autocomplete="username"
              required
              value={email}
              onInput={({ currentTarget }) => setEmail(currentTarget.value)}
            />
          )}
        </Field>
        <Field label={t('signIn.password')} problem={problem?.of('/password')}>
          {(control) => (
            <input
              {...control}
              type="password"
              autocomplete="current-password"
              required
              value={password}
              onInput={({ currentTarget }) => setPassword(currentTarget.value)}
            />
          )}
        </Field>
        {problem === null ? null : (
          <p class="problem" role="alert">
            {wordsOf(problem)}
          </p>
        )}
        <Button type="submit" kind="main" isBusy={isBusy}>
          {t('signIn.go')}
        </Button>
      </form>
    </main>
  );
}
