import { isSame, rebase } from '../../../src/web/console/drafts.js';
import ar from '../../../src/web/console/languages/ar.js';
import en from '../../../src/web/console/languages/en.js';
import es from '../../../src/web/console/languages/es.js';
import fr from '../../../src/web/console/languages/fr.js';
import { IntlMessageFormat } from 'intl-messageformat';
import { changeOf, formOf, rulesOf, type SiteSettings } from '../../../src/web/console/sites/site-form.js';

describe('a draft', () => {
  it('keeps what was typed when somebody else saves, and takes over what was not touched', () => {
    const base = { reporters: '5', windowHours: '168' };
    const draft = { reporters: '3', windowHours: '168' };
    expect(rebase({ base, draft }, { reporters: '4', windowHours: '24' })).toEqual({
      base: { reporters: '4', windowHours: '24' },
      draft: { reporters: '3', windowHours: '24' },
    });
    expect(rebase({ base, draft }, { ...base })).toEqual({ base, draft });
    expect(isSame(base, draft)).toBe(false);
  });
});

describe('a site in fields', () => {
  const site: SiteSettings = {
    name: 'Nouvelles',
    origins: ['https://www.nouvelles.ma'],
    imageHosts: ['cdn.nouvelles.ma'],
    addressRules: { presets: ['wordpress'], ignoreWww: true },
    locale: 'fr',
    timeZone: 'Africa/Casablanca',
    reasons: ['violence', 'other'],
    nearMatches: 'suggest',
    severeInstructions: null,
  };
  const form = formOf(site);

  it('sends nothing where nothing differs, else what differs alone', () => {
    expect(changeOf(form, form)).toEqual({});
    expect(
      changeOf(form, { ...form, name: ' Autre ', origins: [...form.origins, ' https://m.nouvelles.ma'] }),
    ).toEqual({ name: 'Autre', origins: ['https://www.nouvelles.ma', 'https://m.nouvelles.ma'] });
  });

  it('has address rules of what is in force', () => {
    expect(rulesOf(form)).toEqual({ presets: ['wordpress'], ignoreWww: true });
    expect(changeOf(form, { ...form, presets: [], ignoreWww: false })).toEqual({ addressRules: {} });
  });

  it('has no instructions where nothing but white space is written', () => {
    expect(changeOf(form, { ...form, severeInstructions: ' \n' })).toEqual({});
    const written = { ...form, severeInstructions: 'Appeler le 19.\n' };
    expect(changeOf(form, written)).toEqual({ severeInstructions: 'Appeler le 19.\n' });
    expect(changeOf(written, form)).toEqual({ severeInstructions: null });
  });
});

describe('the texts of the console', () => {
  it.each([
    ['fr', fr, 'fr'],
    ['ar', ar, 'ar-u-nu-latn'],
    ['es', es, 'es'],
  ])('are the same keys in %s, and take the same values', (_, texts, locale) => {
    expect(Object.keys(texts).sort()).toEqual(Object.keys(en).sort());
    const valuesOf = (text: string, tag: string): string[] =>
      [...new Set(names(new IntlMessageFormat(text, tag, undefined, { ignoreTag: true }).getAst()))].sort();
    for (const key of Object.keys(en) as (keyof typeof en)[]) {
      expect([key, ...valuesOf(texts[key], locale)]).toEqual([key, ...valuesOf(en[key], 'en')]);
    }
  });
});

interface Part {
  readonly type: number;
  readonly value?: unknown;
  readonly options?: Readonly<Record<string, { readonly value: readonly Part[] }>>;
}

/** The values of a message, at any depth; type 0 is text, 7 the # of a plural. */
function names(parts: readonly unknown[]): string[] {
  return (parts as readonly Part[]).flatMap(({ type, value, options }) => [
    ...(type === 0 || type === 7 ? [] : [String(value)]),
    ...Object.values(options ?? {}).flatMap((option) => names(option.value)),
  ]);
}
