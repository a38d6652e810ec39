import type { Chance } from '../chance.js';
import { DAY, MINUTE, type Reporter } from '../reporter.js';
import { ATTACK_FROM } from './targets.js';

/** How many they are, and from where. */
export interface Group {
  readonly accounts: number;
  readonly networks: number;
  /** Accounts that the site vouches for, months old; else they are some days old, and capped. */
  readonly verified: boolean;
}

/** The accounts of a group. */
export const membersOf = (
  name: string,
  { accounts, networks, verified }: Group,
  chance: Chance,
): readonly Reporter[] =>
  Array.from({ length: accounts }, (_, number) => ({
    id: `${name} ${number}`,
    kind: 'account' as const,
    verified,
    knownSince: ATTACK_FROM - (verified ? chance.between(20, 200) : chance.between(1, 4)) * DAY,
    ...networkOf(number % networks),
    trustLevel: verified ? 2 : 1,
  }));

/** A device that was made a minute ago. */
export const freshDevice = (name: string, network: number, now: number): Reporter => ({
  id: `${name} ${network}`,
  kind: 'device',
  verified: false,
  knownSince: now - MINUTE,
  ...networkOf(network),
  trustLevel: 0,
});

/** The worst for a cap: no two of their networks are of one provider. */
const networkOf = (number: number) => ({ narrow: `theirs ${number}`, wide: `theirs ${number}` });
