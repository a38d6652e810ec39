import { gzipSync } from 'node:zlib';
import type { Seeded } from '../../test/setup/seeded.js';
import {
  BODIES,
  CONTENT_TYPES,
  HEADERS,
  hostileText,
  hostileValue,
  nested,
  PATH_PARTS,
  TEXTS,
} from './hostile-values.js';
import type { FuzzRequest } from './request.js';

type Json = Record<string, unknown>;

/** One way to spoil a request: its name, for people, and how. */
export interface Mutation {
  readonly name: string;
  apply(request: FuzzRequest, random: Seeded): FuzzRequest;
}

/** More than any route takes. */
const LARGE = 2 << 20;

const withBody = (request: FuzzRequest, text: string | Buffer): FuzzRequest => ({
  ...request,
  headers: { 'content-type': 'application/json', ...request.headers },
  body: Buffer.from(text as string),
});

const withHeader = (request: FuzzRequest, name: string, value: string): FuzzRequest => ({
  ...request,
  headers: { ...request.headers, [name]: value },
});

function withQuery(request: FuzzRequest, ...pairs: readonly string[]): FuzzRequest {
  return { ...request, url: `${request.url}${request.url.includes('?') ? '&' : '?'}${pairs.join('&')}` };
}

/** What goes over the wire as it is: nothing that Node itself would refuse to send. */
export const encoded = (text: string): string =>
  encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'));

