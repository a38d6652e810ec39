import { SECTIONS } from '../articles/article.js';
import { IN_ARABIC } from '../articles/arabic.js';
import type { Locale } from '../../core/reasons.js';
import { ONE_PHOTO, photosOf } from '../one-photo.js';
import type { ShownRule } from '../../web/demo/shown-rule.js';
import { html, type Html } from './html.js';
import { type PageLanguage, WORDS } from './words.js';

/** What every page shows, whatever it is about. */
export interface Frame {
  readonly language: PageLanguage;
  readonly title: string;
  /** Of this page, from the site's root. */
  readonly path: string;
  /** Of the same page in the other language, or of a page in it. */
  readonly otherPath: string;
  readonly now: Date;
  /** With what the widget and the panel are put in; null where there is nothing to put in, and the notice says why. */
  readonly site: { readonly publishableKey: string; readonly rule: ShownRule } | null;
  /** Which the widget is to speak; null: that of the page. */
  readonly widgetLanguage: Locale | null;
  /** What the visitor must know before anything else works. */
  readonly notice: Html | null;
  readonly main: Html;
  /** Of an article whose picture nobody has reported, from the site's root. */
  readonly nextPath: string;
}

/** A whole document. */
export function page({
  language,
  title,
  path,
  otherPath,
  now,
  site,
  widgetLanguage,
  nextPath,
  notice,
  main,
}: Frame): string {
  const words = WORDS[language];
  const other = language === 'fr' ? 'ar' : 'fr';
  const home = path === '/demo';
  const document = html`<!doctype html>
    <html lang="${language}" dir="${words.direction}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <link rel="icon" href="/demo/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/demo/demo.css" />
        ${site === null ? null : widget(site.publishableKey, widgetLanguage)}
        ${site === null ? null : panel(site, widgetLanguage, nextPath, photosOf(path).length > 0)}
      </head>
      <body>
        <a class="skip" href="#content">${words.skip}</a>
        <header class="masthead">
          <div class="masthead-line">
            <p class="date">
              <time datetime="${now.toISOString().slice(0, 10)}">${dateOf(now, language)}</time>
            </p>
            <a class="language" href="${otherPath}" lang="${other}" hreflang="${other}"
              >${LANGUAGE_LINK[language]}</a
            >
          </div>
          <p class="paper">
            <a href="/demo" ${home ? html` aria-current="page"` : null}
              >${lighthouse}<span>${words.paper}</span></a
            >
          </p>
          <p class="tagline">${words.tagline}</p>
          <nav aria-label="${words.sectionsLabel}">
            <ul>
              ${SECTIONS.map(
                (section) => html`<li><a href="/demo#${section}">${words.sections[section]}</a></li>`,
              )}
            </ul>
          </nav>
        </header>
        ${notice === null ? null : html`<aside class="notice" role="note">${notice}</aside>`}
        <main id="content" tabindex="-1">${main}</main>
        <footer>
          <p class="paper" aria-hidden="true">${lighthouse}<span>${words.paper}</span></p>
          <p>${words.about}</p>
          <nav aria-label="${words.languages}">
            <ul>
              <li><a href="/demo" lang="fr" hreflang="fr">Français</a></li>
              <li><a href="${IN_ARABIC.pagePath}" lang="ar" hreflang="ar">العربية</a></li>
              <li><a href="/docs">${words.publishing}</a></li>
            </ul>
          </nav>
        </footer>
      </body>
    </html> `;
  return document.text;
}

/** The widget by its one line, as any site has it. */
function widget(key: string, language: Locale | null): Html {
  const spoken = language === null ? null : html` data-lang="${language}"`;
  // prettier-ignore
  return html`<script src="/widget.js" data-key="${key}"${spoken} async></script>`;
}

/** The panel by which one is another reader. */
const panel = (
  { publishableKey, rule }: NonNullable<Frame['site']>,
  language: Locale | null,
  nextPath: string,
  showsPhoto: boolean,
): Html =>
  html`<script
    src="/demo/demo.js"
    data-key="${publishableKey}"
    data-rule="${JSON.stringify(rule)}"
    data-language="${language ?? ''}"
    data-next="${nextPath}"
    ${showsPhoto ? html`data-photo="${JSON.stringify(ONE_PHOTO)}"` : null}
    defer
  ></script>`;

/** In the language to which it leads. */
const LANGUAGE_LINK = { fr: 'العربية', ar: 'Français' } as const;

const lighthouse = html`<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
  <path
    d="M9.4 9h5.2l1.6 12H7.8zM8.6 9h6.8M10 9V5.6h4V9M9.4 5.6 12 3l2.6 2.6zM6 21h12M8.9 13h6.2M8.4 17h7.2"
    fill="none"
    stroke="currentColor"
    stroke-width="1.5"
    stroke-linejoin="round"
    stroke-linecap="round"
  />
  <path class="beam" d="M16.5 6.2 23 4.4v5.2l-6.5-1.8zM7.5 6.2 1 4.4v5.2l6.5-1.8z" />
</svg>`;

const dateOf = (now: Date, language: PageLanguage): string =>
  new Intl.DateTimeFormat(language === 'ar' ? 'ar-MA' : 'fr-FR', {
    dateStyle: 'full',
    timeZone: 'Africa/Casablanca',
  }).format(now);
