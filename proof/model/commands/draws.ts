import fc from 'fast-check';
import type { Asked, Named, Reader, Staff } from '../asked.js';
import { MODERATORS, STAFF } from '../asked.js';
import type { Model, Reason, Rule } from '../rules/state.js';

/** What is drawn becomes a request in the light of what there is; null: there is nothing of the kind. */
export interface Drawn {
  readonly kind: Asked['do'];
  toAsked(model: Model): Asked | null;
  /** For the reader of a failure. */
  toString(): string;
}

const ADDRESSES = 3;
const IDS = 1;
const READERS = 7;
/** Few, so that they meet. */
export const DRAWN_REASONS: readonly Reason[] = ['violence', 'hate', 'spam'];

const reason = fc.constantFrom(...DRAWN_REASONS);
const staff: fc.Arbitrary<Staff> = fc.constantFrom(...STAFF);
const index = fc.nat({ max: 30 });

/** An address in some spelling, seldom the site's own id. */
const image: fc.Arbitrary<Named> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ address: fc.nat({ max: ADDRESSES - 1 }), spelling: fc.nat({ max: 3 }) }),
  },
  { weight: 1, arbitrary: fc.record({ id: fc.nat({ max: IDS - 1 }) }) },
);

const reader: fc.Arbitrary<Reader> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('named' as const), account: fc.nat({ max: READERS }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('account' as const),
      account: fc.nat({ max: READERS }),
      verified: fc.boolean(),
      at: fc.nat({ max: 7 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('device' as const),
      device: fc.nat({ max: 1 }),
      at: fc.nat({ max: 7 }),
    }),
  },
);

const drawn = <T>(
  kind: Asked['do'],
  arbitrary: fc.Arbitrary<T>,
  toAsked: (drawn: T, model: Model) => Asked | null,
): fc.Arbitrary<Drawn> =>
  arbitrary.map((value) => ({
    kind,
    toAsked: (model) => toAsked(value, model),
    toString: () => `${kind} ${JSON.stringify(value)}`,
  }));

const nth = <T>(all: readonly T[], n: number): T | undefined => all[n % Math.max(1, all.length)];

const receipts = (model: Model): string[] =>
  model.images.filter(({ merged }) => !merged).flatMap(({ votes }) => votes.map(({ receipt }) => receipt));

const cases = (model: Model) => model.images.flatMap(({ cases: all }) => all);

/** Mostly those that await a decision. */
const caseOf = (model: Model, n: number) => {
  const awaiting = cases(model).filter(({ status }) => status !== 'closed');
  return n % 5 === 4 || awaiting.length === 0 ? nth(cases(model), n) : nth(awaiting, n);
};

const decision = fc.record({
  of: index,
  action: fc.constantFrom('block', 'block', 'keep', 'keep', 'escalate' as const),
  policy: reason,
  reports: fc.constantFrom('valid', 'invalid', 'ignore', undefined),
  version: fc.constantFrom('current', 'current', 'current', 'current', 'stale'),
  lease: fc.constantFrom('none', 'current', 'current', 'other'),
  again: fc.constantFrom(false, false, false, false, true),
});

type DrawnDecision = typeof decision extends fc.Arbitrary<infer T> ? T : never;

function decisionOn(
  model: Model,
  who: Staff,
  drawnOne: DrawnDecision,
): { staff: Staff; decision: Extract<Asked, { do: 'decide' }>['decision'] } | null {
  const { of, action, policy, reports, version, lease, again } = drawnOne;
  const last = model.decisions.filter(({ request }) => request !== '').at(-1);
  if (again && last !== undefined) {
    const [by, asked] = JSON.parse(last.request) as [Staff, Extract<Asked, { do: 'decide' }>['decision']];
    return { staff: by, decision: asked };
  }
  const one = caseOf(model, of);
  if (one === undefined) return null;
  const token = lease === 'other' ? nth(cases(model), of + 1)?.lease?.token : one.lease?.token;
  return {
    staff: lease === 'current' && one.lease !== null ? (one.lease.staff as Staff) : who,
    decision: {
      caseId: one.id,
      action: action,
      ...(action === 'block' ? { policy } : {}),
      ...(reports === undefined ? {} : { reports: reports }),
      version: version === 'stale' ? Math.max(1, one.version - 1) : one.version,
      ...(lease === 'none' || token === undefined ? {} : { leaseToken: token }),
    },
  };
}

const change: fc.Arbitrary<Partial<Rule>> = fc.oneof(
  fc.record({ reporters: fc.integer({ min: 2, max: 4 }) }),
  fc.record({ caseAt: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ autoBlock: fc.boolean() }),
  fc.record({ windowHours: fc.integer({ min: 2, max: 40 }) }),
  fc.record({ perNetwork: fc.integer({ min: 1, max: 3 }) }),
);

const report = drawn('report', fc.record({ image, reader, reason }), (value) => ({ do: 'report', ...value }));

