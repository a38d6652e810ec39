import type { Reason } from '../../src/core/reasons.js';
import { Replay, type Replayed } from '../../src/core/replay.js';
import type { DecisionFact, Fact } from '../../src/core/replay/fact.js';
import { NONE, PastVotes, reasonBits } from '../../src/core/replay/past-votes.js';
import { DEFAULT_THRESHOLD_RULE, type ThresholdRule } from '../../src/core/threshold-rule.js';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 9, 1);

interface Cast {
  /** Hours from the beginning. */
  readonly at: number;
  readonly image?: number;
  readonly reporter: number;
  readonly round?: number;
  readonly reason?: Reason;
  readonly network?: number;
  readonly kind?: 'device' | 'account';
}

const PLAIN: Partial<ThresholdRule> = { hold: false, weights: false, breaker: null, reporterBudget: null };

/** Plays votes and facts under a rule and another that changes it; times in hours. */
function play(
  votes: readonly Cast[],
  facts: readonly Fact[],
  candidate: Partial<ThresholdRule>,
  current: Partial<ThresholdRule> = {},
  span = { from: START, to: START + 10_000 * HOUR },
): Replayed {
  const past = new PastVotes(votes.length);
  for (const {
    at,
    image = 0,
    reporter,
    round = 1,
    reason = 'violence',
    network,
    kind = 'account',
  } of votes) {
    past.add({
      image,
      round,
      reporter,
      kind,
      at: START + at * HOUR,
      reasons: reasonBits([reason]),
      narrow: network ?? NONE,
      wide: network ?? NONE,
      minted: NONE,
      ageMinutes: NONE,
      isSilent: false,
    });
  }
  const inForce = { ...DEFAULT_THRESHOLD_RULE, ...PLAIN, ...current };
  const rules = {
    current: { version: 1, rule: inForce },
    candidate: { version: 2, rule: { ...inForce, ...candidate } },
  };
  const replay = new Replay(past, rules, null, span);
  const coming = [...facts];
  for (let vote = 0; vote < past.length;) {
    const [fact] = coming;
    if (fact !== undefined && replay.isBefore(fact, vote)) {
      replay.take(fact);
      coming.shift();
      continue;
    }
    const end = replay.endOfBatch(vote);
    replay.cast(vote, end);
    vote = end;
  }
  for (const fact of coming) replay.take(fact);
  return replay.result();
}

const votes = (count: number, more: Partial<Cast> & { from?: number; every?: number } = {}): Cast[] =>
  Array.from({ length: count }, (_, n) => ({
    ...more,
    at: (more.from ?? 1) + n * (more.every ?? 1),
    reporter: (more.reporter ?? 0) + n,
  }));

const decision = (at: number, action: 'block' | 'keep', more: Partial<DecisionFact> = {}): DecisionFact => ({
  type: 'decision',
  at: START + at * HOUR,
  image: 0,
  id: `at ${at}`,
  round: 1,
  action,
  policy: 'violence',
  undone: false,
  ...more,
});

