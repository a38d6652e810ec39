import { LocationProvider } from 'preact-iso';
import { useEffect, useState } from 'preact/hooks';
import { Problem } from './api.js';
import { isSpoken } from './i18n.js';
import { isAsked, loadSession, nextStep, session } from './session.js';
import { Shell } from './shell/shell.js';
import { SignInPage } from './sign-in/sign-in-page.js';
import { Failed, Loading } from './ui/page.js';

/** Who is signed in sees the console; who is not, the way in. */
export function App() {
  const [problem, setProblem] = useState<Problem | null>(null);
  const load = (): void => {
    setProblem(null);
    loadSession().catch((error: unknown) => {
      if (!(error instanceof Problem)) throw error;
      setProblem(error);
    });
  };
  useEffect(load, []);
  if (!isSpoken.value) return null;
  if (problem !== null) return <Failed problem={problem} onAgain={load} />;
  if (!isAsked.value) return <Loading />;
  return (
    <LocationProvider scope="/console">
      {session.value === null || nextStep.value !== null ? <SignInPage /> : <Shell />}
    </LocationProvider>
  );
}
