import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Problem } from '../api.js';
import { t } from '../i18n.js';
import { Button } from './button.js';
import { ServiceSaid, wordsOf } from './service-said.js';

interface PageProps {
  readonly title: string;
  /** Beside the title: what can be done on the whole page. */
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A page of the console under its title, which the window has, too. */
export function Page({ title, actions, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} – Vigie`;
  }, [title]);
  return (
    <main id="main" tabIndex={-1} class="page">
      <header class="page-head">
        <h1 tabIndex={-1}>{title}</h1>
        {actions === undefined ? null : <div class="actions">{actions}</div>}
      </header>
      {children}
    </main>
  );
}

interface EmptyProps {
  readonly title: string;
  /** What to do. */
  readonly children?: ComponentChildren;
}

/** In the place of a list that has nothing in it. */
export const Empty = ({ title, children }: EmptyProps) => (
  <div class="empty">
    <p class="empty-title">{title}</p>
    {children}
  </div>
);

/** In the place of what could not be loaded. */
export const Failed = ({ problem, onAgain }: { readonly problem: Problem; readonly onAgain: () => void }) => (
  <div class="empty bad" role="alert">
    <p class="empty-title">{wordsOf(problem)}</p>
    <ServiceSaid problem={problem} />
    <Button onClick={onAgain}>{t('common.tryAgain')}</Button>
  </div>
);

/** While something is loaded for the first time. */
export const Loading = () => (
  <p class="loading" role="status">
    {t('common.loading')}
  </p>
);
