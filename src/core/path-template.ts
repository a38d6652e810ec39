/**
 * A site's own pattern for what is no part of a picture's address, such as `/resize/{digits}x{digits?}/`. Not a regular
 * expression: each placeholder takes all that it can and never gives any back, so one look at a place costs no more than
 * the template has parts, and a path of n characters n times that, whatever anybody writes.
 */
export interface PathTemplate {
  readonly text: string;
  /** `segments`: stands for whole path segments. `part`: for a part of one. */
  readonly kind: 'segments' | 'part';
  readonly tokens: readonly Token[];
}

type Placeholder = 'digits' | 'word' | 'any';
type Token =
  { readonly literal: string } | { readonly placeholder: Placeholder; readonly mayBeEmpty: boolean };

export const LONGEST_TEMPLATE = 100;
/** Each is one more thing that is tried at every place of a path. */
const MOST_PLACEHOLDERS = 4;

/** What a path may hold as it stands (RFC 3986, 3.3), encoded characters included. */
const LITERAL = /^[A-Za-z0-9\-._~!$&'()*+,;=:@/%]+$/;
const TOKEN = /\{(digits|word|any)(\?)?\}|[^{}]+|[{}]/g;

/** The template that a text means, or a sentence that says why it is none. */
export function parseTemplate(text: string): PathTemplate | string {
  if (text === '') return 'Must not be empty.';
  if (text.length > LONGEST_TEMPLATE) return `Must be at most ${LONGEST_TEMPLATE} characters.`;
  const tokens: Token[] = [];
  for (const [piece, name, mayBeEmpty] of text.matchAll(TOKEN)) {
    if (name === 'digits' || name === 'word' || name === 'any') {
      if (isPlaceholder(tokens.at(-1))) return 'Two placeholders need a character between them.';
      tokens.push({ placeholder: name, mayBeEmpty: mayBeEmpty !== undefined });
    } else if (piece === '{' || piece === '}') {
      return 'Knows {digits}, {word} and {any}, each also with a question mark, as in {digits?}; no other braces.';
    } else if (!LITERAL.test(piece)) {
      return 'Holds a character that no path holds as it is: percent-encode it, and leave out ? and #.';
    } else tokens.push({ literal: piece });
  }
  if (tokens.filter(isPlaceholder).length > MOST_PLACEHOLDERS)
    return `Must hold at most ${MOST_PLACEHOLDERS} placeholders.`;
  return problemOf(text, tokens) ?? { text, kind: text.startsWith('/') ? 'segments' : 'part', tokens };
}

function problemOf(text: string, tokens: readonly Token[]): string | undefined {
  const literals = tokens.flatMap((token) => ('literal' in token ? [token.literal] : [])).join('');
  if (literals.replaceAll('/', '') === '')
    return 'Must say more than placeholders and slashes, or it would take out everything.';
  if (!text.startsWith('/') && literals.includes('/'))
    return 'Must begin with a slash where it holds one: it stands for whole segments, or for a part of one.';
  if (text.includes('//')) return 'Must not hold two slashes in a row.';
  for (const [index, token] of tokens.entries()) {
    const next = tokens[index + 1];
    if (next === undefined || !('placeholder' in token) || !('literal' in next)) continue;
    const first = next.literal.charAt(0);
    if (takes(token.placeholder, first.charCodeAt(0)))
      return `{${token.placeholder}} takes all that it can, so "${first}" can never follow it.`;
  }
  return undefined;
}

/**
 * The path without what the template stands for, everywhere in it; the path itself where that is nowhere, or where nothing
 * would be left.
 */
export function removeTemplate(path: string, template: PathTemplate): string {
  const mayMatch = template.tokens.every((token) => !('literal' in token) || path.includes(token.literal));
  if (!mayMatch) return path;
  const ends = runEnds(path);
  let kept = '';
  let from = 0;
  for (let at = 0; at < path.length;) {
    const end = matchAt(path, at, template, ends);
    if (end <= at) {
      at += 1;
      continue;
    }
    kept += path.slice(from, at);
    // `/resize/300x/` gives its last slash back to the rest.
    from = template.kind === 'segments' && path.charAt(end - 1) === '/' ? end - 1 : end;
    at = Math.max(from, at + 1);
  }
  if (from === 0 && kept === '') return path;
  const rest = kept + path.slice(from);
  return rest === '' || rest === '/' ? path : rest;
}

/** Where a match that begins at `at` ends; -1 for none. */
function matchAt(path: string, at: number, { kind, tokens }: PathTemplate, ends: RunEnds): number {
  const [first] = tokens;
  if (isPlaceholder(first) && at > 0 && takes(first.placeholder, path.charCodeAt(at - 1))) return -1;
  let end = at;
  for (const token of tokens) {
    if ('literal' in token) {
      if (!path.startsWith(token.literal, end)) return -1;
      end += token.literal.length;
      continue;
    }
    const next = ends[token.placeholder][end] ?? end;
    if (next === end && !token.mayBeEmpty) return -1;
    end = next;
  }
  const isWhole = kind === 'part' || end === path.length || path.charAt(end) === '/';
  return isWhole || path.charAt(end - 1) === '/' ? end : -1;
}

/** For each place in a path: where the run ends that a placeholder would take from there. */
type RunEnds = Readonly<Record<Placeholder, Uint16Array>>;

function runEnds(path: string): RunEnds {
  const ends = {
    digits: new Uint16Array(path.length + 1),
    word: new Uint16Array(path.length + 1),
    any: new Uint16Array(path.length + 1),
  };
  for (const [name, run] of [
    ['digits', ends.digits],
    ['word', ends.word],
    ['any', ends.any],
  ] as const) {
    let end = path.length;
    run[end] = end;
    for (let at = path.length - 1; at >= 0; at -= 1) {
      if (!takes(name, path.charCodeAt(at))) end = at;
      run[at] = end;
    }
  }
  return ends;
}

function takes(placeholder: Placeholder, code: number): boolean {
  switch (placeholder) {
    case 'digits':
      return isDigit(code);
    case 'word':
      return isDigit(code) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;
    case 'any':
      return code !== 47;
  }
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

const isPlaceholder = (token: Token | undefined): token is Extract<Token, { placeholder: string }> =>
  token !== undefined && 'placeholder' in token;
