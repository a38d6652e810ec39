import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { TextKey, Values } from '../../../src/web/console/i18n.js';
import { DEFAULT_THRESHOLD_RULE } from '../../../src/core/threshold-rule.js';
import { ruleSentences } from '../../../src/web/console/rules/rule-sentences.js';
import { wordsOfSentence } from '../../../src/web/console/sentence.js';
import { evidenceSentence } from '../../../src/web/console/ui/evidence-sentence.js';
import { allTexts, FOLDER, SPOKEN } from './all-texts.js';
import { speak } from './speak.js';

describe('what is counted', () => {
  const budget = { key: 'rules.says.budget', values: { device: 1, account: 3 } };
  const breaker = { key: 'rules.says.breaker', values: { perHour: 1, factor: 1 } };

  it.each<{ key: TextKey; values: Values } & Readonly<Record<'en' | 'fr' | 'es', RegExp>>>([
    {
      ...budget,
      key: 'rules.says.budget',
      en: /1 report of/,
      fr: /compte au plus 1 signalement d/,
      es: /cuenta como mucho 1 denuncia de/,
    },
    {
      ...breaker,
      key: 'rules.says.breaker',
      en: /1 automatic block within .* 1 time the/,
      fr: /1 blocage automatique en/,
      es: /1 bloqueo automático en .* 1 vez lo/,
    },
    {
      ...breaker,
      key: 'rules.breakerIs',
      en: /^1 block in .* 1 time the/,
      fr: /^1 blocage en/,
      es: /^1 bloqueo en .* 1 vez lo/,
    },
    {
      key: 'rules.says.oneNetwork',
      values: { perNetwork: 1 },
      en: /1 of one network counts;/,
      fr: /1 d’un même réseau compte/,
      es: /^Cuenta /,
    },
    {
      key: 'rules.says.prolific',
      values: { prolific: 1 },
      en: /1 other report or/,
      fr: /1 autre signalement jugé infondé/,
      es: /1 denuncia más/,
    },
    { key: 'rules.times', values: { value: 1 }, en: /^1 time$/, fr: /^1 fois$/, es: /^1 vez$/ },
    {
      key: 'automation.ofLimit',
      values: { blocks: 1, limit: 1 },
      en: /1 block$/,
      fr: /^1 blocage,/,
      es: /^1 bloqueo de/,
    },
    {
      key: 'automation.perHour',
      values: { blocks: 1, upheld: 1 },
      en: /^1 block an hour, by 1 upheld block$/,
      fr: /^1 blocage par heure/,
      es: /^1 bloqueo por hora/,
    },
    { key: 'queue.views', values: { views: 1 }, en: /1 time an/, fr: /1 fois/, es: /1 vez por/ },
    {
      key: 'event.site.breaker',
      values: { blocks: 1, limit: 1 },
      en: /1 image blocked/,
      fr: /1 image bloquée/,
      es: /1 imagen bloqueada/,
    },
    {
      key: 'hold.sign.prolific',
      values: { votes: 1 },
      en: /1 came from a reader/,
      fr: /^1 vient d’un lecteur qui a/,
      es: /^1 es de un lector/,
    },
    {
      key: 'statistics.tile.undone',
      values: { undone: 1 },
      en: /1 more undone/,
      fr: /^1 de plus annulée$/,
      es: /^1 más deshecha$/,
    },
    {
      key: 'bulk.held',
      values: { who: 'Zineb', count: 3 },
      en: /unless they are free/,
      fr: /sauf s’ils sont libres/,
      es: /queden libres/,
    },
    {
      key: 'replay.will.first',
      values: { shown: 1, rest: 3 },
      en: /3 more are left as they are/,
      fr: /3 autres restent/,
      es: /quedan como están/,
    },
  ])('is of its number: $key $values', ({ key, values, ...said }) => {
    for (const language of ['en', 'fr', 'es'] as const)
      expect(speak(language).t(key, values)).toMatch(said[language]);
  });

  it.each<[TextKey, Values, string]>([
    ['queue.views', { views: 3 }, 'تُشاهد 3 مرات في الساعة'],
    ['automation.ofLimit', { blocks: 0, limit: 5 }, '0 من أصل 5 عمليات حجب على الأكثر'],
    ['rules.breakerIs', { perHour: 5, factor: 2 }, '5 عمليات حجب في الساعة، أو ضعف المعتاد'],
  ])('is of its number in Arabic: %s %j', (key, values, expected) => {
    expect(speak('ar').t(key, values)).toBe(expected);
  });

  it('agrees with what follows in Arabic', () => {
    const { t } = speak('ar');
    expect(t('event.address.parted', { count: 2 })).toContain('لم يعودا');
    const held = { reporters: 9, setAside: 2, needed: 5, rest: 7, signs: '–' };
    expect(t('hold.signals', held)).toContain('؛ نُحّي بلاغان:');
  });

  it('is of its number in French where one report was left out, for whichever cause', () => {
    const evidence = { ruleVersion: 1, crossedBy: 'total', reporters: 5 } as const;
    for (const cause of ['budget', 'linked', 'muted', 'network', 'wide-network', 'tomorrow'])
      expect(evidenceSentence({ ...evidence, leftOut: { [cause]: 1 } }, speak('fr'))).toContain(
        '1 autre non compté',
      );
    expect(evidenceSentence({ ...evidence, leftOut: {}, setAside: 1 }, speak('fr'))).toContain(
      '1 autre mis de côté',
    );
  });
});

