import { ErrorBoundary } from 'preact-iso';
import { loadPart } from '../load-part.js';

const { component: BreakerBanner } = loadPart(() => import('./breaker-banner.js'), ['automation']);

/** Where a page says that automatic blocking is paused; loaded after what the page is about. */
export const BreakerPlace = () => (
  <ErrorBoundary>
    <BreakerBanner />
  </ErrorBoundary>
);
