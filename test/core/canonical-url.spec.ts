import fc from 'fast-check';
import {
  canonicalUrl,
  canonicalUrlByTheRules,
  describeUrlProblem,
  MAX_URL_LENGTH,
  type UrlProblem,
} from '../../src/core/canonical-url.js';

const PHOTO = 'https://cdn.example.ma/p.jpg';

function spelling(input: string): string {
  const result = canonicalUrl(input);
  if (!result.ok) throw new Error(`${input}: ${result.problem}`);
  return result.url;
}

describe('behaviour 15: one spelling per address', () => {
  it('does all of it at once', () => {
    expect(canonicalUrl('HTTP://WWW.Example.ma:80/a/../b.jpg?utm_source=x#y')).toEqual({
      ok: true,
      url: 'http://www.example.ma/b.jpg',
      host: 'www.example.ma',
    });
  });

  it.each([
    [
      'lower-cases the host, not the path',
      'https://CDN.Example.ma/Photo.JPG',
      'https://cdn.example.ma/Photo.JPG',
    ],
    ['turns an international host into punycode', 'https://ÉLAN.ma/p', 'https://xn--lan-9la.ma/p'],
    ['knows punycode when it is given', 'https://XN--lan-9la.ma/p', 'https://xn--lan-9la.ma/p'],
    ['removes the trailing dot of a host', 'https://example.ma./p', 'https://example.ma/p'],
    ['removes it before a port too', 'https://example.ma.:8443/p', 'https://example.ma:8443/p'],
    ['drops the default port of http', 'http://example.ma:80/p', 'http://example.ma/p'],
    ['drops the default port of https', 'https://example.ma:0443/p', 'https://example.ma/p'],
    ['keeps any other port', 'https://example.ma:80/p', 'https://example.ma:80/p'],
    ['drops the fragment', `${PHOTO}#top?x=1`, PHOTO],
    ['resolves dot segments', 'https://example.ma/a/./b/../c.jpg', 'https://example.ma/a/c.jpg'],
    ['resolves encoded dot segments', 'https://example.ma/a/%2e/b/.%2E/c.jpg', 'https://example.ma/a/c.jpg'],
    ['never leaves the root', 'https://example.ma/../../c.jpg', 'https://example.ma/c.jpg'],
    ['keeps dots that are no segments', 'https://example.ma/.../.a/b..', 'https://example.ma/.../.a/b..'],
    ['gives a bare host its slash', 'https://example.ma', 'https://example.ma/'],
    ['trims white space around', `\n\t ${PHOTO}\u00a0\r\n`, PHOTO],
    ['writes hex digits in upper case', 'https://example.ma/%c3%a9?q=%e2', 'https://example.ma/%C3%A9?q=%E2'],
    ['encodes what is not ASCII', 'https://example.ma/é?q=ع', 'https://example.ma/%C3%A9?q=%D8%B9'],
    [
      'makes a right-to-left override inert',
      'https://example.ma/\u202egpj',
      'https://example.ma/%E2%80%AEgpj',
    ],
    ['decodes unreserved characters', 'https://example.ma/%41%7e%2D?%5f=%39', 'https://example.ma/A~-?_=9'],
    ['decodes no reserved ones', 'https://example.ma/%2f%3F%23?a%3db', 'https://example.ma/%2F%3F%23?a%3Db'],
    ['decodes once only', 'https://example.ma/%2541', 'https://example.ma/%2541'],
    ['leaves a stray percent sign', 'https://example.ma/50%/%zz', 'https://example.ma/50%/%zz'],
    ['does not build a triplet from a stray one', 'https://e.ma/%%34%31/%4%31', 'https://e.ma/%%34%31/%4%31'],
    ['encodes a caret as newer engines do', 'https://example.ma/a^b?c^d', 'https://example.ma/a%5Eb?c^d'],
    ['resolves what Node 20 leaves', 'https://example.ma//.^/./b/../.', 'https://example.ma//.%5E/'],
    ['resolves it encoded', 'https://example.ma//.a/%2E/%2e./c/.', 'https://example.ma//c/'],
    ['reads back slashes as browsers do', 'https:\\\\example.ma\\a\\b', 'https://example.ma/a/b'],
    ['writes an IPv4 address one way', 'http://0x7f.1/p', 'http://127.0.0.1/p'],
    ['writes an IPv6 address one way', 'http://[0:0::1]:8080/p', 'http://[::1]:8080/p'],
  ])('%s', (_, input, expected) => {
    expect(spelling(input)).toBe(expected);
  });

  it.each(
    [
      'utm_source utm_medium utm_campaign utm_whatever utm_ fbclid gclid dclid gbraid wbraid msclkid',
      'mc_cid mc_eid igshid twclid yclid _hsenc _hsmi',
    ].flatMap((names) => names.split(' ')),
  )('drops the tracking parameter %s wherever it stands', (name) => {
    expect(spelling(`${PHOTO}?${name}=1`)).toBe(PHOTO);
    expect(spelling(`${PHOTO}?${name}`)).toBe(PHOTO);
    expect(spelling(`${PHOTO}?${name}=1&id=1`)).toBe(`${PHOTO}?id=1`);
    expect(spelling(`${PHOTO}?id=1&${name}=1&w=2`)).toBe(`${PHOTO}?id=1&w=2`);
    expect(spelling(`${PHOTO}?id=1&${name}=a=b`)).toBe(`${PHOTO}?id=1`);
  });

  it('drops a tracking parameter whose name is needlessly encoded', () => {
    expect(spelling(`${PHOTO}?utm%5fsource=x`)).toBe(PHOTO);
  });

  it.each([
    'https://cdn.example.ma/p.jpg?b=2&a=1&b=2',
    'https://cdn.example.ma/p.jpg?q=a+b%20c&empty=&bare&&x',
    'https://cdn.example.ma/p.jpg?UTM_source=1&xfbclid=1&gclids=1&utm=1&my_utm_source=1',
    'https://cdn.example.ma/p.jpg?next=/x?utm_source=1',
    'https://cdn.example.ma/p.jpg?a[]=1&b={x}|y',
    'https://www.example.ma/a/',
    'https://www.example.ma/a//b',
    'https://example.ma/a',
    'http://example.ma/a',
  ])('keeps %s byte for byte', (url) => {
    expect(spelling(url)).toBe(url);
  });

  it('drops the question mark of an empty query', () => {
    expect(spelling(`${PHOTO}?`)).toBe(PHOTO);
    expect(spelling(`${PHOTO}?#`)).toBe(PHOTO);
    expect(spelling(`${PHOTO}?&utm_id=1`)).toBe(PHOTO);
  });

  it('keeps ?id=1 and ?id=2 two images', () => {
    expect(spelling(`${PHOTO}?id=1`)).not.toBe(spelling(`${PHOTO}?id=2`));
  });

  it('tells the host with its port, as the address has it', () => {
    expect(canonicalUrl('https://A.example.ma:8443/p')).toMatchObject({ host: 'a.example.ma:8443' });
    expect(canonicalUrl('https://a.example.ma:443/p')).toMatchObject({ host: 'a.example.ma' });
    expect(canonicalUrl('http://[::1]:80/p')).toMatchObject({ host: '[::1]' });
  });
});

