import { DEFAULT_THRESHOLD_RULE, type ThresholdRule } from '../../../src/core/threshold-rule.js';
import type { Language } from '../../../src/web/console/i18n.js';
import { ruleChanges } from '../../../src/web/console/rules/rule-changes.js';
import { bareRule, changeOf, formOf, ruleOf } from '../../../src/web/console/rules/rule-form.js';
import { ruleSentences } from '../../../src/web/console/rules/rule-sentences.js';
import { type Sentence, wordsOfSentence } from '../../../src/web/console/sentence.js';
import { speak } from './speak.js';

const say =
  (language: Language) =>
  (sentence: Sentence): string =>
    wordsOfSentence(sentence, speak(language).t);
const english = (sentences: readonly Sentence[]): string[] => sentences.map(say('en'));
const rule = (change: Partial<ThresholdRule>): ThresholdRule => ({ ...DEFAULT_THRESHOLD_RULE, ...change });

describe('a rule in sentences', () => {
  it('says what is in force, and apart from it what is kept for later', () => {
    const { inForce, later } = ruleSentences(
      rule({ reasons: { hate: { reporters: 3 }, spam: { reporters: 8 }, other: { reporters: 5 } } }),
    );
    expect(english(inForce)).toEqual([
      'An image is blocked when 5 different readers report it within 7 days.',
      'For “Hate”, 3 readers are enough.',
      'For “Spam” alone, it takes 8 readers.',
      'At most 2 of one network count, and at least 3 networks are needed. Readers whom the site has verified are not held to this.',
      '“Child abuse” blocks at the first report, within a budget.',
      'Moderators see an image from the first report on.',
      'After a moderator has kept an image, it takes 3 times as many readers for 7 days.',
    ]);
    expect(english(later)).toHaveLength(4);
  });

  it('says that nothing is blocked by itself where that is off, and nothing of how many', () => {
    const { inForce } = ruleSentences(rule({ autoBlock: false, caseAt: 2 }));
    expect(english(inForce)).toEqual([
      'Nothing is blocked by itself: reports only wait for a moderator.',
      'Moderators see an image once 2 readers have reported it.',
      'After a moderator has kept an image, counting begins anew, with no higher bar.',
    ]);
  });

  it.each([
    [{ perNetwork: 1000, minNetworks: 1 }, /^Networks say nothing/],
    [{ perNetwork: 4, minNetworks: 1 }, /^At most 4 of one network count; how many/],
    [{ windowHours: 36 }, /within 36 hours/],
    [{ afterKeep: { factor: 1, cooldownHours: 168 } }, /no higher bar/],
    [{ afterKeep: { factor: 3, cooldownHours: 0 } }, /no higher bar/],
  ])('says what %j means', (change, expected) => {
    expect(english(ruleSentences(rule(change)).inForce).join('\n')).toMatch(new RegExp(expected.source, 'm'));
  });

  it.each(['fr', 'ar', 'es'] as const)('is said in %s, with nothing left to fill in', (language) => {
    const all = [
      ...Object.values(ruleSentences(DEFAULT_THRESHOLD_RULE)).flat(),
      ...Object.values(ruleSentences(rule({ autoBlock: false, breaker: null, onOverdue: 'unblock' }))).flat(),
      ...ruleChanges(DEFAULT_THRESHOLD_RULE, rule({ reporters: 3, reasons: { hate: { reporters: 2 } } })),
    ].map(say(language));
    for (const words of all) expect(words).not.toMatch(/[{}#]|undefined/);
    expect(all[0]).toContain('5');
  });
});

describe('what differs between two rules', () => {
  it('is a sentence for each difference, and none where Postgres only wrote it in another order', () => {
    const after = rule({
      reporters: 3,
      windowHours: 24,
      autoBlock: false,
      breaker: { factor: 4, perHour: 20 },
      reasons: { hate: { reporters: 2 } },
    });
    expect(english(ruleChanges(DEFAULT_THRESHOLD_RULE, after))).toEqual([
      'Automatic blocking: off (before: on)',
      'Readers needed: 3 (before: 5)',
      'Reports count for: 24 hours (before: 7 days)',
      'Readers needed for “Hate”: 2 (before: as for all reports)',
    ]);
    expect(ruleChanges(after, after)).toEqual([]);
  });

  it('is sent as the parts that differ', () => {
    const versioned = { version: 7, ...rule({ breaker: { factor: 4, perHour: 20 } }) };
    expect(changeOf(DEFAULT_THRESHOLD_RULE, versioned)).toEqual({});
    expect(changeOf(DEFAULT_THRESHOLD_RULE, rule({ caseAt: 2, breaker: null }))).toEqual({
      breaker: null,
      caseAt: 2,
    });
    expect(bareRule(versioned)).toEqual(DEFAULT_THRESHOLD_RULE);
  });
});

describe('a rule in fields', () => {
  const form = formOf(DEFAULT_THRESHOLD_RULE);

  it('is the rule that it was', () => {
    expect(ruleOf(form, DEFAULT_THRESHOLD_RULE)).toEqual({ rule: DEFAULT_THRESHOLD_RULE, wrong: new Map() });
  });

  it.each([
    [{ reporters: '1' }, '/reporters', [2, 1000]],
    [{ windowHours: '' }, '/windowHours', [1, 8760]],
    [{ perNetwork: '2.5' }, '/perNetwork', [1, 1000]],
    [{ cooldownHours: '-1' }, '/afterKeep/cooldownHours', [0, 8760]],
    [{ perHour: '1e3' }, '/breaker/perHour', [1, 100000]],
    [{ reasons: { ...form.reasons, hate: '1' } }, '/reasons/hate/reporters', [2, 1000]],
  ])('says by its pointer what of %j is wrong, and keeps what is saved', (change, pointer, bounds) => {
    const { rule: meant, wrong } = ruleOf({ ...form, ...change }, DEFAULT_THRESHOLD_RULE);
    expect([...wrong]).toEqual([[pointer, bounds]]);
    expect({ ...meant, reasons: {} }).toEqual(DEFAULT_THRESHOLD_RULE);
  });

  it('takes a reason out by an empty field, and the breaker by its switch', () => {
    const saved = rule({ reasons: { hate: { reporters: 3 } } });
    const { rule: meant, wrong } = ruleOf(
      { ...formOf(saved), reasons: form.reasons, breaker: false, perHour: 'x' },
      saved,
    );
    expect(wrong.size).toBe(0);
    expect(meant).toMatchObject({ reasons: {}, breaker: null });
  });
});
