import { useState } from 'preact/hooks';
import { t } from '../i18n.js';
import { loadPart } from '../load-part.js';
import { nextStep } from '../session.js';
import { CodeStep } from './code-step.js';
import { ForgotStep } from './forgot-step.js';
import { PasswordStep } from './password-step.js';

const { component: EnrolStep } = loadPart(() => import('./enrol-step.js'), ['account']);

/** What signing in takes, one after the other, under a title. */
export function useSignInSteps(email?: string) {
  const [forgotten, setForgotten] = useState<string | null>(null);
  switch (nextStep.value) {
    case 'totp':
      return { title: t('signIn.codeTitle'), step: <CodeStep key="totp" /> };
    case 'enrol':
      return { title: t('signIn.enrolTitle'), step: <EnrolStep key="enrol" /> };
    case null:
      return forgotten === null
        ? {
            title: t(email === undefined ? 'signIn.title' : 'signIn.againTitle'),
            step: <PasswordStep {...(email === undefined ? {} : { email })} onForgot={setForgotten} />,
          }
        : {
            title: t('forgot.title'),
            step: <ForgotStep email={forgotten} onBack={() => setForgotten(null)} />,
          };
  }
}
