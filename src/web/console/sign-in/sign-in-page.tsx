import { ErrorBoundary } from 'preact-iso';
import { Front } from './front.js';
import { useSignInSteps } from './sign-in-steps.js';

/** The way in. */
export function SignInPage() {
  const { title, step } = useSignInSteps();
  return (
    <Front title={title}>
      <ErrorBoundary>{step}</ErrorBoundary>
    </Front>
  );
}
