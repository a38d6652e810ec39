import { budgetOf } from '../../src/core/reporter-budget.js';
import { aRule } from './examples.js';

describe('the budget of a reporter', () => {
  it.each([
    ['device', 5],
    ['account', 20],
    ['named', 20],
  ] as const)('of a %s is %i votes on undecided images', (kind, votes) => {
    expect(budgetOf(aRule().rule, kind)).toBe(votes);
  });

  it('has no end where the rule has none', () => {
    expect(budgetOf(aRule({ reporterBudget: null }).rule, 'device')).toBe(Infinity);
  });
});
