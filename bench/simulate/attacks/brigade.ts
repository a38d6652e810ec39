import type { Chance } from '../chance.js';
import { DAY, HOUR, type Reporter } from '../reporter.js';
import type { Attack, World } from '../world.js';
import { type Group, membersOf } from './people.js';
import { ATTACK_FROM, attackPictures, type Pace } from './targets.js';

export interface Brigade extends Group {
  readonly pace: Pace;
  readonly targets: number;
}

/** Seven in ten follow a call. */
const FOLLOW_SHARE = 0.7;
/** Which share of the really bad pictures a sleeper reports: some ten in as many days. */
const SLEEPERS_SHARE = 0.06;

/** People who agreed on pictures to have hidden, each with an account. */
export const brigade =
  (plan: Brigade): Attack =>
  (world, chance) =>
    attackWith(membersOf('member', plan, chance), world, chance, plan);

/** The same, who first earn weight: each reports what is really bad, and only then they attack together. */
export const sleepers =
  (plan: Brigade): Attack =>
  (world, chance) => {
    const people = membersOf('sleeper', plan, chance);
    for (const { id, kind, publishedAt } of world.pictures) {
      if (kind !== 'bad' || publishedAt > ATTACK_FROM - DAY) continue;
      for (const member of people) {
        if (chance.is(SLEEPERS_SHARE)) world.planReport(publishedAt + chance.wait(3 * HOUR), id, member);
      }
    }
    attackWith(people, world, chance, plan);
  };

function attackWith(people: readonly Reporter[], world: World, chance: Chance, plan: Brigade): void {
  attackPictures(world, chance, plan, ({ picture, from, delay }) => {
    for (const member of people) {
      if (chance.is(FOLLOW_SHARE)) world.planReport(from + delay(), picture, member);
    }
  });
}
