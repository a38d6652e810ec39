import type { Chance } from './chance.js';
import { DAY, HOUR } from './reporter.js';

export const SIZES = ['small', 'middling', 'viral'] as const;
export type Size = (typeof SIZES)[number];

/** What a site publishes. `touchy`: clean, and such that more people take offence. */
export interface Picture {
  readonly id: number;
  readonly size: Size;
  readonly kind: 'bad' | 'clean' | 'touchy';
  readonly publishedAt: number;
  /** Pictures of one page have the same. */
  readonly page: number;
}

/** Views in the first hour of a story by day, after how long there are half as many, and of how many stories one is such. */
const STORIES: Record<Size, { readonly perHour: number; readonly halfLife: number; readonly share: number }> =
  {
    small: { perHour: 200, halfLife: 6 * HOUR, share: 0.7 },
    middling: { perHour: 3_000, halfLife: 8 * HOUR, share: 0.25 },
    viral: { perHour: 60_000, halfLife: 10 * HOUR, share: 0.05 },
  };

/** Which share of the viewers report: three in a thousand a bad one; by mistake one in 100,000 a clean one, or in 10,000. */
const REPORTING: Record<Picture['kind'], number> = { bad: 0.003, clean: 0.00001, touchy: 0.0001 };

const PER_DAY = 200;
const BAD_SHARE = 0.08;
const TOUCHY_SHARE = 0.04;
/** Whoever would report after so many others changes no figure. */
const MOST_REPORTS = 400;
/** How many read at each hour of the day, against the most. */
const READERS_BY_HOUR = [
  0.3, 0.2, 0.15, 0.12, 0.12, 0.2, 0.4, 0.7, 0.9, 1, 1, 1, 1, 1, 0.9, 0.9, 0.9, 1, 1, 1, 1, 0.9, 0.7, 0.5,
];

/** The pictures that a site publishes, by time. All pictures of a page are of one kind. */
export function publishedIn(days: number, perPage: number, chance: Chance): readonly Picture[] {
  return Array.from({ length: Math.round((PER_DAY * days) / perPage) }, () => chance.between(0, days * DAY))
    .sort((a, b) => a - b)
    .flatMap((publishedAt, page) => {
      const story = { size: sizeOf(chance.next()), kind: kindOf(chance), publishedAt, page };
      return Array.from({ length: perPage }, () => story);
    })
    .map((picture, id) => ({ ...picture, id }));
}

const sizeOf = (drawn: number): Size =>
  drawn < STORIES.viral.share
    ? 'viral'
    : drawn < STORIES.viral.share + STORIES.middling.share
      ? 'middling'
      : 'small';

const kindOf = (chance: Chance): Picture['kind'] =>
  chance.is(BAD_SHARE) ? 'bad' : chance.is(TOUCHY_SHARE) ? 'touchy' : 'clean';

/** When honest readers report a picture, for as long as it can be seen. */
export function honestTimes({ size, kind, publishedAt }: Picture, chance: Chance): readonly number[] {
  const { perHour, halfLife } = STORIES[size];
  const decay = halfLife / Math.LN2;
  const expected = ((perHour * decay) / HOUR) * REPORTING[kind];
  return Array.from({ length: chance.count(expected) }, () => publishedAt + chance.wait(decay))
    .filter((at) => chance.is(READERS_BY_HOUR[Math.floor((at % DAY) / HOUR)] ?? 1))
    .sort((a, b) => a - b)
    .slice(0, MOST_REPORTS);
}
