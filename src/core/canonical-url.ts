/**
 * The one spelling of an image's address. Two spellings that no server tells apart are one image; whatever a
 * server may tell apart (path case, `www`, scheme, parameter order, `?id=1` and `?id=2`) stays two.
 *
 * Only the WHATWG `URL` global is used, so that services, browsers and edge workers agree.
 */

import { readUrl } from './read-url.js';

/** Longest address in UTF-16 code units, as given and as made canonical: what browsers and CDNs agree to carry. */
export const MAX_URL_LENGTH = 2048;

export type UrlProblem = 'not-a-url' | 'control-character' | 'scheme' | 'credentials' | 'host' | 'too-long';

/** `host` is as in `URL.host`: lower case, with the port unless it is the scheme's own, IPv6 in brackets. */
export type CanonicalUrl =
  | { readonly ok: true; readonly url: string; readonly host: string }
  | { readonly ok: false; readonly problem: UrlProblem };

/**
 * Parameters that follow the click and never choose the picture; `utm_*` is handled as a prefix. Sources:
 * https://github.com/AdguardTeam/AdguardFilters (TrackParamFilter/sections/general_url.txt),
 * https://github.com/brave/brave-core (components/query_filter/utils.cc),
 * https://github.com/jparise/chrome-utm-stripper (README).
 */
const TRACKING_NAMES = [
  'fbclid',
  'gclid',
  'dclid',
  'gbraid',
  'wbraid',
  'msclkid',
  'mc_cid',
  'mc_eid',
  'igshid',
  'twclid',
  'yclid',
  '_hsenc',
  '_hsmi',
];
const TRACKING = `(?:utm_[^=&]*|${TRACKING_NAMES.join('|')})(?=[=&]|$)`;
const TRACKING_PARAMETER = new RegExp(`^${TRACKING}`);
const HOLDS_TRACKING = new RegExp(`[?&]${TRACKING}`);

/** A triplet that RFC 3986 leaves encoded: upper-case digits, and not one of the unreserved characters. */
const TRIPLET = '%(?:[0189A-F][0-9A-F]|2[0-9A-CF]|3[A-F]|40|5[B-E]|60|7[B-DF])';
const PATH_RUN = "[A-Za-z0-9\\-._~!$&'()*+,;=:@]*";
const QUERY_RUN = '[A-Za-z0-9\\-._~!$&()*+,;=:@/?]*';

/**
 * Addresses that are canonical as they stand. It may miss some (ports, IP addresses, punycode: they take the
 * long way) but must never accept one that `canonicalUrlByTheRules` would change. No two of its repetitions can
 * match the same text, so it is linear.
 */
const PLAIN = new RegExp(
  '^https?://' +
    '((?:(?!xn--)[a-z0-9-]+\\.)+(?!xn--)[a-z]+)' +
    `(?:/(?!\\.\\.?(?:[/?]|$))${PATH_RUN}(?:${TRIPLET}${PATH_RUN})*)+` +
    `(\\?(?=.)${QUERY_RUN}(?:${TRIPLET}${QUERY_RUN})*)?$`,
);

/**
 * Makes an address canonical, or says why it can not be an image's address. Never throws. Idempotent: the
 * canonical form of `url` is `url`.
 */
export function canonicalUrl(input: string): CanonicalUrl {
  if (input.length <= MAX_URL_LENGTH) {
    const plain = PLAIN.exec(input);
    if (plain?.[1] !== undefined && (plain[2] === undefined || !HOLDS_TRACKING.test(plain[2]))) {
      return { ok: true, url: input, host: plain[1] };
    }
  }
  return canonicalUrlByTheRules(input);
}

/** What one of the default rules did to an address. */
export interface UrlStep {
  readonly rule: string;
  readonly before: string;
  readonly after: string;
  readonly explanation: string;
}

/**
 * The rules without the short cut; `canonicalUrl` gives the same, faster. Exported for the proof of that.
 *
 * @param note is told of each rule that changes something, in order
 */
export function canonicalUrlByTheRules(input: string, note?: (step: UrlStep) => void): CanonicalUrl {
  const text = input.trim();
  if (text.length > MAX_URL_LENGTH) return refused('too-long');
  // The WHATWG parser drops tabs and line breaks in silence and replaces lone surrogates: two different texts
  // would become one image.
  if (/[\p{Cc}\p{Cs}]/u.test(text)) return refused('control-character');

  const parsed = readUrl(text);
  if (parsed === null) return refused(/^https?:/i.test(text) ? 'host' : 'not-a-url');
  if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:') return refused('scheme');
  if (parsed.username !== '' || parsed.password !== '') return refused('credentials');

  const hostname = parsed.hostname.replace(/\.$/, '');
  if (!HOSTNAME.test(hostname)) return refused('host');
  const host = parsed.port === '' ? hostname : `${hostname}:${parsed.port}`;

  // Engines older than March 2025 leave `^` in a path as it is, some only now and then (whatwg/url#846).
  const path = withoutDotSegments(normalizeEscapes(parsed.pathname).replaceAll('^', '%5E'));
  const given = normalizeEscapes(parsed.search.slice(1));
  const query = withoutTracking(given);
  const whole = (text: string): string =>
    `${parsed.protocol}//${host}${path}${text === '' ? '' : `?${text}`}`;
  const url = whole(query);
  if (url.length > MAX_URL_LENGTH) return refused('too-long');
  if (note !== undefined) noteSteps(note, input, parsed, [whole(given), url]);
  return { ok: true, url, host };
}

