import { A_DAY } from './a-day-of-reports.js';
import type { Article } from './articles/article.js';
import { CULTURE_AND_YOUTH } from './articles/culture-and-youth.js';
import { ECONOMY } from './articles/economy.js';
import { ENVIRONMENT } from './articles/environment.js';
import { LOCAL } from './articles/local.js';
import { SOCIETY } from './articles/society.js';
import { typeset } from './pages/typeset.js';
import { type DemoPicture, PICTURES } from './pictures.js';

/** An article with the picture that it is shown with. */
export interface Story extends Article {
  readonly picture: DemoPicture;
}

/** All invented articles, the latest first. */
export const STORIES: readonly Story[] = [
  ...LOCAL,
  ...SOCIETY,
  ...ECONOMY,
  ...ENVIRONMENT,
  ...CULTURE_AND_YOUTH,
]
  .map((article) => {
    const picture = PICTURES.find(({ slug }) => slug === article.slug);
    if (picture === undefined) throw new Error(`there is no picture for the article ${article.slug}`);
    return {
      ...article,
      standfirst: typeset(article.standfirst),
      paragraphs: article.paragraphs.map(typeset),
      picture: { ...picture, title: typeset(picture.title), alt: typeset(picture.alt) },
    };
  })
  .sort((one, other) => one.minutesAgo - other.minutesAgo);

/** The articles to read next: of the same section, then the latest of the others. */
export function relatedStories(story: Story, count: number): readonly Story[] {
  const others = STORIES.filter(({ slug }) => slug !== story.slug);
  const [same, rest] = [true, false].map((wanted) =>
    others.filter(({ section }) => (section === story.section) === wanted),
  );
  return [...(same ?? []), ...(rest ?? [])].slice(0, count);
}

/** The next article whose picture is in nobody's report of the made-up day. */
export function nextUntouched(slug: string): Story {
  const at = STORIES.findIndex((story) => story.slug === slug);
  const inTurn = [...STORIES.slice(at + 1), ...STORIES.slice(0, at)];
  const untouched = inTurn.find((story) => !A_DAY.some((reported) => reported.slug === story.slug));
  if (untouched === undefined) throw new Error('every picture of the demonstration is reported');
  return untouched;
}
