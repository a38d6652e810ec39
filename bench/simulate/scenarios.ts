import { brigade, sleepers } from './attacks/brigade.js';
import { friends } from './attacks/friends.js';
import { throwaways } from './attacks/throwaways.js';
import type { Attack } from './world.js';

export interface Scenario {
  readonly name: string;
  readonly attack: Attack;
  readonly perPage: number;
  /** What is of interest: what happens to the clean pictures that are attacked, or to the bad ones. */
  readonly about: 'attacked' | 'bad';
}

const LARGE = { accounts: 50, networks: 10, verified: false, targets: 40 } as const;
const SMALL = { ...LARGE, accounts: 10, networks: 5 } as const;
const VERIFIED = { ...LARGE, verified: true } as const;
const SLEEPERS = { ...VERIFIED, accounts: 20 } as const;
const DEVICES = { networks: 5, targets: 120 } as const;
const JUNK = { devices: 20, networks: 10 } as const;

const attack = (name: string, does: Attack): Scenario => ({
  name,
  attack: does,
  perPage: 1,
  about: 'attacked',
});

/** What the rules are put to, in the order of the tables. */
export const SCENARIOS: readonly Scenario[] = [
  { name: 'nobody attacks', attack: () => undefined, perPage: 1, about: 'bad' },
  { name: 'nobody attacks; five pictures a page', attack: () => undefined, perPage: 5, about: 'bad' },
  {
    name: 'friends: 20 devices, the same words',
    attack: friends({ ...JUNK, words: 'Remettez cette image !' }),
    perPage: 1,
    about: 'bad',
  },
  {
    name: 'friends: 20 devices, no words',
    attack: friends({ ...JUNK, words: null }),
    perPage: 1,
    about: 'bad',
  },
  attack('10 accounts, 5 networks, hasty', brigade({ ...SMALL, pace: 'hasty' })),
  attack('10 accounts, 5 networks, patient', brigade({ ...SMALL, pace: 'patient' })),
  attack('50 accounts, 10 networks, hasty', brigade({ ...LARGE, pace: 'hasty' })),
  attack('50 accounts, 10 networks, at once', brigade({ ...LARGE, pace: 'at once' })),
  attack('50 accounts, 10 networks, patient', brigade({ ...LARGE, pace: 'patient' })),
  attack('50 accounts, 10 networks, in one night', brigade({ ...LARGE, pace: 'by night' })),
  attack('50 verified accounts, hasty', brigade({ ...VERIFIED, pace: 'hasty' })),
  attack('50 verified accounts, patient', brigade({ ...VERIFIED, pace: 'patient' })),
  attack('20 verified sleepers, hasty', sleepers({ ...SLEEPERS, pace: 'hasty' })),
  attack('20 verified sleepers, patient', sleepers({ ...SLEEPERS, pace: 'patient' })),
  attack(
    '5 devices, thrown away after 5 pictures, 120 in an hour',
    throwaways({ ...DEVICES, pace: 'rapid', uses: 5 }),
  ),
  attack(
    '5 new devices for each picture, 120 in an hour',
    throwaways({ ...DEVICES, pace: 'rapid', uses: 1 }),
  ),
  attack(
    '5 devices, thrown away after 5 pictures, patient',
    throwaways({ ...DEVICES, targets: 40, pace: 'patient', uses: 5 }),
  ),
];