/** The same forms that the rules made, told one after the other. */
function noteSteps(
  note: (step: UrlStep) => void,
  input: string,
  parsed: URL,
  [spelled, url]: readonly [string, string],
): void {
  const withoutFragment = parsed.href.replace(/#.*$/, '');
  const forms: readonly (readonly [rule: string, after: string, explanation: string])[] = [
    [
      'spelling',
      parsed.href,
      "Written as browsers write it: scheme and host in small letters, the scheme's own port dropped, dot segments resolved, other characters encoded.",
    ],
    ['fragment', withoutFragment, 'What stands behind # is for the browser alone, and is dropped.'],
    [
      'escapes',
      spelled,
      'Percent-encoded characters that need no encoding are decoded, the others written in capitals; a dot behind the host and an empty query are dropped.',
    ],
    [
      'tracking',
      url,
      'Parameters that follow the click and never choose the picture, such as utm_source, are dropped.',
    ],
  ];
  let before = input;
  for (const [rule, after, explanation] of forms) {
    if (after !== before) note({ rule, before, after, explanation });
    before = after;
  }
}

/** What to tell the person who sent the address. */
export function describeUrlProblem(problem: UrlProblem): string {
  switch (problem) {
    case 'not-a-url':
      return 'This is not a complete address: give it with its scheme and host, such as https://www.example.ma/photo.jpg.';
    case 'control-character':
      return 'The address holds a control character, a line break or half a character: remove it, or percent-encode it.';
    case 'scheme':
      return 'The address must start with https:// or http://.';
    case 'credentials':
      return 'The address holds a user name or password: remove what stands before the @.';
    case 'host':
      return 'The host or port of the address is missing or not valid: check what stands between // and the next /.';
    case 'too-long':
      return `The address is too long: at most ${MAX_URL_LENGTH} characters, counted after percent-encoding too.`;
  }
}

const refused = (problem: UrlProblem): CanonicalUrl => ({ ok: false, problem });

/** Names as DNS and common practice (`_`) know them, none of their labels empty, or an IPv6 address. */
const HOSTNAME = /^(?:\[[0-9a-f:]+\]|[a-z0-9_-]+(?:\.[a-z0-9_-]+)*)$/;

/**
 * Node 20 leaves the dot segments of a path that begins with two slashes and a dot (`//.a/./b`). To other engines this is
 * nothing new: the URL Standard resolves them ("path state").
 *
 * @param path with unreserved characters decoded
 */
function withoutDotSegments(path: string): string {
  if (!/\/\.\.?(?:\/|$)/.test(path)) return path;
  const kept: string[] = [];
  const segments = path.split('/').slice(1);
  segments.forEach((segment, index) => {
    const isDots = segment === '.' || segment === '..';
    if (segment === '..') kept.pop();
    if (!isDots) kept.push(segment);
    else if (index === segments.length - 1) kept.push('');
  });
  return `/${kept.join('/')}`;
}

/**
 * RFC 3986, 6.2.2.1 and 6.2.2.2: hex digits in upper case, unreserved characters decoded, nothing else. Triplets
 * right after a stray `%` stay encoded: `%%34%31` must not become `%41`, which would mean something else.
 */
function normalizeEscapes(text: string): string {
  if (!text.includes('%')) return text;
  return text.replace(
    /(%(?![0-9a-f]{2})[0-9a-f]?)((?:%[0-9a-f]{2})+)|%([0-9a-f]{2})/gi,
    (triplet: string, stray: string | undefined, after: string | undefined, hex: string) => {
      if (stray !== undefined && after !== undefined) return stray + after.toUpperCase();
      const character = String.fromCharCode(parseInt(hex, 16));
      return /[A-Za-z0-9\-._~]/.test(character) ? character : triplet.toUpperCase();
    },
  );
}

/** Works on the raw text: a round trip through URLSearchParams would rewrite `+`, `%20` and bare names. */
function withoutTracking(query: string): string {
  return query
    .split('&')
    .filter((parameter) => !TRACKING_PARAMETER.test(parameter))
    .join('&');
}
