/** From U+00A0 on, in order. These, and some others, count without their semicolon, too. */
const LATIN =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para ' +
  'middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave ' +
  'Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc ' +
  'Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc ' +
  'iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml';

const WITHOUT_SEMICOLON = new Map([
  ...LATIN.split(' ').map((name, index) => [name, String.fromCharCode(0xa0 + index)] as const),
  ...Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', AMP: '&', LT: '<', GT: '>', QUOT: '"' }),
]);

/** Those that programs write into addresses, of the names that there are. */
const NAMED = new Map([
  ...WITHOUT_SEMICOLON,
  ...Object.entries({
    ...{ apos: "'", sol: '/', colon: ':', period: '.', quest: '?', equals: '=', num: '#', percnt: '%' },
    ...{ lowbar: '_', comma: ',', Tab: '\t', NewLine: '\n', excl: '!', dollar: '$', lpar: '(', rpar: ')' },
    ...{ ast: '*', plus: '+', semi: ';', commat: '@', lsqb: '[', lbrack: '[', bsol: '\\', rsqb: ']' },
    ...{ rbrack: ']', Hat: '^', grave: '`', lcub: '{', lbrace: '{', verbar: '|', vert: '|', rcub: '}' },
    ...{ rbrace: '}', OElig: 'Œ', oelig: 'œ', Scaron: 'Š', scaron: 'š', Yuml: 'Ÿ', fnof: 'ƒ', circ: 'ˆ' },
    ...{ tilde: '˜', ndash: '–', mdash: '—', lsquo: '‘', rsquo: '’', sbquo: '‚', ldquo: '“', rdquo: '”' },
    ...{
      bdquo: '„',
      dagger: '†',
      Dagger: '‡',
      bull: '•',
      hellip: '…',
      permil: '‰',
      lsaquo: '‹',
      rsaquo: '›',
    },
    ...{ euro: '€', trade: '™' },
  }),
]);

/** What 128 to 159 stand for, which are no characters: those of Windows. */
const OF_WINDOWS = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

type Digits = string | undefined;

/** The value of an attribute as a browser reads it: character references that addresses are written with are resolved. */
export function readReferences(value: string): string {
  if (!value.includes('&')) return value;
  return value.replace(
    /&(?:#(\d+)|#[xX]([0-9a-fA-F]+)|([a-zA-Z][a-zA-Z0-9]*));?/g,
    (whole: string, decimal: Digits, hex: Digits, name: string | undefined, at: number) => {
      if (name !== undefined) {
        if (whole.endsWith(';')) return NAMED.get(name) ?? whole;
        // Before "=", as before a letter, it is a parameter.
        return value.charAt(at + whole.length) === '=' ? whole : (WITHOUT_SEMICOLON.get(name) ?? whole);
      }
      const code = decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal);
      if (code >= 0x80 && code < 0xa0) return OF_WINDOWS.charAt(code - 0x80);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}

/** The addresses of a `srcset`. Source: https://html.spec.whatwg.org/multipage/images.html#parse-a-srcset-attribute. */
export function addressesOfSrcset(srcset: string): string[] {
  const found: string[] = [];
  let at = 0;
  while (at < srcset.length) {
    while (at < srcset.length && ' ,\t\n\f\r'.includes(srcset.charAt(at))) at += 1;
    const start = at;
    while (at < srcset.length && !' \t\n\f\r'.includes(srcset.charAt(at))) at += 1;
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