/** Deeper than any body of ours, and shallow enough to be walked. */
const DEEP = /^(?:\[|\{"a":){30}/;

function parsed({ body }: FuzzRequest): unknown {
  const text = body?.toString('utf8') ?? '';
  try {
    return DEEP.test(text) ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Every object in a value, itself included: fields are spoilt at any depth. */
function objectsIn(value: unknown): Json[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(objectsIn);
  return Array.isArray(value) ? inner : [value as Json, ...inner];
}

/** A mutation of one field, of one of the objects in the body. */
const ofField = (name: string, spoil: (object: Json, field: string, random: Seeded) => void): Mutation => ({
  name,
  apply(request, random) {
    const body = parsed(request);
    const objects = objectsIn(body).filter((object) => Object.keys(object).length > 0);
    const object = objects[random.below(objects.length)];
    if (object === undefined) return request;
    const fields = Object.keys(object);
    spoil(object, fields[random.below(fields.length)] ?? '', random);
    return withBody(request, JSON.stringify(body));
  },
});

const UNKNOWN_FIELDS = [
  'noSuchField',
  '__proto__',
  'constructor',
  'toString',
  'id',
  'siteId',
  'admin',
  '',
  'a.b',
  'x'.repeat(300),
] as const;

export const FIELD_MUTATIONS: readonly [Mutation, ...Mutation[]] = [
  ofField('a field left out', (object, field) => delete object[field]),
  ofField('a field of another type', (object, field, random) => (object[field] = hostileValue(random))),
  ofField('a hostile text in a field', (object, field, random) => (object[field] = hostileText(random))),
  ofField('a list in the place of a value', (object, field) => (object[field] = [object[field]])),
  ofField('an object in the place of a value', (object, field) => (object[field] = { value: object[field] })),
  ofField(
    'a field that is too long',
    (object, field, random) => (object[field] = 'y'.repeat(random.oneOf([256, 1_001, 2_049, 70_000]))),
  ),
  ofField('a list without end', (object, field, random) => {
    const item = object[field];
    // Fields may be long already: two megabytes are more than any route takes.
    const most = Math.floor(LARGE / (JSON.stringify(item)?.length ?? 1));
    object[field] = Array.from({ length: Math.min(most, random.oneOf([101, 1_001, 20_000])) }, () => item);
  }),
  ofField(
    'a number at its edge',
    (object, field, random) =>
      (object[field] = random.oneOf([
        0,
        -1,
        2_147_483_647,
        2_147_483_648,
        1e15,
        0.1,
        Number.MAX_SAFE_INTEGER,
      ])),
  ),
  {
    name: 'an unknown field',
    apply(request, random) {
      const body = parsed(request);
      const objects = objectsIn(body);
      const object = objects[random.below(objects.length)];
      if (object === undefined) return request;
      // Assigned, "__proto__" would be no field.
      Object.defineProperty(object, random.oneOf(UNKNOWN_FIELDS), {
        value: hostileValue(random),
        enumerable: true,
        configurable: true,
      });
      return withBody(request, JSON.stringify(body));
    },
  },
  {
    name: 'a field given twice',
    apply(request, random) {
      const body = parsed(request);
      if (typeof body !== 'object' || body === null || Array.isArray(body)) return request;
      const fields = Object.entries(body as Json);
      const [name, value]: readonly [string, unknown] = fields[random.below(fields.length)] ?? ['a', 1];
      const again = `${JSON.stringify(name)}:${JSON.stringify(random.below(2) === 0 ? value : hostileValue(random))}`;
      return withBody(request, `{${again}${fields.length > 0 ? ',' : ''}${JSON.stringify(body).slice(1)}`);
    },
  },
];

const BODY_MUTATIONS: readonly [Mutation, ...Mutation[]] = [
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

const URL_MUTATIONS: readonly [Mutation, ...Mutation[]] = [
  {
    name: 'an odd part in the path',
    apply(request, random) {
      const [path = '', query] = request.url.split('?', 2);
      const parts = path.split('/');
      const at = 1 + random.below(parts.length - 1);
      parts[at] = random.below(4) === 0 ? encoded(hostileText(random)) : random.oneOf(PATH_PARTS);
      return { ...request, url: `${parts.join('/')}${query === undefined ? '' : `?${query}`}` };
    },
  },
  {
    name: 'a slash too many, or capitals',
    apply(request, random) {
      const spoil = random.oneOf<(url: string) => string>([
        (url) => url.replace(/(\?|$)/, '/$1'),
        (url) => url.replaceAll('/', '//'),
        (url) => url.toUpperCase(),
        (url) => `${url}#fragment`,
        (url) => url.replace('/v1', '/v1/.'),
        (url) => url.replace('/v1', '/v2'),
      ]);
      return { ...request, url: spoil(request.url) };
    },
  },
  {
    name: 'an unknown parameter',
    apply: (request, random) =>
      withQuery(
        request,
        random.oneOf([
          'x=1',
          '__proto__[a]=1',
          'constructor=1',
          '=',
          '&&&',
          'a[]=1&a[]=2',
          'key=',
          'key=vg_sec_x',
          '%00=1',
          'site[]=here',
          'limit[$gt]=1',
          '%',
          'a=%zz',
          `q=${'x'.repeat(3_000)}`,
        ]),
      ),
  },
  {
    name: 'a parameter given twice',
    apply(request, random) {
      const pairs = request.url.split('?')[1]?.split('&') ?? ['limit=1'];
      const pair = pairs[random.below(pairs.length)] ?? 'limit=1';
      return withQuery(
        request,
        pair,
        random.below(2) === 0 ? pair : `${pair.split('=')[0] ?? ''}=${encoded(hostileText(random))}`,
      );
    },
  },
  {
    name: 'a hostile text in a parameter',
    apply(request, random) {
      const [path = '', query = 'site=here'] = request.url.split('?', 2);
      const pairs = query.split('&');
      const at = random.below(pairs.length);
      pairs[at] = `${pairs[at]?.split('=')[0] ?? ''}=${encoded(random.oneOf(TEXTS))}`;
      return { ...request, url: `${path}?${pairs.join('&')}` };
    },
  },
];

/** What Node's client sends as it is: the rest would be refused before it went out (RFC 9110, 5.5). */
const sendable = (value: string): string => value.replace(/[^\t\x20-\x7e\x80-\xff]/g, '');

const HEADER_MUTATIONS: readonly [Mutation, ...Mutation[]] = [
  {
    name: 'an odd header',
    apply(request, random) {
      const [name, values] = random.oneOf(HEADERS);
      return withHeader(
        request,
        name,
        sendable(random.below(5) === 0 ? hostileText(random) : random.oneOf(values)),
      );
    },
  },
  {
    name: 'an odd key',
    apply(request, random) {
      const own = request.headers['authorization'] ?? 'Bearer x';
      const spoilt = [
        own.toLowerCase(),
        `${own} `,
        own.slice(0, -1),
        `${own}x`,
        own.replace('Bearer', 'Basic'),
        'Bearer',
        'Bearer ',
        'Bearer vg_sec_',
        `Bearer ${sendable(hostileText(random))}`,
        `${own}, ${own}`,
        'Negotiate x',
      ];
      return withHeader(request, 'authorization', spoilt[random.below(spoilt.length)] ?? 'x');
    },
  },
];

const METHODS = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'PROPFIND',
  'SEARCH',
  'QUERY',
  'LOCK',
  'PURGE',
] as const;

const OTHER_METHOD: Mutation = {
  name: 'another method',
  apply: (request, random) => ({ ...request, method: random.oneOf(METHODS) }),
};

/** One of all kinds; those of bodies where there is one, and rarely elsewhere. */
export function drawMutation({ body }: FuzzRequest, random: Seeded): Mutation {
  const kind = random.below(20);
  if (kind < 8)
    return body === undefined && kind < 7 ? random.oneOf(URL_MUTATIONS) : random.oneOf(FIELD_MUTATIONS);
  if (kind < 11)
    return body === undefined && kind < 10 ? random.oneOf(URL_MUTATIONS) : random.oneOf(BODY_MUTATIONS);
  if (kind < 14) return random.oneOf(URL_MUTATIONS);
  if (kind < 19) return random.oneOf(HEADER_MUTATIONS);
  return OTHER_METHOD;
}
