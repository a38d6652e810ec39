import type { InjectionToken, Provider } from '@nestjs/common';
import { Doorbell } from './listen.js';

/** What follows the database until it is told to stop. */
interface Follower {
  run(doorbell: Doorbell): void;
  stop(): Promise<void>;
}

/** Has a provider of the module follow from when all rooms are up until the process stops. */
export const keepFollowing = (follower: InjectionToken<Follower>): Provider => ({
  provide: Symbol('KEEP_FOLLOWING'),
  inject: [follower, Doorbell],
  useFactory: (following: Follower, doorbell: Doorbell) => ({
    onApplicationBootstrap: () => following.run(doorbell),
    beforeApplicationShutdown: () => following.stop(),
  }),
});
