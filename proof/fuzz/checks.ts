import type { Contract } from '../../test/setup/contract.js';
import type { FuzzAnswer, FuzzRequest } from './request.js';

/** Where a service may be full, or a statistic too slow, and says so: 503 is an answer there. */
const MAY_BE_BUSY = /^\/v1\/(?:stats|changes|blocklist|sites\/[^/]+\/threshold-rule\/replay)/;

/** What is none of a caller's business, wherever it comes from. */
const INNARDS: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['a stack', /\n\s+at .+:\d+:\d+|\.(?:ts|js):\d+:\d+/],
  ['a path', /(?:\/usr\/|\/home\/|\/root\/|\/tmp\/|node_modules|dist\/src)/],
  ['a statement', /\b(?:select .{1,80} from|insert into|update \w+ set|delete from) /i],
  [
    'a message of Postgres',
    /violates |duplicate key|invalid input syntax|QueryFailedError|\bpg_\w+|syntax error at or near|out of range for type/,
  ],
  [
    'a message of Node',
    /TypeError|RangeError|ReferenceError|is not a function|Cannot read propert|ECONNREFUSED|\[object Object\]/,
  ],
];

/** Sentences for everything that is wrong about an answer; none when it is as promised. */
export class Checks {
  /** @param promised headers that every answer has, in small letters, as a first answer showed them */
  constructor(
    private readonly contract: Contract,
    private readonly promised: ReadonlyMap<string, string>,
  ) {}

  of(request: FuzzRequest, answer: FuzzAnswer): string[] {
    const { method, url } = request;
    const { status, headers, text } = answer;
    const wrong = isMissingPage(request, answer)
      ? []
      : this.contract.breaches({ method, url, status, headers, text });
    if (status >= 500 && !(status === 503 && MAY_BE_BUSY.test(url))) wrong.push(`it answered ${status}`);
    if (status >= 400) wrong.push(...leaksOf(request, text));
    if (typeof headers['x-request-id'] !== 'string') wrong.push('it has no X-Request-Id');
    for (const [name, value] of this.promised) {
      const given = String(headers[name]);
      if (!keeps(name, given, value) && !(isPage(headers) && name === 'referrer-policy'))
        wrong.push(`${name} is "${given}", not "${value}"`);
    }
    if (headers['x-powered-by'] !== undefined || headers['server'] !== undefined)
      wrong.push('it says what it runs on');
    return wrong;
  }
}

/** A policy of contents may name more, as pages do, and must name all that every answer forbids. */
function keeps(name: string, given: string, promised: string): boolean {
  if (name !== 'content-security-policy') return given === promised;
  const directives = new Set(given.split('; '));
  return promised.split('; ').every((directive) => directives.has(directive));
}

/** Pages say their own about what links tell of where they were followed (test/flows/answer-headers.spec.ts). */
const isPage = (headers: FuzzAnswer['headers']): boolean =>
  /^text\/html/.test(String(headers['content-type']));

/** Beside the API, who takes HTML is told by a page that there is none (src/web/unknown-address.ts). */
const isMissingPage = ({ url, headers: asked }: FuzzRequest, { status, headers }: FuzzAnswer): boolean =>
  status === 404 && isPage(headers) && !/^\/v1(?:[/?]|$)/.test(url) && asked['accept'] === 'text/html';

/** What the caller sent may come back; the rest of an error is ours. */
function leaksOf({ url, body, headers }: FuzzRequest, text: string): string[] {
  const sent = `${url} ${decoded(url)} ${body?.toString('utf8') ?? ''} ${Object.values(headers).join(' ')}`;
  return INNARDS.flatMap(([what, pattern]) => {
    const found = pattern.exec(text)?.[0];
    return found === undefined || sent.includes(found) ? [] : [`it shows ${what}: "${found}"`];
  });
}

function decoded(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return '';
  }
}

/** Headers that protect whoever reads an answer, of which all must have what one has. */
const PROTECTING = [
  'x-content-type-options',
  'content-security-policy',
  'referrer-policy',
  'x-frame-options',
  'strict-transport-security',
];

/** Those of an answer. */
export const promisedBy = ({ headers }: FuzzAnswer): Map<string, string> =>
  new Map(
    PROTECTING.flatMap((name) => {
      const value = headers[name];
      return typeof value === 'string' ? [[name, value] as const] : [];
    }),
  );
