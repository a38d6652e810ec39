import type { Chance } from '../chance.js';
import { DAY, HOUR, MINUTE } from '../reporter.js';
import type { World } from '../world.js';

/** Attacks begin once the site has got to know itself, and last for a week at most. */
export const ATTACK_FROM = 10 * DAY;

/**
 * How they go about it. `hasty`: one call after the other, every three minutes, which most follow within minutes. `at once`: a
 * list, which everybody goes through in an order of their own. `patient`: six pictures a day, each over a day. `by night`: while
 * no moderator is there. `rapid`: a script, two pictures a minute.
 */
export type Pace = 'hasty' | 'at once' | 'patient' | 'by night' | 'rapid';

/** One picture that is attacked. */
export interface Target {
  readonly picture: number;
  readonly from: number;
  /** When a report comes: how long after the beginning, in ms. */
  readonly delay: () => number;
}

/** When each target is begun with after the beginning of the attack, and how long its reports take to come. */
const PACES: Record<
  Pace,
  (place: number, of: number, chance: Chance) => { start: number; delay: () => number }
> = {
  hasty: (place, _, chance) => ({
    start: 14 * HOUR + place * 3 * MINUTE,
    delay: () => chance.wait(4 * MINUTE),
  }),
  'at once': (_, of, chance) => ({ start: 14 * HOUR, delay: () => chance.between(0, of * MINUTE) }),
  patient: (place, of, chance) => ({ start: (place * 7 * DAY) / of, delay: () => chance.between(0, DAY) }),
  'by night': (place, of, chance) => ({
    start: 22 * HOUR + (place * 4 * HOUR) / of,
    delay: () => chance.between(0, 6 * HOUR),
  }),
  rapid: (place, _, chance) => ({
    start: 14 * HOUR + (place * MINUTE) / 2,
    delay: () => chance.between(0, MINUTE / 3),
  }),
};

/** Calls `begin` with each target, when it is begun with: a clean picture of the last day that can be seen. */
export function attackPictures(
  world: World,
  chance: Chance,
  { pace, targets }: { readonly pace: Pace; readonly targets: number },
  begin: (target: Target) => void,
): void {
  for (let place = 0; place < targets; place += 1) {
    const { start, delay } = PACES[pace](place, targets, chance);
    const from = ATTACK_FROM + start;
    world.timeline.plan(from, () => {
      const clean = world.pictures.filter(
        (picture) => picture.kind === 'clean' && isTarget(world, picture, from),
      );
      const target = clean[chance.below(clean.length)];
      if (target === undefined) return;
      world.outcomeOf(target.id).isAttacked = true;
      begin({ picture: target.id, from, delay });
    });
  }
}

const isTarget = (
  world: World,
  { id, publishedAt }: { id: number; publishedAt: number },
  now: number,
): boolean =>
  publishedAt <= now && publishedAt > now - DAY && !world.outcomeOf(id).isAttacked && !world.isHidden(id);
