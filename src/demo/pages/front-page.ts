import { SECTIONS, type Section } from '../articles/article.js';
import { IN_ARABIC } from '../articles/arabic.js';
import { nextUntouched, type Story, STORIES } from '../articles.js';
import { html, type Html } from './html.js';
import { type Frame, page } from './page.js';
import { picture } from './picture.js';
import { meta, teaser } from './teaser.js';
import { WORDS } from './words.js';

/** What a visit brings to a page. */
export type Visit = Pick<Frame, 'now' | 'site' | 'widgetLanguage' | 'notice'>;

const words = WORDS.fr;

/** The article at the top: its picture is in nobody's report, so that a visitor's five readers block it. */
const LEAD = 'front-de-mer';

/** How many of the latest stand beside it. */
const LATEST = 5;

/** The front page, in French. */
export function frontPage(visit: Visit): string {
  const lead = STORIES.filter(({ slug }) => slug === LEAD);
  const others = STORIES.filter(({ slug }) => slug !== LEAD);
  const latest = others.slice(0, LATEST);
  const rest = others.slice(LATEST);
  const main = html`<h1 class="hidden">${words.paper}</h1>
    <div class="top">
      ${lead.map((story) => leadStory(story, visit.now))}
      <section class="latest" aria-labelledby="latest">
        <h2 id="latest">${words.latest}</h2>
        ${latest.map((story) => teaser(story, visit.now))}
      </section>
    </div>
    ${SECTIONS.map((section) =>
      sectionOf(
        section,
        rest.filter((story) => story.section === section),
        visit.now,
      ),
    )}`;
  return page({
    ...visit,
    language: 'fr',
    title: words.paper,
    path: '/demo',
    otherPath: IN_ARABIC.pagePath,
    nextPath: nextUntouched(LEAD).picture.pagePath,
    main,
  });
}

const sectionOf = (section: Section, stories: readonly Story[], now: Date): Html =>
  html`<section class="section" id="${section}" aria-labelledby="${section}-title">
    <h2 id="${section}-title">${words.sections[section]}</h2>
    <div class="cards">${stories.map((story) => teaser(story, now))}</div>
  </section> `;

const leadStory = (story: Story, now: Date): Html =>
  html`<article class="lead">
    ${picture(story.picture, story.picture.alt, 'lead')}
    <h2><a href="${story.picture.pagePath}">${story.picture.title}</a></h2>
    <p class="standfirst">${story.standfirst}</p>
    ${meta(story, now)}
  </article>`;
