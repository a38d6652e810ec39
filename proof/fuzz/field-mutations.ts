import type { Seeded } from '../../test/setup/seeded.js';
import { hostileText, hostileValue } from './hostile-values.js';
import { LARGE, type Mutation, withBody } from './mutation.js';
import type { FuzzRequest } from './request.js';

type Json = Record<string, unknown>;

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
