import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { BEFORE } from '../../../src/web/console/languages/before.js';
import { PARTS } from '../../../src/web/console/languages/parts.js';
import { allTexts, firstTexts, FOLDER, FOLDERS_WITH_TEXTS, textsOf } from './all-texts.js';
import { speak } from './speak.js';

type Texts = Readonly<Record<string, string>>;
type Part = ReturnType<IntlMessageFormat['getAst']>[number];

/** As the parser numbers them: words, a plural, the number in one. */
const WORDS = 0;
const PLURAL = 6;
const NUMBER_SIGN = 7;
const kindOf = ({ type }: Part): number => type;

const [en, fr, ar, es] = [allTexts('en'), allTexts('fr'), allTexts('ar'), allTexts('es')];
const ENGLISH: Texts = en;
const OTHERS: Readonly<Record<string, Texts>> = { fr, ar, es };
const ALL: Readonly<Record<string, Texts>> = { en, ...OTHERS };
const entries = (texts: Texts): [string, string][] => Object.entries(texts);

const parse = (text: string, language: string): Part[] =>
  new IntlMessageFormat(text, language, undefined, { ignoreTag: true }).getAst();

/** What a text needs to be given, wherever in it: `name` or `name: plural`. */
function argumentsOf(parts: readonly Part[]): Set<string> {
  const found = new Set<string>();
  for (const part of parts) {
    if (kindOf(part) === WORDS || kindOf(part) === NUMBER_SIGN) continue;
    if ('value' in part && typeof part.value === 'string') found.add(part.value);
    if ('options' in part) {
      for (const { value } of Object.values(part.options))
        for (const inner of argumentsOf(value)) found.add(inner);
    }
  }
  return found;
}

/** The categories of each plural in a text. */
function pluralsOf(parts: readonly Part[]): string[][] {
  return parts.flatMap((part) => {
    if (!('options' in part)) return [];
    const inner = Object.values(part.options).flatMap(({ value }) => pluralsOf(value));
    return kindOf(part) === PLURAL ? [Object.keys(part.options), ...inner] : inner;
  });
}

