import { ErrorBoundary } from 'preact-iso';
import { t } from '../i18n.js';
import { forgetSession, isInterrupted, nextStep, session } from '../session.js';
import { Dialog } from '../ui/dialog.js';
import { useSignInSteps } from './sign-in-steps.js';

/** Over the page, when a session ended by itself: who signs in again goes on where they were, with all that they typed. */
export const SignInAgain = () => (isInterrupted.value ? <Again /> : null);

function Again() {
  const email = session.value?.staff.email ?? '';
  const { title, step } = useSignInSteps(email);
  return (
    <Dialog title={title} class="again">
      {nextStep.value === null ? <p>{t('signIn.againText')}</p> : null}
      <ErrorBoundary>{step}</ErrorBoundary>
      <button type="button" class="link-button" onClick={forgetSession}>
        {t('signIn.leave')}
      </button>
    </Dialog>
  );
}
