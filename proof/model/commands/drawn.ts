import fc from 'fast-check';
import { type Asked, type Named, namedAs, type Reader, STAFF, type Staff } from '../asked.js';
import { imageNamed } from '../rules/images.js';
import type { Model, Reason } from '../rules/state.js';

/** What is drawn becomes a request in the light of what there is; null: there is nothing of the kind. */
export interface Drawn {
  readonly kind: Asked['do'];
  toAsked(model: Model): Asked | null;
  /** For the reader of a failure. */
  toString(): string;
}

const ADDRESSES = 3;
const IDS = 2;
const READERS = 7;
/** Few, so that they meet. */
const DRAWN_REASONS: readonly Reason[] = ['violence', 'hate', 'spam'];

export const mildReason: fc.Arbitrary<Reason> = fc.constantFrom(...DRAWN_REASONS);
/** The severe one seldom, or nothing would be left that is not severe. */
export const reason = fc.oneof(
  { weight: 6, arbitrary: mildReason },
  { weight: 1, arbitrary: fc.constant<Reason>('child_abuse') },
);
export const staff: fc.Arbitrary<Staff> = fc.constantFrom(...STAFF);
export const index = fc.nat({ max: 30 });

/** An address in some spelling, seldom the site's own id. */
export const address = fc.record({ address: fc.nat({ max: ADDRESSES - 1 }), spelling: fc.nat({ max: 3 }) });
export const ownId = fc.record({ id: fc.nat({ max: IDS - 1 }) });
export const image: fc.Arbitrary<Named> = fc.oneof(
  {
    weight: 6,
    arbitrary: address,
  },
  { weight: 1, arbitrary: ownId },
);

export const reader: fc.Arbitrary<Reader> = fc.oneof(
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

export const SAME_WORDS = 'Take this away now'; // 15 letters
/** What somebody writes beside a report: nothing, what is too short to be compared, and what two may write alike. */
const COMMENTS = [
  'Take it away soon', // 14
  'Take it away: soon.',
  SAME_WORDS,
  'TAKE, THIS: away now!',
  'It was never like that here',
] as const;
export const words: fc.Arbitrary<string | undefined> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(undefined) },
  { weight: 2, arbitrary: fc.constantFrom(...COMMENTS) },
);

export const withWords = (written: string | undefined): { words?: string } =>
  written === undefined ? {} : { words: written };

export const drawn = <T>(
  kind: Asked['do'],
  arbitrary: fc.Arbitrary<T>,
  toAsked: (drawn: T, model: Model) => Asked | null,
): fc.Arbitrary<Drawn> =>
  arbitrary.map((value) => ({
    kind,
    toAsked: (model) => toAsked(value, model),
    toString: () => `${kind} ${JSON.stringify(value)}`,
  }));

export const nth = <T>(all: readonly T[], n: number): T | undefined => all[n % Math.max(1, all.length)];

export const receipts = (model: Model): string[] =>
  model.images.flatMap(({ votes }) => votes.flatMap(({ receipt }) => (receipt === '' ? [] : receipt)));

/** Mostly one that somebody blocked. */
export const hiddenImage = (model: Model, n: number): Named | undefined => {
  const hidden = model.images.filter(({ blocks }) => blocks.length > 0);
  const [name] = nth(hidden, n)?.names ?? [];
  return n % 4 === 0 || name === undefined ? undefined : namedAs(name);
};

/** Those that nothing hides, and nobody ever kept. */
export const shownNames = (model: Model): string[] =>
  names().filter((name) => {
    const known = imageNamed(model, name);
    return known === undefined || (known.blocks.length === 0 && known.keptHour === null);
  });

/** One of them. */
export const shownImage = (model: Model, n: number): Named => namedAs(nth(shownNames(model), n) ?? 'a0');

export const cases = (model: Model) => model.images.flatMap(({ cases: all }) => all);

/** Mostly those that await a decision. */
export const caseOf = (model: Model, n: number) => {
  const awaiting = cases(model).filter(({ status }) => status !== 'closed');
  return n % 5 === 4 || awaiting.length === 0 ? nth(cases(model), n) : nth(awaiting, n);
};

export const names = (): string[] => [
  ...Array.from({ length: ADDRESSES }, (_, n) => `a${n}`),
  ...Array.from({ length: IDS }, (_, n) => `i${n}`),
];
