import { useEffect, useState } from 'preact/hooks';
import type { OfferedSecretAnswer } from '../../../contract/second-factor.js';
import { RecoveryCodes } from '../account/recovery-codes.js';
import { SetUpFactor } from '../account/set-up-factor.js';
import { api, Problem } from '../api.js';
import { t } from '../i18n.js';
import { endLateStep, leaveStep, loadSession } from '../session.js';
import { Failed, Loading } from '../ui/page.js';
import { toastProblem } from '../ui/toasts.js';

/** Where everybody needs a second factor: its first setting up, on the way in. */
export default function EnrolStep() {
  const [offered, setOffered] = useState<OfferedSecretAnswer | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const begin = (): void => {
    setProblem(null);
    api.post<OfferedSecretAnswer>('/v1/session/second-factor', {}).then(setOffered, (error: unknown) => {
      if (!(error instanceof Problem)) throw error;
      setProblem(error);
      endLateStep(error);
    });
  };
  useEffect(begin, []);
  if (codes !== null) {
    return (
      <RecoveryCodes
        codes={codes}
        email={offered === null ? '' : accountIn(offered.uri)}
        action={t('signIn.goOn')}
        onKept={() => void loadSession().catch(toastProblem)}
      />
    );
  }
  return (
    <div class="stack">
      <p>{t('signIn.enrolText')}</p>
      {problem !== null ? (
        <Failed problem={problem} onAgain={begin} />
      ) : offered === null ? (
        <Loading />
      ) : (
        <SetUpFactor offered={offered} onDone={setCodes} />
      )}
      <button type="button" class="link-button" onClick={() => void leaveStep()}>
        {t('signIn.back')}
      </button>
    </div>
  );
}

/** Whose the secret is, as an app shows it (`otpauth://totp/Vigie:amina%40example.ma?...`): nobody is signed in yet who could be asked. */
const accountIn = (uri: string): string => decodeURIComponent(/:([^:/?]+)\?/.exec(uri)?.[1] ?? '');
