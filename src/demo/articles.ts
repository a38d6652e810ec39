import type { Article } from './articles/article.js';
import { CULTURE_AND_SPORT } from './articles/culture-and-sport.js';
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
  ...CULTURE_AND_SPORT,
]
  .map((article) => {
    const picture = PICTURES.find(({ slug }) => slug === article.slug);
    if (picture === undefined) throw new Error(`there is no picture for the article ${article.slug}`);
    return {
      ...article,
      standfirst: typeset(article.standfirst),
      paragraphs: article.paragraphs.map(typeset),
      picture: { ...picture, title: typeset(picture.title) },
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
