import { isSame, rebase } from '../../../src/web/console/drafts.js';
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
