import fc from 'fast-check';
import { ADDRESS_PRESETS } from '../../src/core/address-presets/presets.js';
import { type AddressRules, checkAddressRules, NO_ADDRESS_RULES } from '../../src/core/address-rules.js';
import { canonicalAddress, explainAddress, vouchesFor } from '../../src/core/canonical-address.js';
import { canonicalUrl } from '../../src/core/canonical-url.js';
import { anyAddress, anyRules } from './random-addresses.js';

function byRules(url: string, rules: AddressRules): string {
  const result = canonicalAddress(url, rules);
  if (!result.ok) throw new Error(`${url}: ${result.problem}`);
  return result.url;
}

describe('behaviour 15: everything else is kept unless the site says otherwise', () => {
  const ODD = 'HTTP://WWW.Example.ma:80/Photos/../B.jpg?w=300&utm_source=x&a=1#y';
  const BY_DEFAULT = 'http://www.example.ma/B.jpg?w=300&a=1';

  it.each<[string, AddressRules, string]>([
    ['no rules', {}, BY_DEFAULT],
    ['www', { ignoreWww: true }, 'http://example.ma/B.jpg?w=300&a=1'],
    ['scheme', { ignoreScheme: true }, 'https://www.example.ma/B.jpg?w=300&a=1'],
    ['path case', { ignorePathCase: true }, 'http://www.example.ma/b.jpg?w=300&a=1'],
    ['order of parameters', { sortParameters: true }, 'http://www.example.ma/B.jpg?a=1&w=300'],
    ['a parameter', { ignoreParameters: ['w'] }, 'http://www.example.ma/B.jpg?a=1'],
    ['all parameters that begin so', { ignoreParameters: ['w*', 'a'] }, 'http://www.example.ma/B.jpg'],
    [
      'all at once',
      {
        ignoreWww: true,
        ignoreScheme: true,
        ignorePathCase: true,
        sortParameters: true,
        ignoreParameters: ['w'],
      },
      'https://example.ma/b.jpg?a=1',
    ],
  ])('%s', (_, rules, expected) => {
    expect(byRules(ODD, rules)).toBe(expected);
    expect(canonicalAddress(ODD, rules)).toMatchObject({ shown: BY_DEFAULT });
  });

  it.each<[string, AddressRules, string, string]>([
    ['two ids', { ignoreParameters: ['w'] }, 'https://e.ma/p?id=1', 'https://e.ma/p?id=2'],
    [
      'a name that only begins so',
      { ignoreParameters: ['w'] },
      'https://e.ma/p?width=1',
      'https://e.ma/p?width=2',
    ],
    ['a list in another order', { sortParameters: true }, 'https://e.ma/p?x=1&x=2', 'https://e.ma/p?x=2&x=1'],
    ['a host that is www alone', { ignoreWww: true }, 'https://www.ma/p', 'https://ma/p'],
    ['another subdomain', { ignoreWww: true }, 'https://wwww.e.ma/p', 'https://e.ma/p'],
    ['another port', { ignoreScheme: true }, 'http://e.ma:8080/p', 'https://e.ma/p'],
    ['encoded characters', { ignorePathCase: true }, 'https://e.ma/%2F', 'https://e.ma//'],
  ])('does not merge %s', (_, rules, one, other) => {
    expect(byRules(one, rules)).not.toBe(byRules(other, rules));
  });

  it('keeps the digits of encoded characters as they are in every canonical address', () => {
    expect(byRules('https://e.ma/%C3%89A', { ignorePathCase: true })).toBe('https://e.ma/%C3%89a');
  });

  it('reads a name as servers do', () => {
    expect(byRules('https://e.ma/p?size%5B0%5D=1&x=2', { ignoreParameters: ['size[*'] })).toBe(
      'https://e.ma/p?x=2',
    );
  });
});

describe('behaviour 16: what the site lists is one image', () => {
  const rules: AddressRules = {
    ignoreParameters: ['w'],
    removePaths: ['/resize/{digits}x{digits?}/', '-{digits}px'],
  };

  it.each([
    'https://cdn.example.ma/photos/1.jpg?w=300',
    'https://cdn.example.ma/photos/1.jpg?w=1200',
    'https://cdn.example.ma/resize/300x/photos/1.jpg',
    'https://cdn.example.ma/resize/300x200/photos/1.jpg',
    'https://cdn.example.ma/photos/resize/300x/1.jpg?w=2',
    'https://cdn.example.ma/photos/1-640px.jpg',
    'https://cdn.example.ma/resize/1x/resize/2x/photos/1.jpg',
  ])('%s', (variant) => {
    expect(byRules(variant, rules)).toBe('https://cdn.example.ma/photos/1.jpg');
  });

  it('reads patterns in any case where the site does not tell cases apart', () => {
    const folded = { removePaths: ['/Resize/{digits}x/'], ignorePathCase: true };
    expect(byRules('https://e.ma/RESIZE/300X/P.jpg', folded)).toBe('https://e.ma/p.jpg');
  });
});

