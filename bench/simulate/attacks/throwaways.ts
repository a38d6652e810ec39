import type { Reporter } from '../reporter.js';
import type { Attack } from '../world.js';
import { freshDevice } from './people.js';
import { attackPictures, type Pace } from './targets.js';

export interface Throwaways {
  readonly networks: number;
  readonly pace: Pace;
  readonly targets: number;
  /** For how many pictures a device is used. */
  readonly uses: number;
}

/** One clean device for each network; after a dismissal, and after so many uses, all are thrown away for new ones. */
export const throwaways =
  (plan: Throwaways): Attack =>
  (world, chance) => {
    let made = 0;
    let used = 0;
    let devices: readonly Reporter[] = [];
    const renew = (): void => {
      made += 1;
      used = 0;
      devices = Array.from({ length: plan.networks }, (_, network) =>
        freshDevice(`thrown away ${made}`, network, world.timeline.now),
      );
    };
    world.onDecision((picture, { reports }) => {
      if (world.outcomeOf(picture).isAttacked && reports === 'invalid') renew();
    });
    attackPictures(world, chance, plan, ({ picture, from, delay }) => {
      if (devices.length === 0 || used >= plan.uses) renew();
      used += 1;
      for (const device of devices) world.planReport(from + delay(), picture, device);
    });
  };
