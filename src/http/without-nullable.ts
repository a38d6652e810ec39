/** Keys whose values are data, not schemas: a property called "nullable" in an example stays. */
const DATA = new Set(['example', 'examples', 'default', 'const', 'enum', 'properties']);

/**
 * OpenAPI 3.1 says `type: [..., 'null']` where 3.0 said `nullable: true`. The generator converts most places; this one
 * converts what it left (a `nullable` without a type, and the members of a combination).
 */
export function withoutNullable<T>(document: T): T {
  visit(document);
  return document;
}

function visit(node: unknown): void {
  if (typeof node !== 'object' || node === null) return;
  for (const [key, value] of Object.entries(node)) {
    if (key === 'properties') Object.values((value ?? {}) as object).forEach(visit);
    else if (!DATA.has(key)) visit(value);
  }
  if (!Array.isArray(node) && 'nullable' in node) convert(node);
}

function convert(schema: { nullable?: unknown; type?: string | string[]; anyOf?: unknown[] }): void {
  const isNullable = schema.nullable === true;
  delete schema.nullable;
  if (!isNullable) return;
  if (schema.type !== undefined) schema.type = [...new Set([schema.type, 'null'].flat())];
  else if (schema.anyOf !== undefined) schema.anyOf = [...schema.anyOf, { type: 'null' }];
}
