import type { Chance } from './chance.js';
import type { Decision } from './contender.js';
import type { Picture } from './pictures.js';
import { DAY, HOUR, MINUTE } from './reporter.js';

/** They look at the queue every half hour of their day, and have time for so many pictures. */
const FROM = 9 * HOUR;
const UNTIL = 21 * HOUR;
const EVERY = HOUR;
export const PICTURES_PER_LOOK = 5;
/** Time for one of them. */
export const LOOKING = 2 * MINUTE;
const RIGHT_SHARE = 0.97;
/** Of what they keep, how often they hold nothing against those who reported it: most often where they understand them. */
const IGNORE_SHARE: Record<Picture['kind'], number> = { bad: 0.1, clean: 0.1, touchy: 0.6 };

/** When moderators look at the queue. */
export function looks(days: number): readonly number[] {
  const ofDay = Array.from({ length: (UNTIL - FROM) / EVERY }, (_, number) => FROM + number * EVERY);
  return Array.from({ length: days }, (_, day) => ofDay.map((at) => day * DAY + at)).flat();
}

/** What they say of it. Nobody errs twice in the same way because another rule is looked at: chance is the picture's. */
export function decisionOn({ kind }: Picture, chance: Chance): Decision {
  const isRight = chance.is(RIGHT_SHARE);
  const action = (kind === 'bad') === isRight ? 'block' : 'keep';
  if (action === 'block') return { action, reports: 'valid' };
  return { action, reports: chance.is(IGNORE_SHARE[kind]) ? 'ignore' : 'invalid' };
}
