import { readdirSync } from 'node:fs';
import path from 'node:path';
import { getMetadataStorage, validateSync } from 'class-validator';
import fc from 'fast-check';
import { LOCALES, REASONS } from '../../src/core/reasons.js';
import type { FieldError } from '../../src/core/errors.js';
import { isSubject, keepsRules } from '../../src/http/field-rules.js';
import { readObject, type RequestPart } from '../../src/http/read-request.js';
import { requestClassOf, type Constructor, type RequestField } from '../../src/http/request-class.js';
import { keepsAllRules, readRequest } from '../../src/http/validation.pipe.js';

/*
 * Most requests are judged without class-validator, by the functions that it would call (src/http/field-rules.ts). What
 * follows holds both together, for every class in src/contract that has rules.
 */

/** Milliseconds: thousands of samples, on a machine that does other things. */
const PATIENCE = 60_000;

const CONTRACT = path.join(__dirname, '../../src/contract');

/** The classes of the contract that have rules. */
async function requestClasses(): Promise<Constructor[]> {
  const found = new Set<Constructor>();
  for (const file of readdirSync(CONTRACT, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts')) continue;
    const exported = (await import(path.join(CONTRACT, file))) as Record<string, unknown>;
    for (const value of Object.values(exported)) {
      if (typeof value !== 'function' || !/^class\b/.test(Function.prototype.toString.call(value))) continue;
      const rules = getMetadataStorage().getTargetValidationMetadatas(value, '', false, false);
      if (rules.length > 0) found.add(value as Constructor);
    }
  }
  return [...found];
}

/** Texts that some rule is waiting for, so that accepting happens too. */
const likelyText = fc.oneof(
  fc.constantFrom(
    ...REASONS,
    ...LOCALES,
    'block',
    'keep',
    'escalate',
    'valid',
    'ignore',
    'lead',
    'moderator',
  ),
  fc.constantFrom(
    'https://cdn.example.ma/photos/1.jpg',
    'https://www.example.ma',
    '*.example.ma',
    'example.ma',
  ),
  fc.constantFrom('site-a', 'Africa/Casablanca', 'a@example.ma', '2026-11-23T10:00:00Z', '5', 'true'),
  fc.stringMatching(/^[A-Za-z0-9_-]{0,60}$/),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.integer({ min: 1000, max: 3000 }).map((length) => 'x'.repeat(length)),
);

const scalar = fc.oneof(
  { weight: 6, arbitrary: likelyText },
  { weight: 4, arbitrary: fc.integer({ min: -2, max: 200 }) },
  { weight: 1, arbitrary: fc.double() },
  { weight: 3, arbitrary: fc.boolean() },
  { weight: 1, arbitrary: fc.constant(null) },
);

const anything = fc.oneof(
  { weight: 8, arbitrary: scalar },
  { weight: 2, arbitrary: fc.array(scalar, { maxLength: 4 }) },
  { weight: 1, arbitrary: fc.dictionary(fc.string({ maxLength: 6 }), scalar, { maxKeys: 3 }) },
);

/** Values of about the shape of a class: mostly right, some wrong, some missing. */
function valueOf(target: Constructor, depth = 0): fc.Arbitrary<object> {
  const fields = [...requestClassOf(target).fields.values()];
  const model = Object.fromEntries(fields.map((field) => [field.name, fieldValue(target, field, depth)]));
  const required = fields.filter(({ rules }) => isSubject({}, undefined, rules)).map(({ name }) => name);
  const record = (requiredKeys: string[]) => fc.record(model, { requiredKeys, noNullPrototype: true });
  return fc.oneof({ weight: 9, arbitrary: record(required) }, { weight: 1, arbitrary: record([]) });
}

function fieldValue(target: Constructor, field: RequestField, depth: number): fc.Arbitrary<unknown> {
  const wrong = { weight: 1, arbitrary: anything };
  if (typeof field.type === 'function' && depth < 3) {
    const nested = valueOf(field.type, depth + 1);
    return fc.oneof(
      { weight: 30, arbitrary: field.isList ? fc.array(nested, { minLength: 1, maxLength: 3 }) : nested },
      wrong,
    );
  }
  const right = rightValues(target, field);
  return right.length === 0
    ? anything
    : fc.oneof({ weight: 30, arbitrary: fc.constantFrom(...right) }, wrong);
}

/** Values that a field takes: its example, and what its rules let through of many. */
function rightValues(target: Constructor, { name, isList, rules }: RequestField): unknown[] {
  const described = Reflect.getMetadata('swagger/apiModelProperties', target.prototype as object, name) as
    { example?: unknown } | undefined;
  const one = fc.oneof(scalar, likelyText);
  const many = fc.sample<unknown>(isList ? fc.array(one, { maxLength: 2 }) : one, { numRuns: 150, seed: 1 });
  return [described?.example, ...many].filter((value) => keepsRules(new target(), name, value, rules));
}

/** What class-validator says of an instance. */
const accepts = (instance: object) => validateSync(instance, { forbidUnknownValues: false }).length === 0;

describe('the compiled rules and class-validator', () => {
  it(
    'agree on every request class of the contract',
    async () => {
      const classes = await requestClasses();
      expect(classes.length).toBeGreaterThan(0);
      for (const target of classes) {
        for (const part of ['body', 'query'] as const) agree(target, part);
      }
    },
    PATIENCE,
  );

  it(
    'each accept some requests of every class, and refuse some',
    async () => {
      const oneSided: string[] = [];
      for (const target of await requestClasses()) {
        const value = valueOf(target);
        const seen = new Set<boolean>();
        for (let seed = 1; seen.size < 2 && seed <= 20; seed += 1) {
          const samples = fc.sample(value, { numRuns: 50, seed });
          for (const sample of samples) seen.add(isAccepted(target, sample));
        }
        if (seen.size < 2) oneSided.push(`${target.name}: ${[...seen].join()}`);
      }
      expect(oneSided).toEqual([]);
    },
    PATIENCE,
  );
});

function isAccepted(target: Constructor, sample: object): boolean {
  try {
    readRequest(target, sample, 'body');
    return true;
  } catch (error) {
    expect(error).toMatchObject({ code: 'INVALID' });
    return false;
  }
}

function agree(target: Constructor, part: RequestPart): void {
  const described = requestClassOf(target);
  fc.assert(
    fc.property(valueOf(target), (sample) => {
      const errors: FieldError[] = [];
      const instance = readObject(described, sample, part, errors);
      // Where the shape itself is wrong, no rule is asked whether to accept.
      if (errors.length > 0) return;
      expect([target.name, keepsAllRules(described, instance)]).toEqual([target.name, accepts(instance)]);
    }),
    { numRuns: 100 },
  );
}
