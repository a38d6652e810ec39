import type { OpenAPIObject } from '@nestjs/swagger';
import { operationsOf, responsesOf } from './operations.js';

const LIMIT_FIELDS = 'Structured fields (RFC 9651) of draft-ietf-httpapi-ratelimit-headers-11.';

/** Of what all readers of a network or of a site share, what is left would tell each how much the others do. */
const WHOSE =
  "Told of the caller's own limits: a device's and an account's when they report, a secret key's, a member of staff's. Those " +
  'that readers share, of a network and of a site, are told when they refuse. A secret key is told of questions for states ' +
  'from half of its limit on.';

const HEADERS = {
  'RateLimit-Policy': {
    description: `Which limits hold for such requests of this caller: \`q\` of them in \`w\` seconds. ${WHOSE} ${LIMIT_FIELDS}`,
    schema: { type: 'string' as const },
    example: '"reports-device-60s";q=60;w=60, "reports-device-3600s";q=120;w=3600',
  },
  RateLimit: {
    description: `What is left of the limit that will refuse first: \`r\` requests for the next \`t\` seconds. ${WHOSE} ${LIMIT_FIELDS}`,
    schema: { type: 'string' as const },
    example: '"reports-device-60s";r=57;t=31',
  },
};

const RETRY_AFTER = {
  'Retry-After': {
    description: 'Seconds after which such a request will be taken again.',
    schema: { type: 'integer' as const, minimum: 1, maximum: 86_400 },
    example: 31,
  },
};

/** Where they are described once for all. */
const TOLD = Object.fromEntries(
  Object.keys(HEADERS).map((name) => [name, { $ref: `#/components/headers/${name}` }]),
);

const REFUSED = 'Too many requests: nothing was done.';

/** By which readers ask (SECURITY in openapi.ts). */
const READERS: ReadonlySet<string> = new Set(['publishableKey', 'publishableKeyInQuery']);

/** What opens without a key, and is limited nevertheless: the ways in. */
const DOORS: ReadonlySet<string> = new Set([
  '/v1/session',
  '/v1/session/forgot',
  '/v1/links/look',
  '/v1/links/redeem',
]);

/**
 * Whatever asks for a key is limited, and the ways in: how an answer tells what is left, and that there may be a refusal.
 * Where readers alone ask there is nothing to tell before, nor at the ways in.
 */
export function describeLimits(document: OpenAPIObject): void {
  document.components = { ...document.components, headers: { ...document.components?.headers, ...HEADERS } };
  for (const { route, operation } of operationsOf(document)) {
    // Those who watch the process are not counted.
    if (route === '/metrics') continue;
    const { responses } = operation;
    if (operation.security === undefined) {
      if (DOORS.has(route)) responses['429'] ??= { description: REFUSED, headers: RETRY_AFTER };
      continue;
    }
    const isReaders = operation.security.flatMap(Object.keys).every((scheme) => READERS.has(scheme));
    responses['429'] ??= { description: REFUSED };
    for (const { status, response } of responsesOf(operation)) {
      if (!/^(2\d\d|304|429)$/.test(status)) continue;
      if (isReaders && status !== '429') continue;
      response.headers = { ...response.headers, ...TOLD, ...(status === '429' ? RETRY_AFTER : {}) };
    }
  }
}
