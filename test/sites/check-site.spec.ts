import { VigieError } from '../../src/core/errors.js';
import { checkSite } from '../../src/sites/check-site.js';

const originProblem = (origin: string, production: boolean): string | null => {
  try {
    checkSite({ origins: [origin] }, production);
    return null;
  } catch (error) {
    if (error instanceof VigieError) return error.detail;
    throw error;
  }
};

describe("a site's origin", () => {
  it.each(['https://www.example.ma', 'https://example.ma:8443', 'http://localhost:5173', 'http://127.0.0.1'])(
    'may be %s, in production too',
    (origin) => {
      expect(originProblem(origin, true)).toBeNull();
    },
  );

  it('may be plain http on any host while one develops, and not in production', () => {
    expect(originProblem('http://vigie.test', false)).toBeNull();
    expect(originProblem('http://vigie.test', true)).toContain('https://');
  });

  it.each([
    ['https://www.example.ma/', 'https://www.example.ma'],
    ['https://www.example.ma:443', 'https://www.example.ma'],
    ['https://WWW.example.ma', 'https://www.example.ma'],
    ['https://www.example.ma/fr?x#y', 'https://www.example.ma'],
    ['https://user@www.example.ma', 'https://www.example.ma'],
    ['https://éxample.ma', 'https://xn--xample-9ua.ma'],
  ])('is refused as %s, with the spelling that browsers send', (origin, spelling) => {
    expect(originProblem(origin, false)?.endsWith(`Here: ${spelling}`)).toBe(true);
  });

  it.each(['null', '', '*', 'https://*.example.ma', 'www.example.ma', 'file:///x', 'chrome-extension://abc'])(
    'is never %j',
    (origin) => {
      expect(originProblem(origin, false)).not.toBeNull();
    },
  );
});

it('is stored without repetitions, reasons in their order', () => {
  const origins = ['https://a.ma', 'https://a.ma'];
  expect(
    checkSite({ origins, imageHosts: ['A.ma', 'a.ma'], reasons: ['spam', 'hate', 'spam'] }, true),
  ).toEqual({
    origins: ['https://a.ma'],
    imageHosts: ['a.ma'],
    reasons: ['hate', 'spam'],
  });
});
