import type { Limit, LimitSettings } from '../../config/load-config.js';
import type { Caller } from '../caller.js';
import { LimitCounter, type SharedCounts, type Whose } from './limit-counter.js';
import { policyField } from './rate-limit-fields.js';

/** Requests that are limited apart from others. */
export type LimitedGroup = 'reports' | 'devices' | 'states' | 'rest';

/** Limits that hold together. */
export interface LimitPlan {
  readonly counters: readonly LimitCounter[];
  /** Those of the caller's own, as `RateLimit-Policy`. */
  readonly policy: string;
  /** Answers tell what is left of the limits once it is no more than this share of one. */
  readonly toldFrom: number;
}

/** Which limits hold for whom. */
export interface LimitPlans {
  readonly known: Readonly<Record<LimitedGroup, Readonly<Record<Caller['kind'], LimitPlan>>>>;
  /** Of an account in a token that its site signed, beside those of the key with which its report comes. */
  readonly account: LimitPlan;
  readonly unknown: LimitPlan;
  /** Of who wants to sign in. */
  readonly door: LimitPlan;
}

/**
 * A back end asks for states so often that two header fields in each answer cost as much as counting it (measured: 1.6 us
 * of 27 each). The draft lets servers keep them for when a limit comes near (section 6.2).
 */
const LATE = 0.5;

/** @param shared where to count with the other processes; null: each counts for itself */
export function limitPlans(settings: LimitSettings, shared: SharedCounts | null): LimitPlans {
  const together = (whose: Whose, name: string, limits: readonly Limit[]): LimitCounter[] =>
    limits.map((limit) => new LimitCounter(whose, nameOf(name, limit, limits), limit, shared));
  const here = (whose: Whose, name: string, limits: readonly Limit[]): LimitCounter[] =>
    limits.map((limit) => new LimitCounter(whose, nameOf(name, limit, limits), limit, null));

  const { reports, devices, states, unknownKeys, signIn } = settings;
  const device = together('device', 'reports-device', reports.device);
  const readers = planOf(
    here('network', 'states-network', states.network),
    here('wideNetwork', 'states-wide-network', states.wideNetwork),
    here('publishable', 'states-site', states.publishable),
  );
  const backEnd = planOf(here('secret', 'back-end', settings.backEnd));
  const staff = planOf(here('staff', 'staff', settings.staff));
  return {
    known: {
      reports: {
        publishable: planOf(
          device,
          together('network', 'reports-network', reports.network),
          together('wideNetwork', 'reports-wide-network', reports.wideNetwork),
          here('publishable', 'reports-site', reports.publishable),
        ),
        secret: planOf(device, here('secret', 'reports-back-end', reports.secret)),
        staff,
      },
      devices: {
        publishable: planOf(
          together('network', 'devices-network', devices.network),
          together('wideNetwork', 'devices-wide-network', devices.wideNetwork),
          here('publishable', 'devices-site', devices.publishable),
        ),
        secret: backEnd,
        staff,
      },
      states: {
        publishable: readers,
        secret: { ...planOf(here('secret', 'states-back-end', states.secret)), toldFrom: LATE },
        staff,
      },
      // Reasons, and what a publishable key does not open.
      rest: { publishable: readers, secret: backEnd, staff },
    },
    account: planOf(together('account', 'reports-account', reports.account)),
    unknown: planOf(
      here('unknown', 'unknown-keys', unknownKeys.network),
      here('wideUnknown', 'unknown-keys-wide-network', unknownKeys.wideNetwork),
    ),
    door: planOf(here('door', 'sign-in', signIn)),
  };
}

function planOf(...counters: readonly (readonly LimitCounter[])[]): LimitPlan {
  const all = counters.flat();
  return { counters: all, policy: policyField(all.filter(isTold)), toldFrom: 1 };
}

/**
 * Whether a caller may know what is left before it is used up. Of a limit that readers share, of a site or of a network, it
 * would tell each how many requests the others sent, and so who else reports.
 */
export function isTold({ whose }: LimitCounter): boolean {
  switch (whose) {
    case 'device':
    case 'account':
    case 'secret':
    case 'staff':
      return true;
    case 'network':
    case 'wideNetwork':
    case 'publishable':
    case 'unknown':
    case 'wideUnknown':
    case 'door':
      return false;
  }
}

/** Where several hold together, their windows tell them apart. */
const nameOf = (name: string, { seconds }: Limit, limits: readonly Limit[]): string =>
  limits.length === 1 ? name : `${name}-${seconds}s`;