describe('what is no address of an image', () => {
  const refusals: [UrlProblem, string[]][] = [
    [
      'not-a-url',
      ['', ' ', 'photo.jpg', '/photo.jpg', '//cdn.example.ma/p.jpg', 'www.example.ma/p.jpg', '://x'],
    ],
    [
      'scheme',
      ['ftp://example.ma/p', 'data:image/png;base64,AA', 'javascript:alert(1)', 'blob:https://e.ma/1'],
    ],
    ['credentials', ['https://u@example.ma/', 'https://u:p@example.ma/', 'https://:p@example.ma/']],
    [
      'host',
      [
        'https://',
        'https:///',
        'https://?x',
        'https://./p',
        'https://a..ma/p',
        'https://example.ma../p',
        'https://a%2e.ma/p',
        'https://1.2.3.4.5/p',
        'https://example.ma:99999/p',
        'https://ex!ample.ma/p',
        'https://xn--/p',
        'https://[::1/p',
      ],
    ],
    [
      'control-character',
      [
        'https://example.ma/a\u0000b',
        '\u0000https://example.ma/ab',
        'https://exam\tple.ma/ab',
        'https://example.ma/a\nb',
        'https://example.ma/a\u007fb',
        'https://example.ma/a\u0085b',
        'https://example.ma/a\ud800b',
        'https://example.ma/a?\udc00',
      ],
    ],
    [
      'too-long',
      [
        `https://example.ma/${'a'.repeat(MAX_URL_LENGTH)}`,
        `https://example.ma/${'é'.repeat(MAX_URL_LENGTH / 4)}`,
        `https://example.ma/#${'a'.repeat(MAX_URL_LENGTH)}`,
      ],
    ],
  ];

  it.each(refusals.flatMap(([problem, inputs]) => inputs.map((input) => [problem, input] as const)))(
    'says %s of %j',
    (problem, input) => {
      expect(canonicalUrl(input)).toEqual({ ok: false, problem });
    },
  );

  it('takes exactly as many characters as it says', () => {
    const longest = `${PHOTO}?${'a'.repeat(MAX_URL_LENGTH - PHOTO.length - 1)}`;
    expect(spelling(longest)).toBe(longest);
    expect(spelling(`  ${longest}  `)).toBe(longest);
    expect(canonicalUrl(`${longest}a`)).toEqual({ ok: false, problem: 'too-long' });
  });

  it('has a sentence of its own for each problem', () => {
    const sentences = refusals.map(([problem]) => describeUrlProblem(problem));
    expect(new Set(sentences).size).toBe(refusals.length);
    for (const sentence of sentences) expect(sentence).toMatch(/^(This|The) .+\.$/);
  });
});

