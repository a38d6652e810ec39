import { ErrorBoundary } from 'preact-iso';
import { useState } from 'preact/hooks';
import { t } from '../i18n.js';
import { loadPart } from '../load-part.js';
import { type HeldCase, ignoreProblem } from './held-case.js';

const { component: Readers } = loadPart(() => import('../mutes/readers.js'), ['mutes']);

/** Who reported, one by one, once somebody wants to know. */
export function WhoReported({ held }: { readonly held: HeldCase }) {
  const [isOpen, setOpen] = useState(false);
  const reports = held.reports.value;
  if (reports.length === 0) return null;
  return (
    <details class="facts-history" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t('review.whoReported', { count: reports.length })}</summary>
      {isOpen ? (
        <ErrorBoundary>
          <Readers reports={reports} onChanged={() => void held.load().catch(ignoreProblem)} />
        </ErrorBoundary>
      ) : null}
    </details>
  );
}
