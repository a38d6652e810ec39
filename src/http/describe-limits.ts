import type { OpenAPIObject } from '@nestjs/swagger';

const LIMIT_FIELDS = 'Structured fields (RFC 9651) of draft-ietf-httpapi-ratelimit-headers-11.';

const HEADERS = {
  'RateLimit-Policy': {
    description: `Which limits hold for such requests of this caller: \`q\` of them in \`w\` seconds. ${LIMIT_FIELDS}`,
    schema: { type: 'string' as const },
    example:
      '"reports-device-60s";q=10;w=60, "reports-device-3600s";q=60;w=3600, "reports-network";q=300;w=60',
  },
  RateLimit: {
    description: `What is left of the limit that will refuse first: \`r\` requests for the next \`t\` seconds. ${LIMIT_FIELDS}`,
    schema: { type: 'string' as const },
    example: '"reports-device-60s";r=7;t=31',
  },
};

const RETRY_AFTER = {
  'Retry-After': {
    description: 'Seconds after which such a request will be taken again.',
    schema: { type: 'integer' as const, minimum: 1 },
    example: 31,
  },
};

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;

/** Whatever asks for a key is limited: how an answer tells what is left, and that there may be a refusal. */
export function describeLimits({ paths }: OpenAPIObject): void {
  for (const path of Object.values(paths)) {
    for (const method of METHODS) {
      const operation = path[method];
      if (operation?.security === undefined) continue;
      const { responses } = operation;
      responses['429'] ??= { description: 'Too many requests: nothing was done.' };
      for (const [status, response] of Object.entries(responses)) {
        if (response === undefined || '$ref' in response || !/^(2\d\d|304|429)$/.test(status)) continue;
        response.headers = { ...response.headers, ...HEADERS, ...(status === '429' ? RETRY_AFTER : {}) };
      }
    }
  }
}