describe('for every address', () => {
  const piece = fc.constantFrom(
    ...'/ // . .. %2e %2E %41 %7E %c3 %C3 %A9 %% %4 % %zz %25 %5F _ a B 9 é ^ | + ~ \' " { \\ : ; @ ! * ( , =',
    ...[
      '%20',
      '%00',
      '%5F',
      'utm_x',
      'utm_',
      'fbclid',
      '_hsmi',
      'gclid=1',
      '&',
      '?',
      '#',
      '=',
      'id=1',
      'xn--',
      ' ',
    ],
  );
  const authority = fc.constantFrom(
    ...[
      'www.example.ma',
      'WWW.example.ma',
      'example.ma.',
      'a.b',
      'localhost',
      '127.0.0.1',
      '127.1',
      '1.2',
      '[::1]',
    ],
    ...[
      'xn--lan-9la.ma',
      'xn--a.ma',
      'a.xn--b',
      'é.ma',
      'a_b.ma',
      '-a.ma',
      'a..ma',
      'example.ma:80',
      'example.ma:443',
    ],
    ...['example.ma:8080', 'u@example.ma', '', 'a--b.ma', 'ab--c.ma', '0x7f.a', 'a.0x7'],
  );
  const nearlyCanonical = fc
    .tuple(
      fc.constantFrom('http://', 'https://', 'HTTP://', 'https:'),
      authority,
      fc.array(piece, { maxLength: 12 }),
    )
    .map(([scheme, host, rest]) => `${scheme}${host}/${rest.join('')}`);
  const any = fc.oneof(
    nearlyCanonical,
    fc.webUrl({ withQueryParameters: true, withFragments: true }),
    fc.string(),
  );

  it('gives on the short way what the rules give', () => {
    fc.assert(
      fc.property(any, (input) => {
        expect(canonicalUrl(input)).toEqual(canonicalUrlByTheRules(input));
      }),
      { numRuns: 5000 },
    );
  });

  it('leaves a canonical address as it is', () => {
    fc.assert(
      fc.property(any, (input) => {
        const once = canonicalUrlByTheRules(input);
        fc.pre(once.ok);
        expect(canonicalUrl(once.url)).toEqual(once);
        expect(canonicalUrlByTheRules(once.url)).toEqual(once);
      }),
      { numRuns: 5000 },
    );
  });

  it('gives what every URL parser reads back unchanged', () => {
    fc.assert(
      fc.property(any, (input) => {
        const result = canonicalUrl(input);
        fc.pre(result.ok);
        expect(new URL(result.url).href).toBe(result.url);
        expect(new URL(result.url).host).toBe(result.host);
      }),
      { numRuns: 5000 },
    );
  });

  it('does not care for white space around, nor for the fragment', () => {
    fc.assert(
      fc.property(nearlyCanonical, fc.webFragments(), (input, fragment) => {
        const result = canonicalUrl(input);
        fc.pre(result.ok);
        expect(canonicalUrl(` ${result.url}#${fragment}\n`)).toEqual(result);
      }),
    );
  });
});