describe('a replay in the core', () => {
  it('of nothing is nothing', () => {
    expect(play([], [], { reporters: 2 })).toMatchObject({ reports: 0, images: 0, differences: [] });
  });

  it('blocks when enough have spoken, and says how long that took', () => {
    const replayed = play(votes(6), [decision(20, 'block')], { reporters: 3 });
    expect(replayed.current).toMatchObject({ blocked: 1, upheld: 1, timeToBlock: { median: 4 * 3_600 } });
    expect(replayed.candidate).toMatchObject({ blocked: 1, upheld: 1, timeToBlock: { median: 2 * 3_600 } });
    expect(replayed.differences).toEqual([]);
  });

  it('takes the time of what nine of ten did not exceed as Postgres does', () => {
    const images = Array.from({ length: 11 }, (_, image) =>
      votes(2, { image, from: 1, every: image + 1, reporter: 100 * image }),
    );
    const inOrder = images.flat().sort((a, b) => a.at - b.at);
    expect(play(inOrder, [], {}, { reporters: 2 }).current.timeToBlock).toEqual({
      median: 6 * 3_600,
      p90: 10 * 3_600,
    });
  });

  it('misses what people blocked before, and what they blocked of images that were not reported is of nobody', () => {
    const { current, candidate } = play(
      votes(3),
      [decision(10, 'block'), decision(11, 'block', { image: 7, id: 'of another' })],
      { reporters: 3 },
    );
    expect(current).toMatchObject({ blocked: 0, missed: 1 });
    expect(candidate).toMatchObject({ blocked: 1, upheld: 1, missed: 0 });
  });

  it('ends rounds where people did, and raises the bar after a keep', () => {
    const facts = [decision(6.5, 'keep')];
    const again = votes(9, { from: 7, round: 2, reporter: 50 });
    const replayed = play([...votes(6), ...again], facts, { afterKeep: { factor: 1, cooldownHours: 1 } });
    expect(replayed.current).toMatchObject({ blocked: 1, reversed: 1 });
    expect(replayed.candidate).toMatchObject({ blocked: 2, reversed: 1, undecided: 1 });
    expect(replayed.differences).toMatchObject([{ round: 2, current: 'none', candidate: 'blocked' }]);
  });

  it('brings back what an undone keep removed: one block, that nobody reversed', () => {
    const undone = decision(6.5, 'keep', { undone: true });
    const undo: Fact = { type: 'undo', at: START + 7 * HOUR, image: 0, decision: undone.id, action: 'keep' };
    const { current } = play(
      [...votes(6), ...votes(6, { from: 8, round: 2, reporter: 50 })],
      [undone, undo],
      {},
    );
    expect(current).toMatchObject({ blocked: 1, reversed: 0, undecided: 1 });
    const later = play(votes(6), [undone, undo, decision(30, 'block', { round: 2 })], {});
    expect(later.current).toMatchObject({ blocked: 1, upheld: 1, missed: 0 });
  });

  it('lets protected images alone, and counts what counted before once it is over', () => {
    const protection = (at: number, set: boolean): Fact => ({
      type: 'protection',
      at: START + at * HOUR,
      image: 0,
      set,
    });
    expect(play(votes(9), [protection(2.5, true)], {}).current.blocked).toBe(0);
    expect(play(votes(9), [protection(2.5, true), protection(7.5, false)], {}).current).toMatchObject({
      blocked: 1,
      timeToBlock: { median: 7 * 3_600 },
    });
  });

  it('does not count what was taken back before it crossed', () => {
    const withdrawal: Fact = {
      type: 'withdrawal',
      at: START + 4.5 * HOUR,
      image: 0,
      round: 1,
      reporter: 0,
    };
    expect(play(votes(5), [withdrawal], {}).current.blocked).toBe(0);
    expect(play(votes(6), [withdrawal], {}).current).toMatchObject({ timeToBlock: { median: 5 * 3_600 } });
  });

  it('admits anew by the caps of each rule', () => {
    const home = Array.from({ length: 6 }, (_, n) => ({ at: n + 1, reporter: n, network: n % 3 }));
    const { current, candidate } = play(home, [], { perNetwork: 1 }, { reporters: 5, minNetworks: 3 });
    expect([current.blocked, candidate.blocked]).toEqual([1, 0]);
  });

  it('counts the breaker over the whole site, and holds what is beyond it', () => {
    const images = Array.from({ length: 4 }, (_, image) =>
      votes(2, { image, from: 1 + image / 10, every: 0.01, reporter: 10 * image }),
    ).flat();
    const { current, candidate } = play(images, [], { breaker: { perHour: 2, factor: 1 } }, { reporters: 2 });
    expect(current).toMatchObject({ blocked: 4, held: 0 });
    expect(candidate).toMatchObject({ blocked: 2, held: 2 });
  });

  it('counts what a single severe vote blocked until it is unblocked, and not what others have blocked anew', () => {
    const severe = (image: number, at: number): Cast => ({
      image,
      at,
      reporter: image,
      reason: 'child_abuse',
    });
    const protection = (at: number, set: boolean): Fact => ({
      type: 'protection',
      at: START + at * HOUR,
      image: 3,
      set,
    });
    const first = [severe(1, 1.1), severe(2, 1.2), severe(3, 1.3)];
    const anew = votes(5, { image: 3, from: 1.5, every: 0.01, reporter: 10 });
    const blocked = (facts: readonly Fact[]): number =>
      play([...first, ...anew, severe(4, 1.9)], facts, {}).current.blocked;
    expect(blocked([])).toBe(3);
    expect(blocked([protection(1.4, true)])).toBe(4);
    expect(blocked([protection(1.4, true), protection(1.45, false)])).toBe(4);
  });

  it('gives a reporter a budget until people have decided', () => {
    const one = (image: number, at: number): Cast => ({ at, image, reporter: 1, kind: 'device' });
    const others = (image: number, at: number): Cast => ({ at, image, reporter: 10 + image });
    const past = [one(0, 1), one(1, 2), others(1, 3), one(2, 20), others(2, 21)];
    const budget = { reporterBudget: { device: 1, account: 9 } };
    expect(play(past, [], budget, { reporters: 2 }).candidate.blocked).toBe(0);
    // Once the first is decided, the next counts.
    expect(play(past, [decision(10, 'keep')], budget, { reporters: 2 }).candidate.blocked).toBe(1);
  });

  it('weighs reporters by what decisions had said of them until then', () => {
    const dismissed = [1, 2, 3, 4].map((n): Fact => ({
      type: 'verdict',
      at: START + HOUR / 2,
      reporter: 0,
      decision: `earlier ${n}`,
      valid: false,
    }));
    const { current, candidate } = play(votes(5), dismissed, { weights: true });
    expect([current.blocked, candidate.blocked]).toEqual([1, 0]);
  });

  it('leaves alone what a rule had blocked before', () => {
    const stood: Fact = { type: 'stood', at: START, image: 0, reason: 'violence' };
    expect(play(votes(9), [stood], { reporters: 3 }).candidate.blocked).toBe(0);
  });

  it('counts nothing of what is before or after its time', () => {
    const span = { from: START + 2 * HOUR, to: START + 4 * HOUR };
    const replayed = play(votes(9), [], { reporters: 3 }, {}, span);
    expect(replayed).toMatchObject({
      reports: 2,
      images: 1,
      current: { blocked: 0 },
      candidate: { blocked: 1 },
    });
  });

  it('takes no vote of a round that has ended', () => {
    const late = [...votes(4), { at: 9, reporter: 9 }];
    expect(play(late, [decision(8, 'keep')], {}).current.blocked).toBe(0);
  });
});
