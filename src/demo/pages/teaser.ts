import type { Story } from '../articles.js';
import { html, type Html } from './html.js';
import { picture } from './picture.js';
import { published } from './published.js';

/** A story in short, under its picture. */
export const teaser = (story: Story, now: Date): Html =>
  html`<article class="card">
    ${picture(story.picture, story.picture.alt, 'later')}
    <h3><a href="${story.picture.pagePath}">${story.picture.title}</a></h3>
    <p class="standfirst">${story.standfirst}</p>
    ${meta(story, now)}
  </article> `;

/** Where it was published, and when. */
export const meta = ({ source, minutesAgo }: Story, now: Date): Html =>
  html`<p class="meta"><span class="source">${source}</span> ${published(minutesAgo, now, 'fr')}</p>`;
