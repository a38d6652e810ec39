import { changeRule, DEFAULT_THRESHOLD_RULE, type RuleChange } from '../../src/core/threshold-rule.js';

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

  it('may name one part of whatever has several, and switch it off and on as a whole', () => {
    const changed = changeRule(DEFAULT_THRESHOLD_RULE, {
      breaker: { perHour: 30 },
      reporterBudget: { account: 9 },
      holdBounds: { burst: 5 },
    });
    expect(changed).toMatchObject({
      breaker: { perHour: 30, factor: 4 },
      reporterBudget: { device: 5, account: 9 },
      holdBounds: { ...DEFAULT_THRESHOLD_RULE.holdBounds, burst: 5 },
    });
    const off = changeRule(changed, { breaker: null });
    expect(off.breaker).toBeNull();
    expect(changeRule(off, { reporters: 9 }).breaker).toBeNull();
    const again = changeRule(off, { breaker: { perHour: 7, factor: 2 } });
    expect(again.breaker).toEqual({ perHour: 7, factor: 2 });
  });

  it.each<[RuleChange, string]>([
    [{ breaker: { factor: 3 } }, '/rule/breaker/perHour'],
    [{ breaker: {} }, '/rule/breaker/perHour'],
    [{ reporterBudget: { device: 3 } }, '/rule/reporterBudget/account'],
    [{ muteAfter: { dismissed: 3 } }, '/rule/muteAfter/forDays'],
  ])('does not switch on what is off by some of its parts: %j', (change, pointer) => {
    const off = changeRule(DEFAULT_THRESHOLD_RULE, { breaker: null, reporterBudget: null, muteAfter: null });
    expect(() => changeRule(off, change, '/rule')).toThrow(
      expect.objectContaining({ code: 'INVALID', fields: [expect.objectContaining({ pointer })] }) as Error,
    );
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