it('says numbers of the rule as the language writes them', () => {
  const { guarding } = ruleSentences({ ...DEFAULT_THRESHOLD_RULE, weights: true });
  const [weights] = guarding.filter(({ key }) => key === 'rules.says.weights');
  if (weights === undefined) throw new Error('no weights');
  expect(SPOKEN.map((language) => /\d[.,]6/.exec(wordsOfSentence(weights, speak(language).t))?.[0])).toEqual(
    SPOKEN.map((language) =>
      new Intl.NumberFormat(language === 'ar' ? 'ar-u-nu-latn' : language).format(1.6),
    ),
  );
  for (const language of SPOKEN) expect(allTexts(language)['rules.says.weights']).not.toMatch(/\d[.,]\d/);
});

/** Other words for what the console names already, and what is not how it speaks to people. */
it.each([
  ['fr', /clé publique|jusqu’à la lever|Rechercher et commander/],
  ['es', /clave pública|precintad|primer aviso|\b(?:tu|tienes|hazlo|te)\b/i],
  ['ar', /مفتاح عام|المفتاح العام|جسيم|تحرش|حقوق النشر|مضيف(?:و|ي) |شبيه|متقارب|[تي]ُحسب|محسوب/],
] as const)('names each thing in one way, and speaks to people in one, in %s', (language, other) => {
  expect(Object.entries(allTexts(language)).filter(([, text]) => other.test(text))).toEqual([]);
});

it('does not say that the site protected an image: its moderators may, too', () => {
  for (const language of SPOKEN) {
    const texts = Object.entries(allTexts(language)).filter(([key]) => /\.protected$/.test(key));
    expect(texts.length).toBeGreaterThan(4);
    expect(texts.filter(([, text]) => /\b(?:site|sitio)\b|موقع/.test(text))).toEqual([]);
  }
});

it('takes its own name for masculine in Arabic, as the demonstration does', () => {
  const feminine = /(?<!\p{L})(?:ت\p{L}+|كانت) Vigie/u;
  expect(Object.entries(allTexts('ar')).filter(([, text]) => feminine.test(text))).toEqual([]);
});

it('keeps an address in Arabic in one piece, whatever stands around it', () => {
  const loose = Object.entries(allTexts('ar')).filter(([, text]) => /(?<!\u2066)https?:\/\//.test(text));
  expect(loose).toEqual([]);
});

it('leaves what stands behind a text to the language: in French a space stands before a colon', () => {
  const sources = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.tsx'),
  );
  const after = sources.filter((file) =>
    /(?<!\$)\{t\([^{}]*\)\}:/.test(readFileSync(path.join(FOLDER, file), 'utf8')),
  );
  expect(sources.length).toBeGreaterThan(50);
  expect(after).toEqual([]);
});
