import { photosOf } from '../one-photo.js';
import { HEIGHT, WIDTH } from '../pictures/paint.js';
import { html, type Html } from './html.js';
import { typeset } from './typeset.js';
import type { PageLanguage } from './words.js';

const SAID: Readonly<Record<PageLanguage, { heading: string; alt: string; caption: string }>> = {
  fr: {
    heading: 'En images',
    alt: 'Une allée de souk au crépuscule, entre des tapis, des lampes et des sacs d’épices',
    caption: typeset('Le souk du samedi : une photo d’agence, la même dans trois articles.'),
  },
  ar: {
    heading: 'بالصور',
    alt: 'ممر في السوق عند الغروب، بين الزرابي والمصابيح وأكياس التوابل',
    caption: 'سوق السبت: صورة من وكالة، هي نفسها في ثلاث مقالات.',
  },
};

/** The one photo of many addresses, where an article shows it; null where not. */
export function photos(article: string, language: PageLanguage): Html | null {
  const paths = photosOf(article);
  if (paths.length === 0) return null;
  const { heading, alt, caption } = SAID[language];
  return html`<section class="section" aria-labelledby="photos">
    <h2 id="photos">${heading}</h2>
    <p class="standfirst">${caption}</p>
    <div class="photos">
      ${paths.map(
        (path) =>
          html`<figure>
            <img src="${path}" width="${WIDTH}" height="${HEIGHT}" alt="${alt}" data-vigie loading="lazy" />
            <figcaption dir="ltr">${path}</figcaption>
          </figure> `,
      )}
    </div>
  </section>`;
}
