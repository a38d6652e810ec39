import { type ApiDocument, Contract, type Exchange } from './contract.js';

/** One route with everything that an answer can be wrong in. */
const document = {
  paths: {
    '/v1/things/{id}': {
      get: {
        operationId: 'show',
        responses: {
          200: {
            headers: {
              'X-Request-Id': { $ref: '#/components/headers/RequestId' },
              Age: { schema: { type: 'integer', maximum: 9 } },
            },
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } },
          },
          204: {},
          default: {
            content: {
              'application/problem+json': { schema: { $ref: '#/components/schemas/ProblemDetails' } },
            },
          },
        },
      },
    },
    '/v1/things/all': {
      get: {
        operationId: 'list',
        responses: {
          200: { content: { 'application/x-ndjson': { schema: { $ref: '#/components/schemas/Thing' } } } },
        },
      },
    },
  },
  components: {
    headers: { RequestId: { required: true, schema: { type: 'string', maxLength: 5 } } },
    schemas: {
      Thing: {
        type: 'object',
        required: ['id'],
        properties: { id: { type: 'string' }, at: { type: 'string', format: 'date-time' } },
      },
      ProblemDetails: {
        type: 'object',
        required: ['type'],
        properties: { type: { type: 'string' }, status: { type: 'integer' } },
      },
    },
  },
} as unknown as ApiDocument;

const contract = new Contract(document);
const right: Exchange = {
  method: 'GET',
  url: '/v1/things/7?x=1',
  status: 200,
  headers: { 'x-request-id': 'r-1', 'content-type': 'application/json; charset=utf-8' },
  text: '{"id":"7","at":"2026-11-23T10:00:00.000Z"}',
};
const problem = (status: number, instance = 'r-1') => ({
  status,
  headers: { 'x-request-id': 'r-1', 'content-type': 'application/problem+json' },
  text: JSON.stringify({ type: '/problems/x', status, instance, more: 'members' }),
});

it('has nothing to say of an answer that is described', () => {
  expect(contract.breaches(right)).toEqual([]);
  expect(contract.breaches({ ...right, status: 204, text: '' })).toEqual([]);
  expect(contract.breaches({ ...right, ...problem(413) })).toEqual([]);
  expect(contract.breaches({ ...right, method: 'HEAD', text: '' })).toEqual([]);
  expect(contract.breaches({ ...right, method: 'PUT', ...problem(405) })).toEqual([]);
  expect(contract.breaches({ ...right, url: '/nowhere', ...problem(404) })).toEqual([]);
  expect(contract.find('GET', '/v1/things/all#x?y').operation?.operationId).toBe('list');
});

it.each([
  ['a status that is not described', { status: 201 }, 'this status is not described'],
  ['a field that is not described', { text: '{"id":"7","secret":1}' }, '/secret is not described'],
  ['a field that is missing', { text: '{}' }, "must have required property 'id'"],
  ['a value that is none', { text: '{"id":"7","at":"yesterday"}' }, '/at must match format'],
  ['no JSON', { text: '{' }, 'is no JSON'],
  ['another type', { headers: { ...right.headers, 'content-type': 'text/html' } }, 'its type is "text/html"'],
  ['a header that is missing', { headers: { 'content-type': 'application/json' } }, 'it has no X-Request-Id'],
  [
    'a header that is too long',
    { headers: { ...right.headers, 'x-request-id': 'r-12345' } },
    'X-Request-Id: the body must NOT have more',
  ],
  [
    'a number in a header that is too large',
    { headers: { ...right.headers, age: '10' } },
    'Age: the body must be <= 9',
  ],
  ['a body where there is none', { status: 204 }, 'there is a body'],
  ['a body of a HEAD', { method: 'HEAD' }, 'an answer to HEAD has no body'],
  [
    "a refusal that is the route's own, under what may happen to any",
    problem(404),
    'this status is not described',
  ],
  ['a problem of another status', { ...problem(413), status: 400 }, 'its problem says status 413'],
  ['a problem of another request', problem(413, 'r-2'), 'its problem says instance r-2'],
  ['an unknown method that is answered', { method: 'PUT' }, 'this method is not described'],
  [
    'an error in HTML',
    { url: '/nowhere', status: 404, text: '<h1>', headers: { 'content-type': 'text/html' } },
    'its type is "text/html"',
  ],
] as [string, Partial<Exchange>, string][])('tells %s', (_, change, sentence) => {
  expect(contract.breaches({ ...right, ...change }).join('\n')).toContain(sentence);
});

it('looks at each line where there are lines, and prefers the route that names the path', () => {
  const lines = {
    ...right,
    url: '/v1/things/all',
    headers: { ...right.headers, 'content-type': 'application/x-ndjson' },
  };
  expect(contract.find('GET', lines.url).route).toBe('/v1/things/all');
  expect(contract.breaches({ ...lines, text: '{"id":"1"}\n{"id":"2"}\n' })).toEqual([]);
  expect(contract.breaches({ ...lines, text: '{"id":"1"}\n{"id":2}\n' })).toHaveLength(1);
});
