import { ErrorBoundary, LocationProvider } from 'preact-iso';
import { useEffect, useState } from 'preact/hooks';
import { Problem } from './api.js';
import { isSilent, isSpoken } from './i18n.js';
import { loadPart } from './load-part.js';
import { isAnothers, isAsked, loadSession, nextStep, session } from './session.js';
import { Shell } from './shell/shell.js';
import { NoAnswer } from './sign-in/no-answer.js';
import { SignInAgain } from './sign-in/sign-in-again.js';
import { SignInPage } from './sign-in/sign-in-page.js';
import { NotSpoken } from './ui/not-spoken.js';
import { Loading } from './ui/page.js';

const { component: WelcomePage } = loadPart(() => import('./sign-in/welcome-page.js'));

/** Where one-time links lead: a page outside of every session. */
const hasLink = (): boolean => location.pathname === '/console/welcome';

/** Who is signed in sees the console; who is not, the way in. */
export function App() {
  const [isWelcome, setWelcome] = useState(hasLink);
  if (!isSpoken.value) return isSilent.value ? <NotSpoken /> : null;
  if (!isWelcome) return <Inside />;
  return (
    <ErrorBoundary>
      <WelcomePage
        onDone={() => {
          history.replaceState(null, '', '/console/');
          setWelcome(false);
        }}
      />
    </ErrorBoundary>
  );
}

function Inside() {
  const [problem, setProblem] = useState<Problem | null>(null);
  const load = (): Promise<void> =>
    loadSession().catch((error: unknown) => {
      if (!(error instanceof Problem)) throw error;
      setProblem(error);
    });
  useEffect(() => {
    if (!isAsked.peek()) void load();
  }, []);
  if (problem !== null && !isAsked.value) return <NoAnswer problem={problem} onAgain={load} />;
  if (!isAsked.value || isAnothers.value) return <Loading />;
  const staff = session.value?.staff;
  if (staff === undefined) return <SignInPage key={nextStep.value} />;
  return (
    <LocationProvider scope="/console">
      <Shell key={staff.id} />
      <SignInAgain />
    </LocationProvider>
  );
}
