import { DEFAULT_THRESHOLD_RULE, type ThresholdRule } from '../../../src/core/threshold-rule.js';
import { bareRule, changeOf } from '../../../src/web/console/rules/bare-rule.js';
import type { Language } from '../../../src/web/console/i18n.js';
import { ruleChanges } from '../../../src/web/console/rules/rule-changes.js';
import { formOf, ruleOf } from '../../../src/web/console/rules/rule-form.js';
import { ruleSentences } from '../../../src/web/console/rules/rule-sentences.js';
import { type Sentence, wordsOfSentence } from '../../../src/web/console/sentence.js';
import { speak } from './speak.js';

const say =
  (language: Language) =>
  (sentence: Sentence): string =>
    wordsOfSentence(sentence, speak(language).t);
const english = (sentences: readonly Sentence[]): string[] => sentences.map(say('en'));
const rule = (change: Partial<ThresholdRule>): ThresholdRule => ({ ...DEFAULT_THRESHOLD_RULE, ...change });

/** Every part other than by default. */
const EVERYTHING = rule({
  reporters: 3,
  reasons: { hate: { reporters: 2 } },
  holdBounds: { burst: 20, newcomers: 0.5, sameComment: 4, cohort: 3, prolific: 4 },
  breaker: { perHour: 3, factor: 2 },
  reporterBudget: { device: 1, account: 2 },
  muteAfter: { dismissed: 3, forDays: 11 },
});

