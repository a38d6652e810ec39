/** An attribute of a tag, by where it stands in the page. `value`: as written, without quotes; null when it has none. */
export interface Attribute {
  readonly name: string;
  readonly value: string | null;
  /** Behind the opening quote, where it has one. */
  readonly valueStart: number;
  /** From the first character of the name to behind the value or its closing quote. */
  readonly start: number;
  readonly end: number;
}

/** A start or end tag. `end`: behind its `>`. */
export interface Tag {
  readonly name: string;
  readonly closes: boolean;
  /** Whether it is written as one that has no end tag, which holds in drawings and formulas alone. */
  readonly isEmpty: boolean;
  readonly start: number;
  readonly end: number;
  readonly attributes: readonly Attribute[];
}

/** What is inside is text for browsers, whatever it looks like. */
const RAW = new Set([
  'script',
  'style',
  'textarea',
  'title',
  'xmp',
  'iframe',
  'noembed',
  'noframes',
  'plaintext',
]);

/** Within them `<title/>` and `<style/>`, which programs that draw write, are whole. */
const FOREIGN = new Set(['svg', 'math']);

/**
 * The tags of a page, in order, as the tokenizer of browsers finds them: comments, declarations and raw text are passed
 * over; a tag that never ends is none. Linear in the length of the page; never throws.
 * Source: https://html.spec.whatwg.org/multipage/parsing.html#tokenization.
 */
export function* tagsOf(html: string): Generator<Tag> {
  let at = 0;
  let foreign = 0;
  for (;;) {
    at = html.indexOf('<', at);
    if (at < 0 || at + 1 >= html.length) return;
    const next = html.charCodeAt(at + 1);
    if (next === 0x21 || next === 0x3f) {
      at = endOfComment(html, at);
      continue;
    }
    const closes = next === 0x2f;
    if (!isLetter(html.charCodeAt(at + (closes ? 2 : 1)))) {
      // "</" before anything else begins a comment that ends at the next ">".
      at = closes && at + 2 < html.length ? after(html, '>', at) : at + 1;
      continue;
    }
    const tag = readTag(html, at, closes);
    if (tag === null) return;
    yield tag;
    if (FOREIGN.has(tag.name) && !tag.isEmpty) foreign = Math.max(0, foreign + (closes ? -1 : 1));
    const isWhole = closes || (foreign > 0 && tag.isEmpty);
    at = !isWhole && RAW.has(tag.name) ? endOfRaw(html, tag) : tag.end;
  }
}

function readTag(html: string, start: number, closes: boolean): Tag | null {
  let at = start + (closes ? 2 : 1);
  const nameStart = at;
  while (at < html.length && !isSpace(html.charCodeAt(at)) && !isOneOf(html, at, '/>')) at += 1;
  const name = html.slice(nameStart, at).toLowerCase();
  const attributes: Attribute[] = [];
  for (;;) {
    const from = at;
    while (at < html.length && (isSpace(html.charCodeAt(at)) || isOneOf(html, at, '/'))) at += 1;
    if (at >= html.length) return null;
    if (isOneOf(html, at, '>')) {
      const isEmpty = at > from && isOneOf(html, at - 1, '/');
      return { name, closes, isEmpty, start, end: at + 1, attributes };
    }
    const attribute = readAttribute(html, at);
    if (attribute === null) return null;
    attributes.push(attribute);
    at = attribute.end;
  }
}

/** Null when the page ends within it. */
function readAttribute(html: string, start: number): Attribute | null {
  // A "=" in the first place belongs to the name.
  let at = start + 1;
  while (at < html.length && !isSpace(html.charCodeAt(at)) && !isOneOf(html, at, '/>=')) at += 1;
  const name = html.slice(start, at).toLowerCase();
  const nameEnd = at;
  while (at < html.length && isSpace(html.charCodeAt(at))) at += 1;
  if (at >= html.length) return null;
  if (!isOneOf(html, at, '=')) return { name, value: null, valueStart: nameEnd, start, end: nameEnd };
  at += 1;
  while (at < html.length && isSpace(html.charCodeAt(at))) at += 1;
  if (at >= html.length) return null;
  if (isOneOf(html, at, '>')) return { name, value: '', valueStart: at, start, end: at };
  if (isOneOf(html, at, '"\'')) {
    const end = html.indexOf(html.charAt(at), at + 1);
    return end < 0 ? null : { name, value: html.slice(at + 1, end), valueStart: at + 1, start, end: end + 1 };
  }
  const valueStart = at;
  while (at < html.length && !isSpace(html.charCodeAt(at)) && !isOneOf(html, at, '>')) at += 1;
  return at >= html.length ? null : { name, value: html.slice(valueStart, at), valueStart, start, end: at };
}

function endOfComment(html: string, at: number): number {
  if (!html.startsWith('<!--', at)) return after(html, '>', at);
  if (html.startsWith('>', at + 4)) return at + 5;
  if (html.startsWith('->', at + 4)) return at + 6;
  // Both ends in one search: one for each would go to the end of the page for every comment that has the other.
  const ends = /--!?>/g;
  ends.lastIndex = at + 4;
  return ends.exec(html) === null ? html.length : ends.lastIndex;
}

/** Where the end tag of a raw element begins, or the end of the page. */
function endOfRaw(html: string, { name, end }: Tag): number {
  for (let at = html.indexOf('</', end); at >= 0; at = html.indexOf('</', at + 2)) {
    const behind = at + 2 + name.length;
    if (html.slice(at + 2, behind).toLowerCase() !== name) continue;
    if (isSpace(html.charCodeAt(behind)) || isOneOf(html, behind, '/>')) return at;
  }
  return html.length;
}

function after(html: string, text: string, at: number): number {
  const found = html.indexOf(text, at);
  return found < 0 ? html.length : found + text.length;
}

const isOneOf = (html: string, at: number, characters: string): boolean =>
  at < html.length && characters.includes(html.charAt(at));

const isSpace = (code: number): boolean =>
  code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0d || code === 0x0c;

const isLetter = (code: number): boolean => (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a);
