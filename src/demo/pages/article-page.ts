import type { Article } from '../articles/article.js';
import { IN_ARABIC } from '../articles/arabic.js';
import { nextUntouched, relatedStories, type Story } from '../articles.js';
import type { Visit } from './front-page.js';
import { html, type Html } from './html.js';
import { page } from './page.js';
import { photos } from './photos.js';
import { picture } from './picture.js';
import { published } from './published.js';
import { teaser } from './teaser.js';
import { type PageLanguage, WORDS } from './words.js';

/** How many other articles stand below one. */
const RELATED = 3;

/** An article in French. */
export function articlePage(story: Story, visit: Visit): string {
  const { title, alt, pagePath } = story.picture;
  const inArabic = story.slug === IN_ARABIC.slug;
  return page({
    ...visit,
    language: 'fr',
    title: `${title} · ${WORDS.fr.paper}`,
    path: pagePath,
    otherPath: IN_ARABIC.pagePath,
    nextPath: nextUntouched(story.slug).picture.pagePath,
    main: html`${body({ ...story, title, alt }, story, 'fr', visit.now)} ${photos(pagePath, 'fr')}
    ${inArabic ? html`<p class="also"><a href="${IN_ARABIC.pagePath}" lang="ar" dir="rtl" hreflang="ar">اقرؤوا هذا المقال بالعربية</a></p>` : null}
    ${related(story, 'fr', visit.now)}`,
  });
}

/** The one article in Arabic, of the same picture as its French one. */
export function arabicPage(story: Story, visit: Visit): string {
  return page({
    ...visit,
    language: 'ar',
    title: `${IN_ARABIC.title} · ${WORDS.ar.paper}`,
    path: IN_ARABIC.pagePath,
    otherPath: story.picture.pagePath,
    nextPath: nextUntouched(story.slug).picture.pagePath,
    main: html`${body(IN_ARABIC, story, 'ar', visit.now)} ${photos(IN_ARABIC.pagePath, 'ar')}
    ${related(story, 'ar', visit.now)}`,
  });
}

function body(
  article: Article & { readonly title: string; readonly alt: string },
  story: Story,
  language: PageLanguage,
  now: Date,
): Html {
  const words = WORDS[language];
  const { quotation } = article;
  return html`<article class="article">
    <header>
      <p class="section-name"><a href="/demo#${article.section}">${words.sections[article.section]}</a></p>
      <h1>${article.title}</h1>
      <p class="standfirst">${article.standfirst}</p>
      <p class="meta">
        <span class="source">${article.source}</span>
        <span>${words.by(article.author)}</span> ${published(article.minutesAgo, now, language)}
      </p>
    </header>
    <figure>
      ${picture(story.picture, article.alt, 'lead')}
      <figcaption>${article.alt}. <span class="credit">${words.picture}.</span></figcaption>
    </figure>
    <div class="text">
      ${article.paragraphs.map(
        (paragraph, index) =>
          html`${
              quotation?.before === index
                ? html`<figure class="quotation">
                    <blockquote><p>${quotation.words}</p></blockquote>
                    <figcaption>${quotation.by}</figcaption>
                  </figure> `
                : null
            }
            <p>${paragraph}</p> `,
      )}
    </div>
  </article>`;
}

const related = (story: Story, language: PageLanguage, now: Date): Html =>
  html`<section class="section" aria-labelledby="related">
    <h2 id="related">${WORDS[language].related}</h2>
    <div class="cards" ${language === 'fr' ? null : html` lang="fr" dir="ltr"`}>
      ${relatedStories(story, RELATED).map((other) => teaser(other, now))}
    </div>
  </section>`;