/** What of a text is words: without what is put in. */
const wordsOf = (text: string): string =>
  text.replace(/\{[^{}]*\}/g, ' ').replace(/\{\w+, (plural|select),|[#{}]/g, ' ');

describe.each(Object.entries(BEFORE))('what is said before the texts in %s have come', (language, said) => {
  it('is what they say then', () => {
    const texts = ALL[language] ?? {};
    expect(said).toEqual({
      title: texts['notLoaded.title'],
      text: texts['notLoaded.text'],
      tryAgain: texts['common.tryAgain'],
    });
  });
});

describe.each(Object.entries(OTHERS))('the texts in %s', (language, texts) => {
  it('are those that English has', () => {
    expect(Object.keys(texts).sort()).toEqual(Object.keys(ENGLISH).sort());
  });

  it('need what the English ones need', () => {
    const wrong = entries(texts).filter(([key, text]) => {
      const [own, english] = [text, ENGLISH[key] ?? ''].map((one) =>
        [...argumentsOf(parse(one, language))].sort().join(),
      );
      return own !== english;
    });
    expect(wrong).toEqual([]);
  });

  it('were not left in English', () => {
    const left = entries(texts).filter(([key, text]) => {
      if (key.startsWith('key.')) return false;
      const words = wordsOf(text).match(/\p{L}{2,}/gu) ?? [];
      if (language === 'ar') return words.length > 0 && !/\p{Script=Arabic}/u.test(text);
      return words.length > 1 && text === ENGLISH[key];
    });
    expect(left).toEqual([]);
  });
});

describe.each(Object.entries(ALL))('each text in %s', (language, texts) => {
  it('is a message that can be read, and not empty', () => {
    const wrong = entries(texts).filter(([, text]) => {
      try {
        return parse(text, language).length === 0;
      } catch {
        return true;
      }
    });
    expect(wrong).toEqual([]);
  });

  it('is text: neither HTML nor two spaces, nor spaces around it', () => {
    const wrong = entries(texts).filter(([, text]) => /<\/?[a-z!]|&\w+;| {2}|^\s|\s$/i.test(text));
    expect(wrong).toEqual([]);
  });

  it('counts as the language does', () => {
    const needed = {
      en: ['one', 'other'],
      fr: ['one', 'other'],
      es: ['one', 'other'],
      ar: ['one', 'two', 'few', 'many', 'other'],
    }[language];
    const wrong = entries(texts).filter(([, text]) =>
      pluralsOf(parse(text, language)).some(
        // One that only sets some numbers apart, such as `=0 {none} other {#}`, counts nothing.
        (categories) =>
          categories.some((name) => !name.startsWith('=') && name !== 'other') &&
          needed?.some(
            (name) => !categories.includes(name) && !(name === 'one' && categories.includes('=1')),
          ),
      ),
    );
    expect(wrong).toEqual([]);
  });
});

/** What people name as they like, in letters of either direction, and where it is said. */
const NAMES_OF_PEOPLE: readonly (readonly [key: string, name: string])[] = [
  ['account.role', 'site'],
  ['automation.pausedOn', 'site'],
  ['forSite.notAllowed', 'site'],
  ['members.removeTitle', 'site'],
  ['palette.image', 'search'],
  ['palette.site', 'name'],
  ['sites.made', 'name'],
  ['token.revokeLabel', 'name'],
];

it.each(Object.entries(ALL))('in %s keep names apart, whichever way they and the words run', (_, texts) => {
  const wrong = NAMES_OF_PEOPLE.filter(([key, name]) => !texts[key]?.includes(`\u2068{${name}}\u2069`));
  expect(wrong).toEqual([]);
});

it.each(Object.entries(ALL))('in %s have no space before three dots', (_, texts) => {
  expect(entries(texts).filter(([, text]) => / …/.test(text))).toEqual([]);
});

it('in French and Spanish call what stands at an address a photo, and the address an image', () => {
  const wrong = [...entries(fr), ...entries(es)].filter(([, text]) =>
    /(image|imagen) (a été (remplacée|changée)|fue sustituida|se ha sustituido)/.test(text),
  );
  expect(wrong).toEqual([]);
});

it('in French have a narrow space that does not break before : ; ? ! and inside « »', () => {
  const wrong = entries(fr).filter(([, text]) =>
    /[^\S\u202f][:;?!]|\p{L}[;?!](?!\})|(?<!\u202f)»|«(?!\u202f)/u.test(text),
  );
  expect(wrong).toEqual([]);
});

it('in Arabic write readers in one way', () => {
  expect(entries(allTexts('ar')).filter(([, text]) => text.includes('قرّاء'))).toEqual([]);
});

it('call the state of an image blocked in a word, and hidden only in sentences on what readers see', () => {
  const { t } = speak('fr');
  expect([
    t('queue.blocked'),
    t('images.state.blocked'),
    t('images.badge', { state: 'blocked', reason: 'Haine' }),
  ]).toEqual(['Bloquée', 'Bloquées', 'Bloquée\u202f: Haine']);
});

/** What may be shown by the files that are chosen: the keys that they name, and how those begin that they put together. */
function shownBy(isChosen: (folder: string) => boolean): (key: string) => boolean {
  const sources = readdirSync(FOLDER, { recursive: true, withFileTypes: true })
    .filter(
      (entry) =>
        entry.isFile() &&
        /\.tsx?$/.test(entry.name) &&
        !/(texts|languages)$/.test(entry.parentPath) &&
        isChosen(path.relative(FOLDER, entry.parentPath)),
    )
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');
  const literal = new Set([...sources.matchAll(/['"`]([\w-]+(?:\.[\w:-]+)+)['"`]/g)].map(([, key]) => key));
  const beginnings = [...sources.matchAll(/`([\w-]+(?:\.[\w:-]+)*\.[\w-]*)\$\{/g)].map(([, key = '']) => key);
  return (key) => literal.has(key) || beginnings.some((beginning) => key.startsWith(beginning));
}

it('are all shown somewhere', () => {
  const isShown = shownBy(() => true);
  const unused = Object.keys(ENGLISH).filter(
    // Those are for every page to come.
    (key) => !/^(common|reason)\./.test(key) && !isShown(key),
  );
  expect(unused).toEqual([]);
});

it('are in one folder each, and loaded at first or with a part', () => {
  const known = FOLDERS_WITH_TEXTS.flatMap((folder) => Object.keys(textsOf(folder, 'en')));
  expect(known).toHaveLength(new Set(known).size);
  const loaded = [
    ...Object.keys(firstTexts('en')),
    ...Object.keys(PARTS).flatMap((part) => Object.keys(textsOf(part, 'en'))),
  ];
  expect(loaded.sort()).toEqual(known.sort());
});

/** Whose texts a part needs beside its own. */
const WITH: Readonly<Record<string, readonly string[]>> = { keys: ['sites'] };

/** The part that a folder belongs to. */
const whose = (folder: string): string => folder.split(path.sep)[0] ?? '';

it.each(Object.keys(PARTS))('of %s are said by what is loaded with them alone', (part) => {
  const isSaidElsewhere = shownBy(
    (folder) => whose(folder) !== part && !(WITH[whose(folder)]?.includes(part) ?? false),
  );
  expect(Object.keys(textsOf(part, 'en')).filter(isSaidElsewhere)).toEqual([]);
});
