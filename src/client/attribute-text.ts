const NAMED = new Map(
  Object.entries({
    ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", sol: '/', colon: ':', period: '.', quest: '?' },
    ...{
      equals: '=',
      num: '#',
      percnt: '%',
      lowbar: '_',
      comma: ',',
      nbsp: '\u00a0',
      Tab: '\t',
      NewLine: '\n',
    },
  }),
);

/** The value of an attribute as a browser reads it: character references that addresses are written with are resolved. */
export function readReferences(value: string): string {
  if (!value.includes('&')) return value;
  return value.replace(
    /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]{2,8}));?/g,
    (whole: string, ...found: unknown[]) => {
      const [decimal, hex, name] = found as (string | undefined)[];
      if (name !== undefined) {
        // Without its semicolon "&amp" counts, but not before "=" or a letter: there it is a parameter.
        return whole.endsWith(';') || name === 'amp' ? (NAMED.get(name) ?? whole) : whole;
      }
      const code = decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}

/** The addresses of a `srcset`. Source: https://html.spec.whatwg.org/multipage/images.html#parse-a-srcset-attribute. */
export function addressesOfSrcset(srcset: string): string[] {
  const found: string[] = [];
  let at = 0;
  while (at < srcset.length) {
    while (at < srcset.length && /[\s,]/.test(srcset.charAt(at))) at += 1;
    const start = at;
    while (at < srcset.length && !/\s/.test(srcset.charAt(at))) at += 1;
    const word = srcset.slice(start, at);
    let end = word.length;
    while (end > 0 && word.charAt(end - 1) === ',') end -= 1;
    if (end > 0) found.push(word.slice(0, end));
    // Behind an address with a comma comes the next one, else its descriptors, up to a comma outside of brackets.
    if (end < word.length) continue;
    for (let depth = 0; at < srcset.length; at += 1) {
      const character = srcset.charAt(at);
      if (character === '(') depth += 1;
      else if (character === ')') depth = 0;
      else if (character === ',' && depth === 0) break;
    }
  }
  return found;
}
