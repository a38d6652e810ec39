import { ErrorBoundary, Route, Router, useLocation } from 'preact-iso';
import { useEffect } from 'preact/hooks';
import { type Command, useCommands } from '../commands.js';
import { t } from '../i18n.js';
import { PAGES, type PageEntry } from '../pages.js';
import { hasRole } from '../session.js';
import { Confirmation } from '../ui/confirm.js';
import { Toasts, undoLast } from '../ui/toasts.js';
import { Menu } from './menu.js';
import { NotFoundPage } from './not-found-page.js';

const opening =
  (route: (href: string) => void) =>
  (page: PageEntry): Command => ({
    id: `open ${page.href}`,
    name: page.name,
    group: 'shortcuts.pages',
    key: `g ${page.key}`,
    run: () => route(page.href),
  });

/** The console around its pages. */
export function Shell() {
  const { route, path } = useLocation();
  const pages = PAGES.filter(({ role }) => hasRole(role));
  const [home] = pages;
  const isHome = /^\/console\/?$/.test(path);
  useEffect(() => {
    if (isHome && home !== undefined) route(home.href, true);
  }, [isHome]);
  useCommands([
    ...pages.map(opening(route)),
    {
      id: 'undo',
      name: 'common.undo',
      group: 'shortcuts.everywhere',
      key: 'z',
      isOff: undoLast.value === null,
      run: () => undoLast.peek()?.(),
    },
  ]);
  return (
    <div class="shell">
      <a class="skip" href="#main">
        {t('shell.skip')}
      </a>
      <Menu pages={pages} />
      <div class="shell-page">
        <ErrorBoundary>
          <Router>
            {pages.map(({ path, component }) => (
              <Route key={path} path={path} component={component} />
            ))}
            <Route default component={isHome ? Nothing : NotFoundPage} />
          </Router>
        </ErrorBoundary>
      </div>
      <Toasts />
      <Confirmation />
    </div>
  );
}

const Nothing = () => null;
