import { brigade } from '../../bench/simulate/attacks/brigade.js';
import { friends } from '../../bench/simulate/attacks/friends.js';
import { throwaways } from '../../bench/simulate/attacks/throwaways.js';
import { Chance } from '../../bench/simulate/chance.js';
import { Discourse } from '../../bench/simulate/discourse.js';
import { allBad, attacked } from '../../bench/simulate/figures.js';
import { PlainCount } from '../../bench/simulate/plain-count.js';
import type { Reporter } from '../../bench/simulate/reporter.js';
import type { Scenario } from '../../bench/simulate/scenarios.js';
import { type Result, simulate } from '../../bench/simulate/simulate.js';
import { tableOf } from '../../bench/simulate/table.js';
import { Timeline } from '../../bench/simulate/timeline.js';
import type { Attack } from '../../bench/simulate/world.js';
import { changeRule, DEFAULT_THRESHOLD_RULE, type RuleChange } from '../../src/core/threshold-rule.js';

/** A small form of `npm run simulate`: one site, twelve days, two of them under attack. */

const run = (attack: Attack, change: RuleChange = {}, about: Scenario['about'] = 'attacked'): Result =>
  simulate(
    { name: 'a scenario', attack, perPage: 1, about },
    { seed: 7, sites: 1, days: 12, rule: changeRule(DEFAULT_THRESHOLD_RULE, change) },
  );

const shareHidden = ({ pictures, hidden }: { pictures: number; hidden: number }): number => hidden / pictures;

describe('the simulator', () => {
  it('prints the same for the same seed', () => {
    const attack = brigade({ accounts: 10, networks: 5, verified: false, targets: 10, pace: 'hasty' });
    expect(tableOf([run(attack)])).toBe(tableOf([run(attack)]));
  });

  it('hears all that is agreed on: ten people hide what they like from a plain count, and little from the default rule', () => {
    const { outcomes } = run(
      brigade({ accounts: 10, networks: 5, verified: false, targets: 40, pace: 'hasty' }),
    );
    expect(attacked(outcomes.Vigie).pictures).toBe(40);
    expect(shareHidden(attacked(outcomes['plain count']))).toBeGreaterThan(0.8);
    expect(shareHidden(attacked(outcomes.Vigie))).toBeLessThanOrEqual(0.05);
  });

  it('shows what the hold is worth', () => {
    const attack = brigade({ accounts: 50, networks: 10, verified: false, targets: 40, pace: 'at once' });
    expect(shareHidden(attacked(run(attack).outcomes.Vigie))).toBeLessThanOrEqual(0.05);
    expect(shareHidden(attacked(run(attack, { hold: false }).outcomes.Vigie))).toBeGreaterThan(0.4);
  });

  it('shows what the breaker is worth: of 120 pictures in an hour about 20 are hidden by ever new devices', () => {
    const attack = throwaways({ networks: 5, targets: 120, pace: 'rapid', uses: 1 });
    const { hidden, held } = attacked(run(attack).outcomes.Vigie);
    expect(hidden).toBeLessThanOrEqual(25);
    expect(held).toBeGreaterThan(80);
    expect(attacked(run(attack, { breaker: null }).outcomes.Vigie).hidden).toBeGreaterThan(100);
  });

  it.each([
    ['when nobody attacks', () => undefined],
    ['under junk', friends({ devices: 20, networks: 10, words: 'Remettez cette image !' })],
  ] as const)('hides bad pictures at a median of six honest reports at most, %s', (_, attack) => {
    const { hidden, reports } = allBad(run(attack, {}, 'bad').outcomes.Vigie);
    expect(hidden).toBeGreaterThan(5);
    expect(reports).toBeLessThanOrEqual(6);
    // Not by junk alone.
    expect(reports).toBeGreaterThanOrEqual(1);
  });
});

describe('the other rules', () => {
  const aReader = (id: string, trustLevel = 0): Reporter => ({
    id,
    kind: 'account',
    verified: true,
    knownSince: 0,
    narrow: id,
    wide: id,
    trustLevel,
  });

  it('the plain count hides at five different people, again from none after a keep', () => {
    const rule = new PlainCount();
    const report = (id: string) => rule.report({ picture: 1, reporter: aReader(id), comment: null });
    for (const id of ['a', 'a', 'b', 'c', 'd']) report(id);
    expect(rule.standingOf(1)).toBe('shown');
    report('e');
    expect(rule.standingOf(1)).toBe('hidden');
    rule.decide(1, { action: 'keep', reports: 'invalid' });
    for (const id of ['a', 'f', 'g', 'h', 'i']) report(id);
    expect(rule.standingOf(1)).toBe('shown');
  });

  it.each([
    [0, 13],
    [1, 7],
    [2, 5],
    [4, 3],
  ])('Discourse hides at a score of 12.5: of trust level %i it takes %i people', (trustLevel, people) => {
    const rule = new Discourse();
    for (let number = 1; number <= people; number += 1) {
      expect(rule.standingOf(1)).toBe('shown');
      rule.report({ picture: 1, reporter: aReader(String(number), trustLevel), comment: null });
    }
    expect(rule.standingOf(1)).toBe('hidden');
  });

  it('Discourse lets one person hide a picture who was always right', () => {
    const rule = new Discourse();
    const report = (picture: number) => rule.report({ picture, reporter: aReader('a', 4), comment: null });
    for (let picture = 1; picture <= 8; picture += 1) {
      report(picture);
      rule.decide(picture, { action: 'block', reports: 'valid' });
    }
    // 1 + 4 + 5 x log4(8) = 12.5
    report(9);
    expect(rule.standingOf(9)).toBe('hidden');
  });
});

describe('chance and time', () => {
  it('gives the same numbers for the same name, and others for another', () => {
    const draw = (name: string): number[] =>
      [1, 2, 3].map((_, index) => new Chance(name).of(String(index)).next());
    expect(draw('a')).toEqual(draw('a'));
    expect(draw('a')).not.toEqual(draw('b'));
  });

  it('lets things happen in order of time, and of two at once first what was planned first', () => {
    const timeline = new Timeline();
    const said: string[] = [];
    const say = (at: number, what: string): void =>
      timeline.plan(at, () => void said.push(`${timeline.now} ${what}`));
    say(30, 'c');
    say(10, 'a');
    timeline.plan(10, () => say(5, 'late'));
    say(10, 'b');
    say(50, 'never');
    timeline.runUntil(40);
    expect(said).toEqual(['10 a', '10 b', '10 late', '30 c']);
    expect(timeline.now).toBe(40);
  });
});
