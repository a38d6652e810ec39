import type { ThresholdRule } from '../../src/core/threshold-rule.js';
import { Discourse } from './discourse.js';
import type { Outcome } from './outcome.js';
import { Ours } from './ours/ours.js';
import { PlainCount } from './plain-count.js';
import type { Scenario } from './scenarios.js';
import { World } from './world.js';

export const CONTENDERS = ['plain count', 'Discourse', 'Vigie'] as const;
export type ContenderName = (typeof CONTENDERS)[number];

/** What became of all pictures of all sites, under each rule. */
export interface Result {
  readonly scenario: Scenario;
  readonly outcomes: Readonly<Record<ContenderName, readonly Outcome[]>>;
}

export interface Settings {
  readonly seed: number;
  /** So many sites live through each scenario: other pictures, readers and chance. */
  readonly sites: number;
  readonly days: number;
  /** Ours. */
  readonly rule: ThresholdRule;
}

/** Lets the sites live through a scenario under each rule: the same seed gives the same figures. */
export function simulate(scenario: Scenario, { seed, sites, days, rule }: Settings): Result {
  const make = {
    'plain count': () => new PlainCount(),
    Discourse: () => new Discourse(),
    Vigie: () => new Ours(rule),
  };
  const outcomesOf = (name: ContenderName): readonly Outcome[] =>
    Array.from({ length: sites }, (_, number) => {
      const site = { name: `${seed}/${number}`, days, perPage: scenario.perPage };
      return new World(site, make[name]()).run(scenario.attack);
    }).flat();
  return {
    scenario,
    outcomes: {
      'plain count': outcomesOf('plain count'),
      Discourse: outcomesOf('Discourse'),
      Vigie: outcomesOf('Vigie'),
    },
  };
}
