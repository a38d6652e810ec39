import { parseArgs } from 'node:util';
import { changeRule, DEFAULT_THRESHOLD_RULE, type RuleChange } from '../../src/core/threshold-rule.js';
import { SCENARIOS } from './scenarios.js';
import { simulate } from './simulate.js';
import { tableOf } from './table.js';

/** `--rule` takes what changes of our default rule, as JSON, and believes it: `--rule '{"hold": false}'`. */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    sites: { type: 'string', default: '2' },
    rule: { type: 'string', default: '{}' },
  },
});
const settings = {
  seed: Number(values.seed),
  sites: Number(values.sites),
  days: 18,
  rule: changeRule(DEFAULT_THRESHOLD_RULE, JSON.parse(values.rule) as RuleChange),
};
const results = SCENARIOS.map((scenario) => {
  process.stderr.write(`${scenario.name}\n`);
  return simulate(scenario, settings);
});
process.stdout.write(`\nSeed ${settings.seed}, ${settings.sites} sites.\n\n${tableOf(results)}\n`);