/** Each as often as says its weight. */
export const BESIDE_OTHERS: readonly { weight: number; arbitrary: fc.Arbitrary<Drawn> }[] = [
  { weight: 30, arbitrary: report },
  {
    weight: 4,
    arbitrary: drawn('withdraw', index, (n, model) => {
      const receipt = nth(receipts(model), n);
      return receipt === undefined ? null : { do: 'withdraw', receipt };
    }),
  },
  {
    weight: 4,
    arbitrary: drawn('receipt', index, (n, model) => {
      const receipt = nth(receipts(model), n);
      return receipt === undefined ? null : { do: 'receipt', receipt };
    }),
  },
  {
    weight: 12,
    arbitrary: drawn('decide', fc.record({ who: staff, decision }), ({ who, decision: one }, model) => {
      const made = decisionOn(model, who, one);
      return made === null ? null : { do: 'decide', ...made };
    }),
  },
  {
    weight: 2,
    arbitrary: drawn(
      'decide-many',
      fc.record({ who: staff, decisions: fc.array(decision, { minLength: 1, maxLength: 3 }) }),
      ({ who, decisions }, model) => {
        const all = decisions.flatMap(
          (one) => decisionOn(model, who, { ...one, again: false })?.decision ?? [],
        );
        return all.length === 0 ? null : { do: 'decide-many', staff: who, decisions: all };
      },
    ),
  },
  {
    weight: 6,
    arbitrary: drawn(
      'undo',
      fc.record({ who: staff, n: index, latest: fc.boolean() }),
      ({ who, n, latest }, model) => {
        const one = latest ? model.decisions.at(-1) : nth(model.decisions, n);
        return one === undefined ? null : { do: 'undo', staff: who, decision: one.id };
      },
    ),
  },
  {
    weight: 4,
    arbitrary: drawn('claim', fc.constantFrom(...MODERATORS), (who) => ({ do: 'claim', staff: who })),
  },
  {
    weight: 3,
    arbitrary: drawn(
      'lease',
      fc.record({ who: staff, of: index, renew: fc.boolean() }),
      ({ who, of, renew }, model) => {
        const one = caseOf(model, of);
        if (one === undefined) return null;
        const token = one.lease?.token;
        return {
          do: 'lease',
          staff: who,
          caseId: one.id,
          ...(renew && token !== undefined ? { token } : {}),
        };
      },
    ),
  },
  {
    weight: 3,
    arbitrary: drawn(
      'release',
      fc.record({ who: staff, of: index, skip: fc.boolean() }),
      ({ who, of, skip }, model) => {
        const leased = cases(model).filter(({ lease }) => lease !== null);
        const one = nth(leased, of);
        if (one?.lease == null) return null;
        return {
          do: 'release',
          staff: of % 4 === 0 ? who : (one.lease.staff as Staff),
          caseId: one.id,
          token: one.lease.token,
          skip,
        };
      },
    ),
  },
  {
    weight: 3,
    arbitrary: drawn('publisher-block', fc.record({ image, reason }), (value) => ({
      do: 'publisher-block',
      ...value,
    })),
  },
  {
    weight: 3,
    arbitrary: drawn('publisher-unblock', fc.record({ image }), (value) => ({
      do: 'publisher-unblock',
      ...value,
    })),
  },
  {
    weight: 2,
    arbitrary: drawn('staff-block', fc.record({ staff, image, policy: reason }), (value) => ({
      do: 'staff-block',
      ...value,
    })),
  },
  {
    weight: 2,
    arbitrary: drawn('staff-unblock', fc.record({ staff, image }), (value) => ({
      do: 'staff-unblock',
      ...value,
    })),
  },
  { weight: 2, arbitrary: drawn('protect', fc.record({ image }), (value) => ({ do: 'protect', ...value })) },
  {
    weight: 2,
    arbitrary: drawn('unprotect', fc.record({ image }), (value) => ({ do: 'unprotect', ...value })),
  },
  {
    weight: 2,
    arbitrary: drawn('change-rule', fc.record({ change }), (value) => ({ do: 'change-rule', ...value })),
  },
];

/** Time is moved by writing to all that a site has, which keeps others waiting as no passing of time does. */
export const COMMANDS: typeof BESIDE_OTHERS = [
  ...BESIDE_OTHERS,
  {
    weight: 3,
    arbitrary: drawn('time-passes', fc.integer({ min: 1, max: 12 }), (hours) => ({
      do: 'time-passes',
      hours,
    })),
  },
];

/** With which rule a world begins. */
export const rules: fc.Arbitrary<Rule> = fc.record({
  reporters: fc.integer({ min: 2, max: 4 }),
  windowHours: fc.constantFrom(6, 24, 168),
  perNetwork: fc.integer({ min: 1, max: 2 }),
  minNetworks: fc.integer({ min: 1, max: 3 }),
  autoBlock: fc.constantFrom(true, true, true, true, false),
  caseAt: fc.constantFrom(1, 1, 1, 2, 3),
  reasons: fc.constantFrom({}, {}, { hate: { reporters: 2 } }, { spam: { reporters: 4 } }),
  afterKeep: fc.record({ factor: fc.constantFrom(1, 2, 2), cooldownHours: fc.constantFrom(0, 5, 100) }),
  reporterBudget: fc.constantFrom(null, null, { device: 1, account: 2 }),
});

export const names = (): string[] => [
  ...Array.from({ length: ADDRESSES }, (_, n) => `a${n}`),
  ...Array.from({ length: IDS }, (_, n) => `i${n}`),
];
