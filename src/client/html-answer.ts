import { readUrl } from '../core/read-url.js';
import { filterHtml, type FilterOptions, type KnowsBlocked } from './filter-html.js';

export interface MiddlewareOptions extends Omit<FilterOptions, 'base'> {
  /** Address under which readers see the site, such as `https://www.example.ma`. Default: made of the request's Host. */
  readonly origin?: string;
}

/** What is asked for, of the request of either framework. */
export interface PageRequest {
  readonly host: string | undefined;
  readonly protocol: string;
  readonly path: string;
  /** Of the answer. */
  readonly contentType: unknown;
}

/** A page is whole when it is sent: with a length as well, it would be no answer that a browser reads. */
export const OF_BODIES = ['content-length', 'transfer-encoding'];
/** What the site says of a page, and what is not so of the one that is sent. */
export const OF_PAGES = ['etag', 'last-modified', 'content-length'];

/** May an answer with this status hold a whole page? */
export const mayHoldPage = (status: number): boolean => ![204, 206, 304].includes(status);

const UTF8 = /^utf-?8$/i;
const ASCII = /^us-ascii$/i;

/** May an answer with these headers be changed? HTML in UTF-8 that nobody compressed before. */
export function isFilterable(contentType: unknown, contentEncoding: unknown): boolean {
  if (typeof contentType !== 'string' || !/^(?:text\/html|application\/xhtml\+xml)\b/i.test(contentType))
    return false;
  const charset = charsetOf(contentType);
  const encoded = contentEncoding !== undefined && contentEncoding !== '' && contentEncoding !== 'identity';
  return !encoded && (charset === undefined || UTF8.test(charset) || ASCII.test(charset));
}

const charsetOf = (contentType: string): string | undefined =>
  /;\s*charset="?([^\s";]+)/i.exec(contentType)?.[1];

/**
 * The body with blocked images replaced; the same object when nothing of it is blocked, or when it is not UTF-8 and does not
 * say so either.
 */
export function filterBody(
  body: Uint8Array,
  client: KnowsBlocked,
  { host, protocol, path, contentType }: PageRequest,
  { origin, ...options }: MiddlewareOptions,
): Uint8Array {
  const site = origin ?? (host === undefined ? undefined : `${protocol}://${host}`);
  // A path that begins with two slashes names no other host.
  const base = site === undefined ? undefined : readUrl(path.replace(/^\//, '/./'), site)?.href;
  const html = htmlOf(body, contentType);
  if (html === null) return body;
  const filtered = filterHtml(html, client, { ...options, ...(base === undefined ? {} : { base }) });
  return filtered === html ? body : new TextEncoder().encode(filtered);
}

/** Null when it is not UTF-8. What says that it is, browsers read as that, although it was cut off within a character. */
function htmlOf(body: Uint8Array, contentType: unknown): string | null {
  const saysSo = UTF8.test(charsetOf(String(contentType)) ?? '');
  try {
    return new TextDecoder('utf-8', { fatal: !saysSo, ignoreBOM: true }).decode(body);
  } catch {
    return null;
  }
}

/**
 * A tag for what was filtered. The one that the site made says nothing of what is blocked: by it a browser would go on
 * showing a page that it has.
 */
export function entityTag(body: Uint8Array): string {
  let a = body.length;
  let b = 0x811c9dc5;
  for (const byte of body) {
    a = Math.imul(a ^ byte, 0x9e3779b1) ^ (a >>> 15);
    b = Math.imul(b ^ byte, 0x01000193);
  }
  return `W/"vigie-${(a >>> 0).toString(36)}-${(b >>> 0).toString(36)}"`;
}
