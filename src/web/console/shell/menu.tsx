import { useLocation } from 'preact-iso';
import { useEffect, useRef, useState } from 'preact/hooks';
import icon from '../icon.svg';
import { t, type TextKey } from '../i18n.js';
import type { PageEntry } from '../pages.js';
import { chosenSite } from '../preferences.js';
import { site, sites } from '../session.js';
import { Icon, type IconName, isIcon } from '../ui/icon.js';
import { Keys } from '../ui/keys.js';
import { openPalette, openSheet } from './overlays.js';
import { WhoIsIn } from './who-is-in.js';

const GROUPS: readonly (readonly [PageEntry['group'], TextKey])[] = [
  ['work', 'menu.work'],
  ['settings', 'menu.settings'],
  ['own', 'menu.own'],
];

const iconOf = (href: string): IconName => {
  const name = href.split('/')[2] ?? '';
  return isIcon(name) ? name : 'dot';
};

/** Where one can go, of which site things are shown, and who is signed in. On telephones a bar that opens it. */
export function Menu({ pages }: { readonly pages: readonly PageEntry[] }) {
  const { path, url } = useLocation();
  const [isOpen, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  useEffect(() => setOpen(false), [url]);
  return (
    <header
      class={isOpen ? 'menu open' : 'menu'}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isOpen) return;
        setOpen(false);
        opener.current?.focus();
      }}
    >
      <div class="menu-bar">
        <button
          ref={opener}
          type="button"
          class="button quiet menu-opener"
          aria-expanded={isOpen}
          aria-controls="menu-body"
          onClick={() => setOpen(!isOpen)}
        >
          <Icon name="menu" />
          <span>{t('menu.name')}</span>
        </button>
        <a class="brand" href="/console/">
          <img src={icon} alt="" width="26" height="26" /> Vigie
        </a>
        <button
          type="button"
          class="button palette-opener"
          aria-keyshortcuts="Control+K"
          onClick={openPalette}
        >
          <Icon name="search" />
          <span>{t('palette.short')}</span>
          <span class="palette-keys" aria-hidden="true">
            <Keys of="Ctrl+K" />
          </span>
        </button>
      </div>
      <div class="menu-body" id="menu-body">
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
                        onFocus={preload}
                      >
                        <Icon name={iconOf(href)} />
                        <span>{t(name)}</span>
                      </a>
                    </li>
                  ))}
                </ul>
              </section>
            );
          })}
        </nav>
        <div class="menu-end">
          <button type="button" class="menu-line" aria-keyshortcuts="?" onClick={openSheet}>
            <Icon name="keyboard" />
            <span>{t('shortcuts.short')}</span>
            <kbd aria-hidden="true">?</kbd>
          </button>
          <WhoIsIn />
        </div>
      </div>
    </header>
  );
}

function SiteChoice() {
  const all = sites.value;
  if (all.length < 2) return all[0] === undefined ? null : <p class="one-site">{all[0].name}</p>;
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