describe('address rules', () => {
  it('are exactly the default rules where there are none', () => {
    fc.assert(
      fc.property(fc.oneof(anyAddress, fc.string(), fc.webUrl()), (text) => {
        const canonical = canonicalUrl(text);
        expect(canonicalAddress(text, NO_ADDRESS_RULES)).toEqual(
          canonical.ok ? { ...canonical, shown: canonical.url } : canonical,
        );
      }),
      { numRuns: 500 },
    );
  });

  it('are idempotent, never throw, and never make what is no address', () => {
    fc.assert(
      fc.property(fc.oneof(anyAddress, fc.string()), anyRules, (text, rules) => {
        const result = canonicalAddress(text, rules);
        if (!result.ok) return;
        const { url, host, shown } = result;
        expect(canonicalUrl(url)).toEqual({ ok: true, url, host });
        expect(canonicalAddress(url, rules)).toEqual({ ok: true, url, host, shown: url });
        expect(canonicalAddress(shown, rules)).toEqual({ ok: true, url, host, shown });
      }),
      { numRuns: 5_000 },
    );
  });

  it('are explained step by step from what was given to what it became', () => {
    fc.assert(
      fc.property(anyAddress, anyRules, (text, rules) => {
        const steps = explainAddress(text, rules);
        const canonical = canonicalAddress(text, rules);
        if (!canonical.ok) return expect(steps).toEqual([]);
        const forms = [text, ...steps.map(({ after }) => after)];
        expect(forms.at(-1)).toBe(canonical.url);
        expect(steps.map(({ before }) => before)).toEqual(forms.slice(0, -1));
        for (const { rule, before, after } of steps) expect(before === after).toBe(rule === 'limit');
      }),
      { numRuns: 2_000 },
    );
  });

  it('are no steps for what is no address, nor for a template that is none', () => {
    expect(explainAddress('no address', { ignoreWww: true })).toEqual([]);
    expect(explainAddress('https://e.ma/p.jpg', { removePaths: ['no slash'] })).toEqual([]);
  });

  it('read what is wrapped many times, and leave alone what is wrapped without end', () => {
    const wrapped = (times: number): string => `https://e.ma/${'unsafe/https://e.ma/'.repeat(times)}p.jpg`;
    expect(byRules(wrapped(30), { presets: ['thumbor'] })).toBe('https://e.ma/p.jpg');
    expect(byRules(wrapped(60), { presets: ['thumbor'] })).toBe(wrapped(60));
    expect(explainAddress(wrapped(60), { presets: ['thumbor'] })).toMatchObject([{ rule: 'limit' }]);
  });

  it('say a sentence for each step', () => {
    const rules: AddressRules = {
      presets: ['photon', 'wordpress'],
      ignoreWww: true,
      ignoreParameters: ['v'],
    };
    const given = 'HTTPS://I0.wp.com/www.example.ma/wp-content/uploads/a-300x200.jpg?w=9&v=1&utm_id=3#top';
    expect(explainAddress(given, rules).map(({ rule, after }) => [rule, after])).toEqual([
      ['spelling', 'https://i0.wp.com/www.example.ma/wp-content/uploads/a-300x200.jpg?w=9&v=1&utm_id=3#top'],
      ['fragment', 'https://i0.wp.com/www.example.ma/wp-content/uploads/a-300x200.jpg?w=9&v=1&utm_id=3'],
      ['tracking', 'https://i0.wp.com/www.example.ma/wp-content/uploads/a-300x200.jpg?w=9&v=1'],
      ['photon', 'https://www.example.ma/wp-content/uploads/a-300x200.jpg?v=1'],
      ['wordpress', 'https://www.example.ma/wp-content/uploads/a.jpg?v=1'],
      ['ignoreParameters', 'https://www.example.ma/wp-content/uploads/a.jpg'],
      ['ignoreWww', 'https://example.ma/wp-content/uploads/a.jpg'],
    ]);
    for (const { explanation } of explainAddress(given, rules)) expect(explanation).toMatch(/^[A-Zi].+\.$/);
  });

  it('cost little, whatever address and rules', () => {
    const rules: AddressRules = {
      presets: ADDRESS_PRESETS,
      removePaths: [
        '/{any}x{digits}/',
        'a{word}',
        '{digits}a',
        '-{digits}x{digits}',
        '/a/{any}/a/{any}/a/{any}/a/b',
      ].filter((text) => checkAddressRules({ removePaths: [text] }, '').wrong.length === 0),
      ignoreParameters: Array.from({ length: 50 }, (_, index) => `${'a'.repeat(index + 1)}*`),
      sortParameters: true,
    };
    expect(rules.removePaths).toHaveLength(4);
    const start = performance.now();
    for (const piece of [
      '1',
      'a',
      '-1',
      '/a',
      'a_',
      '1x1:',
      '/v1',
      '&b',
      ',w_1',
      'filters:',
      ')/(',
      '%2F',
      '%',
    ]) {
      for (const head of ['/', '/uploads/', '/unsafe/', '/image/upload/', '/cdn-cgi/image/', '/p?']) {
        const url = `https://e.ma${head}${piece.repeat(2_000 / piece.length)}`;
        expect(canonicalAddress(url.slice(0, 2_000), rules).ok).toBe(true);
      }
    }
    // 78 addresses: some milliseconds each at the very most, on a slow machine.
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});

describe('what a site vouches for', () => {
  const hosts = ['cdn.example.ma', 'i0.wp.com', 'www.example.ma'];
  const vouched = (url: string, rules: AddressRules): boolean => {
    const address = canonicalAddress(url, rules);
    return address.ok && vouchesFor(address, hosts, rules);
  };

  it.each<[boolean, string, AddressRules]>([
    [true, 'https://cdn.example.ma/1.jpg', {}],
    [false, 'https://elsewhere.ma/1.jpg', {}],
    [true, 'https://i0.wp.com/cdn.example.ma/1.jpg', { presets: ['photon'] }],
    [false, 'https://i0.wp.com/elsewhere.ma/1.jpg', { presets: ['photon'] }],
    [false, 'https://i1.wp.com/cdn.example.ma/1.jpg', { presets: ['photon'] }],
    [
      false,
      'https://elsewhere.ma/_next/image?url=https%3A%2F%2Fcdn.example.ma%2F1.jpg&w=1&q=1',
      { presets: ['nextjs'] },
    ],
    [true, 'https://www.example.ma/1.jpg', { ignoreWww: true }],
    [true, 'https://example.ma/1.jpg', { ignoreWww: true }],
    [false, 'https://example.ma/1.jpg', {}],
  ])('%p: %s by %j', (expected, url, rules) => {
    expect(vouched(url, rules)).toBe(expected);
  });
});

describe('rule 19: what a preset recognises and leaves hides no host', () => {
  const rules: AddressRules = { presets: ['thumbor', 'cloudflare', 'cloudinary', 'nextjs', 'imgix'] };
  const hosts = ['e.ma', 'cdn.e.ma', 'a.imgix.net'];
  const nested = (times: number): string =>
    `https://e.ma/${'unsafe/https://e.ma/'.repeat(times)}unsafe/https://foreign.ma/1.jpg`;
  const vouches = (url: string): boolean => {
    const address = canonicalAddress(url, rules);
    return address.ok && vouchesFor(address, hosts, rules);
  };

  it.each([
    nested(1),
    nested(34),
    'https://e.ma/unsafe/filters:watermark(x)/https://foreign.ma/1.jpg',
    'https://e.ma/unsafe/filters:frame(x)/https%3A%2F%2Fforeign.ma%2F1.jpg',
    'https://e.ma/unsafe/filters:watermark(https://foreign.ma/1.jpg)/https://cdn.e.ma/1.jpg',
    'https://e.ma/cdn-cgi/image/draw=1/https://foreign.ma/1.jpg',
    'https://e.ma/cdn-cgi/image/other=1/https%253A%252F%252Fforeign.ma%252F1.jpg',
    'https://e.ma/demo/image/fetch/l_cat/https://foreign.ma/1.jpg',
    'https://e.ma/_next/image?url=https%3A%2F%2Fforeign.ma%2F1.jpg&other=1',
    'https://a.imgix.net/https%3A%2F%2Fforeign.ma%2F1.jpg?mark=1',
    'https://e.ma/cdn-cgi/image/draw=1/https://cdn.e.ma@foreign.ma/1.jpg',
    `https://e.ma/cdn-cgi/image/draw=1/https%${'25'.repeat(9)}3A//cdn.e.ma/1.jpg`,
  ])('not %s', (url) => expect(vouches(url)).toBe(false));

  it.each([
    'https://e.ma/1.jpg?from=https://foreign.ma/',
    'https://e.ma/unsafe/filters:watermark(x)/https://cdn.e.ma/1.jpg',
    'https://e.ma/unsafe/300x200/https://cdn.e.ma/1.jpg',
    'https://e.ma/unsafe/300x200/foreign.ma/1.jpg',
    'https://e.ma/cdn-cgi/image/draw=1/photos/1.jpg',
    'https://a.imgix.net/1.jpg?mark=1',
  ])('but %s', (url) => expect(vouches(url)).toBe(true));
});
