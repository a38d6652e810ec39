import type { OpenAPIObject } from '@nestjs/swagger';
import { type Bounds, boundsOf, SOUND_TEXT } from './field-bounds.js';
import { operationsOf } from './operations.js';
import { type Constructor, requestClassOf } from './request-class.js';
import type { RequestTypes } from './request-types.js';

/** Characters of a parameter in the path: sealed ids and receipts are longer than the router's own limit of 100. */
export const LONGEST_PATH_PARAMETER = 512;

/** Bytes of a request's address and headers together (Node's own limit): no part of them is longer. */
const LONGEST_HEAD = 16_384;

/** The part of a schema that is looked at here. */
interface Schema extends Bounds {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  additionalProperties?: boolean;
}

/** Says of everything that may be sent how much of it is taken, as the rules of its class say. */
export function describeRequests(document: OpenAPIObject, { bodies, queries }: RequestTypes): void {
  const schemas = (document.components?.schemas ?? {}) as Record<string, Schema>;
  for (const body of withParts(bodies)) {
    const schema = schemas[body.name];
    if (schema === undefined) continue;
    // A field that is not known is refused.
    schema.additionalProperties = false;
    for (const [field, property] of Object.entries(schema.properties ?? {}))
      describeField(body, field, property);
  }
  for (const { operation } of operationsOf(document)) {
    const query = queries.get(operation.operationId ?? '');
    for (const parameter of operation.parameters ?? []) {
      if ('$ref' in parameter) continue;
      const schema = parameter.schema as Schema;
      if (parameter.in !== 'path' && schema.maxLength === undefined) add(schema, { maxLength: LONGEST_HEAD });
      if (parameter.in === 'query' && query !== undefined) describeField(query, parameter.name, schema);
      if (parameter.in === 'path') {
        add(schema, { minLength: 1, maxLength: LONGEST_PATH_PARAMETER, pattern: SOUND_TEXT });
      }
      if (parameter.in === 'header') add(schema, { pattern: SOUND_TEXT, format: 'int32' });
    }
  }
}

/** The classes, and those of the objects in them. */
function withParts(classes: Iterable<Constructor>, found = new Set<Constructor>()): Set<Constructor> {
  for (const target of classes) {
    if (found.has(target)) continue;
    found.add(target);
    withParts(
      requestClassOf(target).nested.map(({ type }) => type as Constructor),
      found,
    );
  }
  return found;
}

function describeField(target: Constructor, field: string, schema: Schema): void {
  const { own, each } = boundsOf(target, field);
  add(schema, own);
  if (schema.items !== undefined) add(schema.items, each);
}

/** What says of texts is for texts only, and so on; nothing is said beside a list of values or a reference. */
function add(schema: Schema, bounds: Bounds): void {
  if (schema.enum !== undefined) return;
  const types = [schema.type].flat();
  const { minLength, maxLength, pattern, format, minimum, maximum, minItems, maxItems } = bounds;
  const said: { readonly [Name in keyof Bounds]: Bounds[Name] | undefined } = {
    ...(types.includes('string') ? { minLength, maxLength, pattern: schema.pattern ?? pattern } : {}),
    ...(types.includes('integer') ? { format, minimum, maximum } : {}),
    ...(types.includes('number') ? { minimum, maximum } : {}),
    ...(types.includes('array') ? { minItems, maxItems } : {}),
  };
  for (const [name, value] of Object.entries(said)) {
    // A text of a known form says more by its name than by what it may not hold.
    const isSaid = name === 'pattern' && value === SOUND_TEXT && schema.format !== undefined;
    if (value !== undefined && !isSaid) Object.assign(schema, { [name]: value });
  }
}
