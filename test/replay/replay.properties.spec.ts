import { DEFAULT_THRESHOLD_RULE, type ThresholdRule } from '../../src/core/threshold-rule.js';
import { Desk } from '../setup/desk.js';
import { AT_UNDO, RandomHistory } from './random-history.js';
import { replayed } from './replayed.js';

/**
 * What the rule in force did, and what it does when what happened is played: the same images blocked, in the same rounds, at the
 * same times, and the same rounds held. Histories are random; the seed that fails is the test's name.
 */
const RULES: Readonly<Record<string, Partial<ThresholdRule>>> = {
  'a low bar with caps': {
    reporters: 3,
    perNetwork: 1,
    minNetworks: 2,
    afterKeep: { factor: 2, cooldownHours: 1 },
  },
  'a reason of its own, without caps': {
    reporters: 4,
    minNetworks: 1,
    hold: false,
    weights: false,
    reasons: { hate: { reporters: 2 } },
  },
  'weights and holds': {
    reporters: 3,
    minNetworks: 2,
    holdBounds: { ...DEFAULT_THRESHOLD_RULE.holdBounds, cohort: 2 },
  },
};
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];

/** In which order a transaction came to its images is written nowhere, and budgets and the breaker go to the first: one each. */
const BOUNDED = { breaker: { perHour: 2, factor: 1 }, reporterBudget: { device: 2, account: 3 } };
const SORTS = [
  {
    named: 'with any number of blocks and votes',
    bounds: { breaker: null, reporterBudget: null },
    images: 4,
    together: true,
  },
  { named: 'with breaker and budgets', bounds: BOUNDED, images: 12, together: false },
  {
    named: 'with cases from the fourth report on',
    bounds: { ...BOUNDED, caseAt: 4 },
    images: 12,
    together: false,
  },
] as const;
const HISTORIES = Object.keys(RULES).flatMap((name) => SORTS.map((sort) => ({ name, ...sort })));

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

describe.each(HISTORIES)('under $name, $named', ({ name, named, bounds, images, together }) => {
  it.each(SEEDS)('what happened is what a replay says, seed %i', async (seed) => {
    const slug = `${name} ${named}`.replace(/[^a-z]+/g, '-').slice(0, 55);
    desk.siteId = await desk.site(`${slug}${seed}`, { ...bounds, ...RULES[name] });
    const history = new RandomHistory(desk, seed, { images, together });
    await history.live(70);
    const { outcomes, idOf } = await replayed(desk);
    const undone = await timesOfUndos();
    const blocked = [...outcomes.byRound.values()]
      .filter(({ blockedAt }) => blockedAt !== null)
      .map(
        ({ image, round, blockedAt }) =>
          `${idOf(image)}/${round} at ${undone.has(blockedAt) ? AT_UNDO : blockedAt}`,
      );
    const held = [...outcomes.byRound.values()]
      .filter(({ heldAt }) => heldAt !== null)
      .map(({ image, round }) => `${idOf(image)}/${round}`);
    expect({ blocked: blocked.sort(), held: held.sort() }).toEqual(history.happened());
    seen.blocked += blocked.length;
    seen.held += held.length;
  });
});

const seen = { blocked: 0, held: 0 };
it('these histories say something', () => {
  expect(seen.blocked).toBeGreaterThan(20);
  expect(seen.held).toBeGreaterThan(3);
});

/** In whole milliseconds. */
async function timesOfUndos(): Promise<ReadonlySet<number | null>> {
  const rows = await desk.dataSource.query<{ at: Date }[]>(
    'select undone_at as at from decision where site_id = $1 and undone_at is not null',
    [desk.siteId],
  );
  return new Set(rows.map(({ at }) => at.getTime()));
}
