import { changeRule, DEFAULT_THRESHOLD_RULE } from '../../src/core/threshold-rule.js';

describe('a change of a threshold rule', () => {
  it('changes only what it names', () => {
    expect(changeRule(DEFAULT_THRESHOLD_RULE, { reporters: 3 })).toEqual({
      ...DEFAULT_THRESHOLD_RULE,
      reporters: 3,
    });
  });

  it('may name one part of afterKeep', () => {
    const changed = changeRule(DEFAULT_THRESHOLD_RULE, { afterKeep: { factor: 2 } });
    expect(changed.afterKeep).toEqual({ factor: 2, cooldownHours: 168 });
  });

  it("replaces the reasons' own thresholds as a whole", () => {
    const first = changeRule(DEFAULT_THRESHOLD_RULE, { reasons: { hate: { reporters: 3 } } });
    expect(changeRule(first, { reasons: { spam: { reporters: 9 } } }).reasons).toEqual({
      spam: { reporters: 9 },
    });
  });

  it('leaves the rule that it changes as it was', () => {
    const before = structuredClone(DEFAULT_THRESHOLD_RULE);
    changeRule(DEFAULT_THRESHOLD_RULE, { reporters: 9, afterKeep: { factor: 9 } });
    expect(DEFAULT_THRESHOLD_RULE).toEqual(before);
  });
});
