import fc from 'fast-check';
import { canonicalUrl } from '../../src/core/canonical-url.js';
import { filterHtml, type FilterOptions, PLACEHOLDER } from '../../src/client/index.js';

const BAD = 'https://cdn.example.ma/bad.jpg';
const GOOD = 'https://cdn.example.ma/good.jpg';

const client = {
  isBlocked: (image: string | { url?: string | undefined; id?: string | undefined }): boolean => {
    if (typeof image !== 'string') return image.id === 'photo-1';
    const canonical = canonicalUrl(image);
    return canonical.ok && canonical.url === BAD;
  },
};
const canonical = (image: unknown): string | undefined => {
  const read = canonicalUrl(String(image));
  return read.ok ? read.url : undefined;
};
const filter = (html: string, options: FilterOptions = {}): string =>
  filterHtml(html, client, { placeholder: 'P', className: 'B', ...options });

describe('filterHtml', () => {
  it.each([
    ['an image', `<img src="${BAD}">`, '<img class="B" src="P">'],
    ['single quotes', `<img src='${BAD}' alt='x'>`, `<img class="B" src="P" alt='x'>`],
    ['no quotes', `<img src=${BAD} alt=x>`, '<img class="B" src="P" alt=x>'],
    ['any case', `<IMG SRC="${BAD}">`, '<IMG class="B" src="P">'],
    ['XHTML', `<img src="${BAD}"/>`, '<img class="B" src="P"/>'],
    ['white space', `<img\n src = " ${BAD} "\n>`, '<img class="B"\n src="P"\n>'],
    [
      'entities',
      `<img src="https&#58;//cdn.example.ma/bad.jpg?utm_source=1&amp;fbclid=2">`,
      '<img class="B" src="P">',
    ],
    ['a class of its own', `<img class="wide" src="${BAD}">`, '<img class="wide B" src="P">'],
    [
      'width, height and style, which stay',
      `<img width="640" height=360 src="${BAD}" style="max-width:100%">`,
      '<img class="B" width="640" height=360 src="P" style="max-width:100%">',
    ],
    ['srcset', `<img src="${GOOD}" srcset="${GOOD} 1x, ${BAD} 2x">`, '<img class="B" src="P" srcset="P">'],
    ['srcset without spaces', `<img srcset="${GOOD}, ${BAD}">`, '<img class="B" srcset="P">'],
    ['late images', `<img src="spinner.gif" data-src="${BAD}">`, '<img class="B" src="P" data-src="P">'],
    [
      'ids of the site',
      `<img data-image-id="photo-1" src="x.jpg">`,
      '<img class="B" data-image-id="photo-1" src="P">',
    ],
    [
      'a picture whose source is blocked',
      `<picture><source srcset="${BAD}"><source srcset="a.webp"><img src="${GOOD}"></picture>`,
      '<picture><source srcset="P"><source srcset="P"><img class="B" src="P"></picture>',
    ],
    [
      'a picture whose image is blocked',
      `<picture><source srcset="a.webp 1x"><img src="${BAD}"></picture><img src="${GOOD}">`,
      `<picture><source srcset="P"><img class="B" src="P"></picture><img src="${GOOD}">`,
    ],
    [
      'a second image in a picture',
      `<picture><img src="${GOOD}"><img src="${BAD}"></picture>`,
      `<picture><img src="${GOOD}"><img class="B" src="P"></picture>`,
    ],
    [
      'an image in noscript',
      `<noscript><img src="${BAD}"></noscript>`,
      '<noscript><img class="B" src="P"></noscript>',
    ],
    ['an image after an odd comment', `<!--><img src="${BAD}">`, '<!--><img class="B" src="P">'],
    [
      'an image after "--!>"',
      `<!-- x --!><img src="${BAD}"><!-- -->`,
      '<!-- x --!><img class="B" src="P"><!-- -->',
    ],
    [
      'an image after a script',
      `<script>"<img>"</script ><img src="${BAD}">`,
      '<script>"<img>"</script ><img class="B" src="P">',
    ],
    [
      'an image behind a drawing whose title is empty',
      `<svg><title/><style /><path d="M0"/></svg><img src="${BAD}">`,
      '<svg><title/><style /><path d="M0"/></svg><img class="B" src="P">',
    ],
    [
      'an image of a drawing',
      `<svg><image href="${BAD}" width="9"/><IMAGE xlink:href='${BAD}'></svg>`,
      '<svg><image class="B" href="P" width="9"/><IMAGE class="B" xlink:href="P"></svg>',
    ],
    [
      'an image in a shadow root that the page declares',
      `<x-card><template shadowrootmode="open"><img src="${BAD}"></template></x-card><img src="${BAD}">`,
      '<x-card><template shadowrootmode="open"><img class="B" src="P"></template></x-card><img class="B" src="P">',
    ],
    [
      'the second of two images in a picture, with its own source',
      `<picture><source srcset="a.webp"><img src="a.jpg"><source srcset="${BAD}"><img src="${GOOD}"></picture>`,
      '<picture><source srcset="a.webp"><img src="a.jpg"><source srcset="P"><img class="B" src="P"></picture>',
    ],
  ])('replaces %s', (_, html, expected) => {
    expect(filter(`<p>é</p>${html}<p>`)).toBe(`<p>é</p>${expected}<p>`);
  });

  it.each([
    ['images that are not blocked', `<img src="${GOOD}">`],
    ['comments', `<!-- <img src="${BAD}"> -->`],
    ['scripts', `<script>const x = '<img src="${BAD}">';</script>`],
    ['styles', `<style>/* <img src="${BAD}"> */</style>`],
    ['text areas', `<textarea><img src="${BAD}"></textarea>`],
    [
      'titles that look like empty ones',
      `<title/><img src="${BAD}"></title><svg><title x=a/><img src="${BAD}"></title>`,
    ],
    [
      'templates in a shadow root',
      `<template shadowrootmode=open><template><img src="${BAD}"></template></template>`,
    ],
    ['templates', `<template><img src="${BAD}"><template></template><img src="${BAD}"></template>`],
    ['other attributes', `<img alt="${BAD}" title='<img src="${BAD}">' src=${GOOD}>`],
    ['links', `<a href="${BAD}">x</a>`],
    ['a tag that never ends', `<img src="${BAD}"`],
    ['a quote that never ends', `<img src="${BAD}>`],
    ['relative addresses without a base', `<img src="/bad.jpg">`],
    ['data addresses', '<img src="data:image/png;base64,AA">'],
    ['text', 'a < b <3 </ > <> <! > <?php ?>'],
  ])('leaves %s alone', (_, html) => {
    expect(filter(html)).toBe(html);
  });

  it.each([
    [
      'a second image in a picture',
      '<picture><source srcset="/blocked-1.jpg"><img src="/1.jpg"><img src="/blocked-2.jpg"></picture>end',
    ],
    [
      'an image behind a picture that never ends',
      '<picture><source srcset="/blocked-1.jpg"><img src="/1.jpg"><p>one</p><img src="/blocked-2.jpg"><p>two</p>',
    ],
    [
      'an input in a picture',
      '<picture><img src="/blocked-1.jpg"><input type="image" src="/blocked-2.jpg"></picture>end',
    ],
    [
      'an input before the image of a picture',
      '<picture><source srcset="/blocked-1.jpg"><input type="image" src="/blocked-2.jpg"><img src="/1.jpg"></picture>end',
    ],
  ])('replaces %s once, beside a picture that is blocked', (_, html) => {
    const byAddress = {
      isBlocked: (image: unknown): boolean => typeof image === 'string' && image.includes('blocked'),
    };
    const filtered = filterHtml(html, byAddress, { base: 'https://www.example.ma/', placeholder: 'P' });
    const withoutTags = (text: string): string => text.replaceAll(/<[^>]*>/g, '|');
    expect(filtered).not.toContain('blocked-');
    expect(withoutTags(filtered)).toBe(withoutTags(html));
  });

  it.each([
    ['<!-- --!>1<!-- -->2', '12'],
    ['<!-- -->1<!-- --!>2', '12'],
    ['<!-- 1 --! > 2 -- > 3 -->4', '4'],
    ['<!-->1<!--->2<!---->3<!----!>4', '1234'],
    ['<!---!>1-->2', '2'],
    ['<!-- 1 --!-->2', '2'],
    ['<!-- 1 -----!>2', '2'],
    ['<!-- --!>1<!-- 2', '1'],
  ])('ends the comments of %j where browsers do', (html, shown) => {
    const page = html.replaceAll(/\d/g, (digit) => `<img id=${digit} src=${BAD}>`);
    const replaced = [...filter(page).matchAll(/class="B" id=(\d)/g)].map(([, digit]) => digit);
    expect(replaced.join('')).toBe(shown);
  });

  it.each([
    '<!-- --!>',
    '<!-- -->',
    '<!-- --!><!-- -->',
    '<!--',
    '<!-->',
    '</ ',
    '</ >',
    '<script></',
    '<a b="',
    '<![CDATA[',
  ])('searches a page of nothing but %j once for what ends', (text) => {
    const html = text.repeat(2000);
    let passed = 0;
    const indexOf = Reflect.get(String.prototype, 'indexOf');
    const exec = Reflect.get(RegExp.prototype, 'exec');
    const inText = jest.spyOn(String.prototype, 'indexOf').mockImplementation(function (
      this: string,
      what,
      from = 0,
    ) {
      const found = indexOf.call(this, what, from);
      passed += (found < 0 ? this.length : found) - from;
      return found;
    });
    const byPattern = jest.spyOn(RegExp.prototype, 'exec').mockImplementation(function (
      this: RegExp,
      within,
    ) {
      const from = this.lastIndex;
      const found = exec.call(this, within);
      passed += (found?.index ?? within.length) - from;
      return found;
    });
    try {
      filter(html);
    } finally {
      inText.mockRestore();
      byPattern.mockRestore();
    }
    expect(passed).toBeLessThanOrEqual(2 * html.length);
  });

  it('resolves relative addresses against the base, and against that of the page', () => {
    const base = 'https://cdn.example.ma/articles/1';
    expect(filter('<img src="../bad.jpg">', { base })).toContain('src="P"');
    expect(filter('<img src="//cdn.example.ma/bad.jpg">', { base })).toContain('src="P"');
    expect(filter('<base href="/x/"><img src="bad.jpg">', { base })).not.toContain('src="P"');
    expect(filter('<base href="/"><base href="/x/"><img src="bad.jpg">', { base })).toContain('src="P"');
  });

  it('finds the attribute of ids in any case: pages have none', () => {
    expect(filter('<img data-photoId="photo-1" src="x.jpg">', { idAttribute: 'data-photoId' })).toContain(
      'src="P"',
    );
  });

  it.each([
    ['&eacute;t&eacute;-&agrave;-No&euml;l.jpg', 'été-à-Noël.jpg'],
    ['caf&eacute &ccedil.jpg', 'café ç.jpg'],
    ['l&rsquo;&OElig;uvre&hellip;.jpg', 'l’Œuvre….jpg'],
    ['l&#146;&#x9c;uvre.jpg', 'l’œuvre.jpg'],
    ['a&lpar;1&rpar;&plus;&commat;&excl;.jpg', 'a(1)+@!.jpg'],
    ['a&#0000000000101;.jpg', 'ae.jpg'],
    ['?a=1&amp;b=2&copy;right', '?a=1&b=2©right'],
    ['?a&amp=1&copy=2&amp2&eacutex', '?a&amp=1&copy=2&amp2&eacutex'],
    ['?a&amp&b', '?a&&b'],
    ['&unknown;&é;&;', '&unknown;&é;&;'],
  ])('reads the character references of %s as browsers do', (written, meant) => {
    const address = `https://cdn.example.ma/${meant}`;
    const only = { isBlocked: (image: unknown): boolean => canonical(image) === canonical(address) };
    expect(filterHtml(`<img src="https://cdn.example.ma/${written}">`, only)).toContain('vigie-blocked');
  });

  it.each([
    ['of a photo whose name has a narrow space', 'srcset', 'https://cdn.example.ma/10.00\u202fAM.jpg 2x'],
    ['that ends with a space that does not break', 'src', 'https://cdn.example.ma/10.00.jpg\u00a0'],
    ['with a line break', 'src', 'https://cdn.example.ma/\n10.00.jpg'],
    ['with one slash', 'src', 'https:/10.00.jpg'],
    ['with slashes the other way', 'src', 'https:\\\\cdn.example.ma\\10.00.jpg'],
    ['without slashes', 'src', 'https:10.00.jpg'],
    ['behind a control character', 'src', '\u0001https://cdn.example.ma/10.00.jpg'],
  ])('finds an address %s where browsers load it from', (_, name, value) => {
    const base = 'https://cdn.example.ma/';
    const loaded = new URL(value.replace(/ 2x$/, ''), base).href;
    const only = { isBlocked: (image: unknown): boolean => canonical(image) === canonical(loaded) };
    expect(filterHtml(`<img ${name}="${value}">`, only, { base })).toContain('vigie-blocked');
  });

  describe('pages in frames', () => {
    const inAttribute = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
    const frame = (html: string): string => `<iframe srcdoc="${inAttribute(html)}"></iframe>`;
    /** What a browser shows in the frames of a page; what stands there has no other references than these. */
    const shownIn = (html: string): string[] =>
      [...html.matchAll(/<iframe srcdoc=("[^"]*"|'[^']*'|[^\s>]*)/g)].map(([, value = '']) =>
        value
          .replace(/^["']|["']$/g, '')
          .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
          .replaceAll('&quot;', '"')
          .replaceAll('&lt;', '<')
          .replaceAll('&gt;', '>')
          .replaceAll('&amp;', '&'),
      );

    it.each([
      ['double quotes', `<iframe srcdoc="&lt;p>Fès &amp;amp; co<img src='${BAD}'>&eacute;"></iframe>`],
      ['single quotes', `<iframe srcdoc='<p>Fès &amp;amp; co<img src="${BAD}">&eacute;'></iframe>`],
      ['no quotes', `<iframe srcdoc=<p&gt;Fès&#32;&amp;amp;&#32;co<img/src=${BAD}&gt;&eacute;></iframe>`],
    ])('replaces the blocked images in them, and nothing else, within %s', (_, html) => {
      const filtered = filter(html);
      const [shown] = shownIn(filtered);
      expect(shown).toMatch(/^<p>Fès &amp; co<img class="B"[ /]src="P">&eacute;$/);
      const [before = ''] = html.split('<img');
      expect(filtered.startsWith(before)).toBe(true);
      expect(filtered.endsWith(html.slice(html.indexOf('&eacute;')))).toBe(true);
      expect(filter(filtered)).toBe(filtered);
    });

    it('leaves them alone without a blocked image, and is done with them where they end', () => {
      const html = `${frame(`<img src="${GOOD}">`)}<iframe srcdoc></iframe><iframe src="a"></iframe>`;
      expect(filter(`${html}<img src="${BAD}">`)).toBe(`${html}<img class="B" src="P">`);
    });

    it('resolves their addresses against the page that they stand in', () => {
      const html = `<base href="https://cdn.example.ma/a/">${frame('<img src="../bad.jpg">')}`;
      expect(shownIn(filter(html))).toEqual(['<img class="B" src="P">']);
      const own = frame('<base href="https://cdn.example.ma/"><img src="bad.jpg">');
      expect(shownIn(filter(`${own}<img src="bad.jpg">`, { base: 'https://www.example.ma/' }))).toEqual([
        '<base href="https://cdn.example.ma/"><img class="B" src="P">',
      ]);
    });

    it('finds them in each other, three deep', () => {
      const image = `<img src="${BAD}">`;
      const deep = (depth: number): string => (depth === 0 ? image : frame(deep(depth - 1)));
      const inside = (html: string, depth: number): string =>
        depth === 0 ? html : inside(shownIn(html)[0] ?? '', depth - 1);
      for (const depth of [1, 2, 3])
        expect(inside(filter(deep(depth)), depth)).toBe('<img class="B" src="P">');
      expect(filter(deep(4))).toBe(deep(4));
    });
  });

  it('does not take a base for one that browsers do not', () => {
    const base = 'https://cdn.example.ma/articles/1';
    expect(filter('<base href="data:text/html,x"><img src="/bad.jpg">', { base })).toContain('src="P"');
  });

  it('takes time in proportion to the length of a page with a long base and many images', () => {
    const time = (length: number, base: string): number => {
      const html = `<base href="https://a.example.ma/${base.repeat(length / 2 / base.length)}">`;
      const start = process.cpuUsage().user;
      filter(html + '<img src=b.jpg>'.repeat(length / 30));
      return process.cpuUsage().user - start;
    };
    for (const base of ['x', 'x/', '?x', '#x']) {
      time(20_000, base);
      expect(time(800_000, base)).toBeLessThan(Math.max(time(50_000, base), 20_000) * 64);
    }
  });

  it('has a placeholder that fits into every attribute', () => {
    expect(filterHtml(`<img srcset="${BAD} 2x">`, client)).toBe(
      `<img class="vigie-blocked" srcset="${PLACEHOLDER}">`,
    );
    expect(PLACEHOLDER).toMatch(/^data:image\/svg\+xml,[^\s"<>]+[^\s"<>,]$/);
  });

  const piece = fc.constantFrom(
    ...[
      '<',
      '>',
      '</',
      '<!--',
      '-->',
      '--!>',
      '"',
      "'",
      '=',
      ' ',
      '/',
      '\n',
      '&',
      '&amp;',
      '\0',
      'é',
      '<!',
      '<?',
    ],
    ...[
      '<img ',
      '<img',
      'src=',
      'srcset="',
      'data-src=',
      'class=',
      GOOD,
      '1x, ',
      '<picture>',
      '<source ',
      '</picture>',
    ],
    ...[
      '<script>',
      '</script>',
      '<style>',
      '</style>',
      '<textarea>',
      '<template>',
      '</template>',
      '<base href="/">',
    ],
  );
  const page = (pieces: fc.Arbitrary<string>): fc.Arbitrary<string> =>
    fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join(''));

  it('changes nothing of a page without blocked images, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(page(piece), fc.string()), (html) => {
        expect(filter(html, { base: 'https://www.example.ma/' })).toBe(html);
      }),
      { numRuns: 3000 },
    );
  });

  it('changes only the tags of blocked images, and leaves none of them, in any surroundings', () => {
    const text = fc.array(
      fc.constantFrom('<p>', '</p>', 'x', ' ', '<!-- c -->', '<br/>', `<img src="${GOOD}">`),
      { maxLength: 8 },
    );
    const blocked = fc.constantFrom(
      `<img src="${BAD}">`,
      `<img alt='>' src=${BAD}>`,
      `<img srcset="${BAD} 2x">`,
    );
    const part = fc.tuple(
      text.map((parts) => parts.join('')),
      blocked,
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 5 }), (parts) => {
        const once = filter(parts.flat().join(''));
        expect(once.replace(/<img class="B"[^P]*"P">/g, '#')).toBe(
          parts.map(([before]) => `${before}#`).join(''),
        );
        expect(filter(once)).toBe(once);
      }),
    );
  });

  it('never throws on hostile pages', () => {
    fc.assert(
      fc.property(page(fc.oneof(piece, fc.constant(BAD), fc.string({ maxLength: 3 }))), (html) => {
        expect(typeof filter(html)).toBe('string');
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    '<',
    '<!--',
    '<!-- -->',
    '</',
    '<img ',
    '<img src="',
    '<img srcset="a,(',
    '<script>',
    '<script></',
    '<a ',
    '&#',
    '<picture>',
    '<iframe srcdoc="&lt;img>">',
    '<iframe srcdoc=',
    '&quot;<iframe srcdoc="',
  ])('takes time in proportion to the length of a page of nothing but %j', (text) => {
    const time = (length: number): number => {
      const html = text.repeat(Math.ceil(length / text.length));
      const start = process.cpuUsage().user;
      filter(html);
      return process.cpuUsage().user - start;
    };
    time(20_000);
    // Sixteen times the length: 256 times the time, if it were quadratic. The floor keeps out the clock's grain.
    expect(time(1_600_000)).toBeLessThan(Math.max(time(100_000), 20_000) * 64);
  });
});
