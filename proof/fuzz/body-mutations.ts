import { gzipSync } from 'node:zlib';
import { BODIES, CONTENT_TYPES, nested } from './hostile-values.js';
import { LARGE, type Mutation, withBody, withHeader } from './mutation.js';

export const BODY_MUTATIONS: readonly [Mutation, ...Mutation[]] = [
  {
    name: 'a body that is no JSON, or odd',
    apply: (request, random) => withBody(request, random.oneOf(BODIES)),
  },
  { name: 'nesting without end', apply: (request, random) => withBody(request, nested(random)) },
  { name: 'no body', apply: ({ body: _, ...request }) => request },
  {
    name: 'bytes that are no text',
    apply: (request, random) =>
      withBody(request, Buffer.from(Array.from({ length: 60 }, () => random.below(256)))),
  },
  {
    name: 'a body cut off in the middle',
    apply: (request, random) =>
      withBody(request, request.body?.subarray(0, random.below(request.body.length + 1)) ?? '{'),
  },
  {
    name: 'two megabytes',
    // Each is read to its end or cut: now and then is enough.
    apply: (request, random) =>
      random.below(8) === 0
        ? withBody(request, `{"a":"${'z'.repeat(LARGE)}"}`)
        : withBody(request, `{"a":"${'z'.repeat(300 << 10)}"}`),
  },
  {
    name: 'a body that is compressed',
    apply: (request) =>
      withHeader(withBody(request, gzipSync(request.body ?? '{}')), 'content-encoding', 'gzip'),
  },
  {
    name: 'another content type',
    apply: (request, random) =>
      withHeader(
        { ...request, body: request.body ?? Buffer.from('{}') },
        'content-type',
        random.oneOf(CONTENT_TYPES),
      ),
  },
];
