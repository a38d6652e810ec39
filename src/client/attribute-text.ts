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

/** A character reference in a value, and what it stands for. */
interface Reference {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The character references in the value of an attribute that addresses are written with; others stand as they are. */
function* referencesIn(value: string): Generator<Reference> {
  const references = /&(?:#(\d+)|#[xX]([0-9a-fA-F]+)|([a-zA-Z][a-zA-Z0-9]*));?/g;
  for (const match of value.matchAll(references)) {
    const [whole] = match;
    const [, decimal, hex, name] = match as readonly Part[];
    const end = match.index + whole.length;
    const text =
      name === undefined ? characterOf(decimal, hex) : namedCharacter(name, whole, value.charAt(end));
    if (text !== undefined) yield { start: match.index, end, text };
  }
}

type Part = string | undefined;

function namedCharacter(name: string, whole: string, next: string): string | undefined {
  if (whole.endsWith(';')) return NAMED.get(name);
  // Before "=", as before a letter, it is a parameter.
  return next === '=' ? undefined : WITHOUT_SEMICOLON.get(name);
}

function characterOf(decimal: Part, hex: Part): string | undefined {
  const code = decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal);
  if (code >= 0x80 && code < 0xa0) return OF_WINDOWS.charAt(code - 0x80);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

/** The value of an attribute as a browser reads it: character references that addresses are written with are resolved. */
export const readReferences = (value: string): string =>
  value.includes('&') ? readPlaces(value).text : value;

/** What a browser reads in the value of an attribute, and where in the value that is written. */
export interface ReadValue {
  readonly text: string;
  /** Where in the value what stands at `at` in the text begins. */
  readonly placeOf: (at: number) => number;
}

export function readPlaces(value: string): ReadValue {
  let text = '';
  let copied = 0;
  /** Behind each reference: where in the text that is, and where in the value. */
  const behind = [{ read: 0, written: 0 }];
  for (const reference of referencesIn(value)) {
    text += value.slice(copied, reference.start) + reference.text;
    copied = reference.end;
    behind.push({ read: text.length, written: copied });
  }
  text += value.slice(copied);
  return {
    text,
    placeOf: (at) => {
      let low = 0;
      let high = behind.length - 1;
      while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if ((behind[middle]?.read ?? 0) <= at) low = middle;
        else high = middle - 1;
      }
      const { read, written } = behind[low] ?? { read: 0, written: 0 };
      return written + at - read;
    },
  };
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
