import { ErrorBoundary, Route, Router, useLocation } from 'preact-iso';
import { useEffect } from 'preact/hooks';
import { type Command, useCommands } from '../commands.js';
import { t } from '../i18n.js';
import { PAGES, type PageEntry } from '../pages.js';
import { chosenSite, theme } from '../preferences.js';
import { hasRole, session, signOut, site, sites } from '../session.js';
import { mayLeave } from '../unsaved.js';
import { Confirmation } from '../ui/confirm.js';
import { toastProblem, Toasts, undoLast } from '../ui/toasts.js';
import { afterNavigation, useScrollPositions } from './after-navigation.js';
import { DefectBoundary } from './defect.js';
import { useKeptFocus } from './keep-focus.js';
import { Menu } from './menu.js';
import { NotFoundPage } from './not-found-page.js';
import { Overlays } from './overlays.js';
import { WithoutSitePage } from './without-site-page.js';

/** When pages are loaded that nobody has opened, in milliseconds: the first has come by then, and they open without the network. */
const LOAD_AHEAD = 2_000;

/** The console around its pages. */
export function Shell() {
  const { route, path } = useLocation();
  const pages = PAGES.filter(({ role }) => role === undefined || hasRole(role));
  const isWithoutSite = pages.every(({ role }) => role === undefined);
  // An admin of nothing has nothing to review: the first site comes first.
  const isFirst = session.value?.admin === true && sites.value.length === 0;
  const first = isWithoutSite ? undefined : pages[0];
  const home = (isFirst ? pages.find(({ href }) => href === '/console/sites') : undefined) ?? first;
  const isHome = /^\/console\/?$/.test(path);
  useEffect(() => {
    if (isHome && home !== undefined) route(home.href, true);
  }, [isHome, isWithoutSite]);
  useScrollPositions();
  useKeptFocus();
  useEffect(sendWhatIsLeft, []);
  useEffect(() => {
    const timer = setTimeout(() => pages.forEach(({ preload }) => preload()), LOAD_AHEAD);
    return () => clearTimeout(timer);
  }, []);
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
    ...siteCommands(),
    ...themeCommands(),
    {
      id: 'sign-out',
      name: 'menu.signOut',
      group: 'menu.own',
      run: () => void signOut().catch(toastProblem),
    },
  ]);
  return (
    <div class="shell">
      <a class="skip" href="#main">
        {t('shell.skip')}
      </a>
      <Menu pages={pages} />
      <div class="shell-page">
        <DefectBoundary path={path}>
          <ErrorBoundary>
            <Router onRouteChange={afterNavigation}>
              {pages.map(({ path, component }) => (
                <Route key={path} path={path} component={component} />
              ))}
              <Route default component={isWithoutSite ? WithoutSitePage : isHome ? Nothing : NotFoundPage} />
            </Router>
          </ErrorBoundary>
        </DefectBoundary>
      </div>
      <Overlays />
      <Confirmation />
      <Toasts />
    </div>
  );
}

const Nothing = () => null;

/** Decisions that the page before this one had not sent are sent, whichever page is opened first. */
function sendWhatIsLeft(): void {
  const staffId = session.peek()?.staff.id ?? '';
  try {
    if (sessionStorage.getItem(`vigie-console:sending:${staffId}`) === null) return;
  } catch {
    return;
  }
  import('../review/workplace.js').then(
    ({ workplaceOf }) => workplaceOf(staffId),
    // They are sent when the review page is opened.
    () => undefined,
  );
}

const opening =
  (route: (href: string) => void) =>
  (page: PageEntry): Command => ({
    id: `open ${page.href}`,
    name: page.name,
    group: 'shortcuts.pages',
    key: `g ${page.key}`,
    run: () => {
      void mayLeave().then((yes) => yes && route(page.href));
    },
  });

/** Of which site things are shown, for who has several. */
function siteCommands(): Command[] {
  if (sites.value.length < 2) return [];
  const command = (slug: string | null, more: Pick<Command, 'name' | 'values'>): Command => ({
    id: `site ${slug ?? ''}`,
    ...more,
    group: 'menu.site',
    isOff: (site.value?.slug ?? null) === slug,
    run: () => {
      chosenSite.value = slug;
    },
  });
  return [
    command(null, { name: 'menu.allSites' }),
    ...sites.value.map(({ slug, name }) => command(slug, { name: 'palette.site', values: { name } })),
  ];
}

const themeCommands = (): Command[] =>
  (['light', 'dark', 'system'] as const).map((which) => ({
    id: `theme ${which}`,
    name: `theme.${which}`,
    group: 'theme.title',
    isOff: theme.value === which,
    run: () => {
      theme.value = which;
    },
  }));
