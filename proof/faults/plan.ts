import { Seeded } from '../../test/setup/seeded.js';

/** What can be hit. The last three are the ways to Postgres, to Redis, and from everybody to the API. */
export const TARGETS = [
  'api-1',
  'api-2',
  'worker',
  'postgres',
  'redis',
  'way to postgres',
  'way to redis',
  'way to api',
] as const;
export type Target = (typeof TARGETS)[number];

/**
 * What can be done to it. Of processes: `killed` is SIGKILL, `ended` SIGTERM (of Postgres a fast shutdown), `stopped` SIGSTOP
 * and after its time SIGCONT; of Postgres also `crashed`, SIGKILL of one of its backends, and `abandoned`, an immediate
 * shutdown. Of ways: `reset` ends all connections, `cut` lets none through for its time, `slowed` delays every piece,
 * `silenced` takes everything and passes nothing on, `half-closed` ends one direction of each connection, `lost` is for ever
 * silent on those that there are: the host beyond has died, and another has its name.
 */
export type Kind =
  | 'killed'
  | 'ended'
  | 'stopped'
  | 'crashed'
  | 'abandoned'
  | 'reset'
  | 'cut'
  | 'slowed'
  | 'silenced'
  | 'half-closed'
  | 'lost';

export interface Fault {
  /** From 1. */
  readonly number: number;
  readonly target: Target;
  readonly kind: Kind;
  /** How long it lasts, in ms; 0 where that is not ours to say. */
  readonly lasts: number;
  /** After this, in ms, it begins: counted from when all was well again, or from the one before when it comes `beside` it. */
  readonly after: number;
  /** Begins while the one before may still be felt. */
  readonly beside: boolean;
}

interface Choice {
  readonly targets: readonly [Target, ...Target[]];
  readonly kind: Kind;
  /** How often it is drawn, among all. */
  readonly weight: number;
  /** In ms, the shortest and the longest. */
  readonly lasts: readonly [number, number];
}

const APIS = ['api-1', 'api-2'] as const;
const SERVICES = [...APIS, 'worker'] as const;

/** Longer than any request may wait (`PATIENCE` of asker.ts would be reached, were it not for timeouts of the service). */
const LONG: readonly [number, number] = [10_000, 14_000];

const CHOICES: readonly Choice[] = [
  { targets: SERVICES, kind: 'killed', weight: 22, lasts: [0, 0] },
  { targets: SERVICES, kind: 'ended', weight: 8, lasts: [0, 0] },
  { targets: SERVICES, kind: 'stopped', weight: 10, lasts: [200, 3_000] },
  { targets: ['postgres'], kind: 'killed', weight: 10, lasts: [0, 0] },
  { targets: ['postgres'], kind: 'crashed', weight: 6, lasts: [0, 0] },
  { targets: ['postgres'], kind: 'abandoned', weight: 5, lasts: [0, 0] },
  { targets: ['postgres'], kind: 'ended', weight: 5, lasts: [0, 0] },
  { targets: ['postgres'], kind: 'stopped', weight: 7, lasts: [200, 3_000] },
  { targets: ['postgres'], kind: 'stopped', weight: 2, lasts: LONG },
  { targets: ['redis'], kind: 'killed', weight: 7, lasts: [0, 3_000] },
  { targets: ['redis'], kind: 'ended', weight: 3, lasts: [0, 1_000] },
  { targets: ['redis'], kind: 'stopped', weight: 5, lasts: [200, 4_000] },
  { targets: ['way to postgres', 'way to redis', 'way to api'], kind: 'reset', weight: 6, lasts: [0, 0] },
  { targets: ['way to postgres', 'way to redis', 'way to api'], kind: 'cut', weight: 6, lasts: [100, 2_500] },
  {
    targets: ['way to postgres', 'way to redis', 'way to api'],
    kind: 'slowed',
    weight: 6,
    lasts: [500, 2_500],
  },
  {
    targets: ['way to postgres', 'way to redis', 'way to api'],
    kind: 'silenced',
    weight: 5,
    lasts: [200, 3_000],
  },
  { targets: ['way to postgres'], kind: 'silenced', weight: 1, lasts: LONG },
  {
    targets: ['way to postgres', 'way to redis', 'way to api'],
    kind: 'half-closed',
    weight: 6,
    lasts: [0, 0],
  },
  { targets: ['way to postgres', 'way to redis'], kind: 'lost', weight: 4, lasts: [0, 0] },
];

/** Of a hundred faults so many come on top of another one. */
const BESIDE = 20;
/** In ms: how long everything is left in peace, at least and at most. */
const PEACE = [150, 900] as const;
/** In ms: a fault beside another one comes this much after it, at most. */
const SOON = 400;

/** The faults of a run: the same for the same seed, and the first ones are the same however many there are. */
export function drawPlan(seed: number, count: number): Fault[] {
  const seeded = new Seeded(seed);
  return Array.from({ length: count }, (_, index) => {
    const choice = drawChoice(seeded);
    const target = seeded.oneOf(choice.targets);
    const lasts = between(seeded, choice.lasts);
    const beside = seeded.below(100) < BESIDE && index > 0;
    const after = beside ? seeded.below(SOON) : between(seeded, PEACE);
    return { number: index + 1, target, kind: choice.kind, lasts, after, beside };
  });
}

/** A fault in a few words, such as `postgres stopped for 2.1 s, beside the last`. */
export function describeFault({ target, kind, lasts, beside }: Fault): string {
  const length = lasts > 0 ? ` for ${(lasts / 1_000).toFixed(1)} s` : '';
  return `${target} ${kind}${length}${beside ? ', beside the last' : ''}`;
}

function drawChoice(seeded: Seeded): Choice {
  let left = seeded.below(CHOICES.reduce((sum, { weight }) => sum + weight, 0));
  for (const choice of CHOICES) {
    left -= choice.weight;
    if (left < 0) return choice;
  }
  throw new Error('no fault was drawn');
}

const between = (seeded: Seeded, [least, most]: readonly [number, number]): number =>
  least + seeded.below(most - least + 1);
