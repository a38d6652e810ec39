import { IN_ARABIC } from '../articles/arabic.js';
import { html } from './html.js';
import { page } from './page.js';
import { type PageLanguage, WORDS } from './words.js';

const SAID = {
  fr: {
    title: 'Page introuvable',
    sentence: 'Il n’y a pas de page à cette adresse.',
    back: 'Retour à la une',
    backPath: '/demo',
  },
  ar: {
    title: 'الصفحة غير موجودة',
    sentence: 'لا توجد صفحة بهذا العنوان.',
    back: 'اقرؤوا المقال المنشور بالعربية',
    backPath: IN_ARABIC.pagePath,
  },
} as const;

/** In the place of a page that is not there. Without the widget: there is nothing to report. */
export function missingPage(language: PageLanguage, now: Date): string {
  const { title, sentence, back, backPath } = SAID[language];
  return page({
    language,
    title: `${title} · ${WORDS[language].paper}`,
    path: '',
    otherPath: language === 'fr' ? IN_ARABIC.pagePath : '/demo',
    now,
    site: null,
    widgetLanguage: null,
    notice: null,
    nextPath: '',
    main: html`<article class="article">
      <header>
        <h1>${title}</h1>
        <p class="standfirst">${sentence}</p>
        <p><a href="${backPath}">${back}</a></p>
      </header>
    </article>`,
  });
}