describe('a rule in sentences', () => {
  it('says what blocks, whose reports count, and what becomes of it', () => {
    const { blocking, guarding, reviewing } = ruleSentences(
      rule({ reasons: { hate: { reporters: 3 }, spam: { reporters: 8 }, other: { reporters: 5 } } }),
    );
    expect(english(blocking)).toEqual([
      'An image is blocked when 5 different readers report it within 7 days.',
      'For “Hate”, 3 readers are enough.',
      'For “Spam” alone, it takes 8 readers.',
      'At most 2 of one network count, and at least 3 networks are needed. Readers whom the site has verified are not held to this.',
      '“Child abuse” blocks at the first report, within a budget.',
    ]);
    expect(english(guarding)).toEqual([
      'It takes both: 5 readers, and the weight of 5. Who was right before weighs up to 1.6, who was wrong down to 0.1; a device never more than 1.',
      'A report on which two of the next five signs agree is set aside. If the others are enough, the image is blocked all the same; if not, it is held, at the top of the queue.',
      'Sign: 5 reports came 4 times faster than is usual where moderators upheld the block.',
      'Sign: the share of readers known for less than an hour is more than 25% above the usual one.',
      'Sign: 3 readers or more wrote the same words.',
      'Sign: 2 readers or more reported another image together, which was dismissed or which nobody has decided on.',
      'Sign: a reader has 2 other reports or more that were dismissed or that nobody has decided on.',
      'After 20 automatic blocks within an hour, or 4 times the usual number where that is more, images are held instead of blocked, and the site is told.',
      'On images that nobody has decided yet, at most 5 reports of one device count, and 20 of one account.',
      'The rule mutes nobody; leads can.',
    ]);
    expect(english(reviewing)).toEqual([
      'Moderators see an image from the first report on.',
      'After a moderator has kept an image, it takes 3 times as many readers for 7 days.',
      'A block that nobody has reviewed within 24 hours stays, and is pointed out.',
    ]);
  });

  it('says what is off', () => {
    const off = { weights: false, hold: false, breaker: null, reporterBudget: null } as const;
    expect(english(ruleSentences(rule(off)).guarding)).toEqual([
      'All readers weigh the same.',
      'Reports that look coordinated count like all others.',
      'Automatic blocking never pauses.',
      'However many images one reader reports, all of it counts.',
      'The rule mutes nobody; leads can.',
    ]);
    const [mute] = english(ruleSentences(rule({ muteAfter: { dismissed: 5, forDays: 30 } })).guarding).slice(
      -1,
    );
    expect(mute).toMatch(/^Who was wrong 5 times in a row is muted for 30 days:/);
  });

  it('says that nothing is blocked by itself where that is off, and nothing of how many', () => {
    const { blocking, guarding, reviewing } = ruleSentences(rule({ autoBlock: false, caseAt: 2 }));
    expect(english([...blocking, ...guarding, ...reviewing])).toEqual([
      'Nothing is blocked by itself: reports only wait for a moderator.',
      'Moderators see an image once 2 readers have reported it.',
      'After a moderator has kept an image, counting begins anew, with no higher bar.',
      'A block that nobody has reviewed within 24 hours stays, and is pointed out.',
    ]);
  });

  it.each([
    [{ perNetwork: 1000, minNetworks: 1 }, /^Networks say nothing/],
    [{ perNetwork: 4, minNetworks: 1 }, /^At most 4 of one network count; how many/],
    [{ windowHours: 36 }, /within 36 hours/],
    [{ afterKeep: { factor: 1, cooldownHours: 168 } }, /no higher bar/],
    [{ afterKeep: { factor: 3, cooldownHours: 0 } }, /no higher bar/],
  ])('says what %j means', (change, expected) => {
    expect(english(Object.values(ruleSentences(rule(change))).flat()).join('\n')).toMatch(
      new RegExp(expected.source, 'm'),
    );
  });

  it.each(['fr', 'ar', 'es'] as const)('is said in %s, with nothing left to fill in', (language) => {
    const all = [
      ...Object.values(ruleSentences(DEFAULT_THRESHOLD_RULE)).flat(),
      ...Object.values(ruleSentences(rule({ autoBlock: false, breaker: null, onOverdue: 'unblock' }))).flat(),
      ...Object.values(ruleSentences(EVERYTHING)).flat(),
      ...ruleChanges(DEFAULT_THRESHOLD_RULE, EVERYTHING),
      ...ruleChanges(EVERYTHING, DEFAULT_THRESHOLD_RULE),
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

  it('says of the newer parts what they were and what they are', () => {
    expect(english(ruleChanges(DEFAULT_THRESHOLD_RULE, EVERYTHING))).toEqual([
      'Readers needed: 3 (before: 5)',
      'Sign: faster than usual: 20 times (before: 4 times)',
      'Sign: newcomers above the usual share: 50% (before: 25%)',
      'Sign: readers with the same words: 4 (before: 3)',
      'Sign: readers who came together before: 3 (before: 2)',
      'Sign: reports of one reader: 4 (before: 2)',
      'Pause of automatic blocking: 3 blocks in an hour, or 2 times the usual number (before: 20 blocks in an hour, or 4 times the usual number)',
      'Counted reports of one reader: 1 of a device, 2 of an account (before: 5 of a device, 20 of an account)',
      'Muting by the rule: after 3 dismissed in a row, for 11 days (before: off)',
      'Readers needed for “Hate”: 2 (before: as for all reports)',
    ]);
  });

  it('is sent as the parts that differ', () => {
    const versioned = { version: 7, ...rule({ breaker: { factor: 4, perHour: 20 } }) };
    expect(changeOf(DEFAULT_THRESHOLD_RULE, versioned)).toEqual({});
    expect(changeOf(DEFAULT_THRESHOLD_RULE, rule({ caseAt: 2, breaker: null }))).toEqual({
      breaker: null,
      caseAt: 2,
    });
    const bounds = { prolific: 2, cohort: 2, sameComment: 3, burst: 4, newcomers: 0.25 };
    expect(changeOf(DEFAULT_THRESHOLD_RULE, rule({ holdBounds: bounds, muteAfter: null }))).toEqual({});
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
    [{ newcomers: '0.3' }, '/holdBounds/newcomers', [0, 100]],
    [{ deviceBudget: '0' }, '/reporterBudget/device', [1, 100000]],
    [{ mute: true, forDays: '' }, '/muteAfter/forDays', [1, 365]],
    [{ reasons: { ...form.reasons, hate: '1' } }, '/reasons/hate/reporters', [2, 1000]],
  ])('says by its pointer what of %j is wrong, and keeps what is saved', (change, pointer, bounds) => {
    const { rule: meant, wrong } = ruleOf({ ...form, ...change }, DEFAULT_THRESHOLD_RULE);
    expect([...wrong]).toEqual([[pointer, bounds]]);
    expect({ ...meant, reasons: {}, muteAfter: null }).toEqual(DEFAULT_THRESHOLD_RULE);
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

  it('takes a share in hundredths, and leaves one that was set finer as it is', () => {
    const saved = rule({ holdBounds: { ...DEFAULT_THRESHOLD_RULE.holdBounds, newcomers: 0.255 } });
    expect(ruleOf(formOf(saved), saved).rule).toEqual(saved);
    const { rule: meant } = ruleOf({ ...formOf(saved), newcomers: '30' }, saved);
    expect(meant.holdBounds.newcomers).toBe(0.3);
  });

  it('takes out and puts in a budget and muting by their switches', () => {
    const { rule: meant } = ruleOf({ ...form, budget: false, mute: true }, DEFAULT_THRESHOLD_RULE);
    expect(meant).toMatchObject({ reporterBudget: null, muteAfter: { dismissed: 5, forDays: 30 } });
  });
});
