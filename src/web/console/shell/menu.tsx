import { useLocation } from 'preact-iso';
import icon from '../icon.svg';
import { t, type TextKey } from '../i18n.js';
import type { PageEntry } from '../pages.js';
import { chosenSite } from '../preferences.js';
import { session, signOut, site, sites } from '../session.js';
import { toastProblem } from '../ui/toasts.js';

const GROUPS: readonly (readonly [PageEntry['group'], TextKey])[] = [
  ['work', 'menu.work'],
  ['settings', 'menu.settings'],
  ['own', 'menu.own'],
];

/** Where one can go, of which site things are shown, and who is signed in. */
export function Menu({ pages }: { readonly pages: readonly PageEntry[] }) {
  const { path } = useLocation();
  return (
    <header class="menu">
      <a class="brand" href="/console/">
        <img src={icon} alt="" width="28" height="28" /> Vigie
      </a>
      <SiteChoice />
      <nav aria-label={t('menu.name')}>
        {GROUPS.map(([group, name]) => {
          const of = pages.filter((page) => page.group === group);
          return of.length === 0 ? null : (
            <section key={group}>
              <h2>{t(name)}</h2>
              <ul>
                {of.map(({ href, name, preload }) => (
                  <li key={href}>
                    <a
                      href={href}
                      aria-current={path === href || path.startsWith(`${href}/`) ? 'page' : undefined}
                      onPointerEnter={preload}
                    >
                      {t(name)}
                    </a>
                  </li>
                ))}
              </ul>
            </section>
          );
        })}
      </nav>
      <div class="menu-end">
        <span class="who" title={session.value?.staff.email}>
          {session.value?.staff.email}
        </span>
        <button type="button" class="link-button" onClick={() => void signOut().catch(toastProblem)}>
          {t('menu.signOut')}
        </button>
      </div>
    </header>
  );
}

function SiteChoice() {
  const all = sites.value;
  if (all.length < 2) return <p class="one-site">{all[0]?.name}</p>;
  return (
    <label class="site-choice">
      <span class="unseen">{t('menu.site')}</span>
      <select
        value={site.value?.slug ?? ''}
        onChange={({ currentTarget }) => {
          chosenSite.value = currentTarget.value === '' ? null : currentTarget.value;
        }}
      >
        <option value="">{t('menu.allSites')}</option>
        {all.map(({ slug, name }) => (
          <option key={slug} value={slug}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
