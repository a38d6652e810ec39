import type { FieldError } from '../core/errors.js';
import { isSubject } from './field-rules.js';
import { addError, noField, ONCE, pointerTo, prefixErrors } from './field-errors.js';
import { isDay } from './is-day.js';
import type { FieldType, RequestClass, RequestField } from './request-class.js';
import { requestClassOf } from './request-class.js';
import { refuseText } from './refuse-text.js';

/** A query's values are texts, and its numbers and flags are read from them; a body's values are what they are. */
export type RequestPart = 'body' | 'query';

/**
 * A browser's key comes in the query of any GET (the guard reads it), so no class needs to name it.
 */
const KEY_PARAMETER = 'key';

/**
 * Makes an instance of the class from what was sent, and adds to `errors` what no rule is asked about: unknown fields,
 * objects and lists in each other's place, objects that are missing (@ValidateNested() alone lets them), lists that are
 * too long, text that can not be stored. Pointers are relative
 * to `value`. Fields that are in error are left out of the instance.
 */
export function readObject(
  { target, fields, nested }: RequestClass,
  value: object,
  part: RequestPart,
  errors: FieldError[],
): object {
  const instance = new target() as Record<string, unknown>;
  for (const name of Object.keys(value)) {
    const field = fields.get(name);
    if (field === undefined) {
      if (part === 'query' && name === KEY_PARAMETER) continue;
      addError(errors, pointerTo(name), noField(name));
      continue;
    }
    const before = errors.length;
    const read = readField(field, (value as Record<string, unknown>)[name], part, errors);
    if (errors.length === before) instance[name] = read;
    else prefixErrors(errors, before, name);
  }
  for (const field of nested) {
    if (Object.hasOwn(value, field.name) || !isSubject(instance, undefined, field.rules)) continue;
    addError(errors, pointerTo(field.name), 'This field is required.');
  }
  return instance;
}

function readField(field: RequestField, value: unknown, part: RequestPart, errors: FieldError[]): unknown {
  if (Array.isArray(value)) {
    if (part === 'query' && !field.isList) return void addError(errors, '', ONCE);
    if (typeof field.type === 'function' && !field.isList) {
      return void addError(errors, '', 'Must be an object, not a list.');
    }
    if (value.length > field.maxItems) {
      return void addError(errors, '', `Must have no more than ${field.maxItems} items.`);
    }
    return readList(field.type, value, part, errors);
  }
  if (field.isList && value !== null) {
    if (part === 'query') return readList(field.type, [value], part, errors);
    return void addError(errors, '', 'Must be a list.');
  }
  if (field.takesAnyText && typeof value === 'string') return value;
  return readValue(field.type, value, part, errors);
}

function readList(
  type: FieldType,
  list: readonly unknown[],
  part: RequestPart,
  errors: FieldError[],
): unknown[] {
  const read: unknown[] = [];
  for (let index = 0; index < list.length; index += 1) {
    const before = errors.length;
    const item = list[index];
    // Left to the rule of nested objects, a list in a list would be looked into.
    if (typeof type === 'function' && (typeof item !== 'object' || item === null || Array.isArray(item))) {
      addError(errors, '', 'Must be an object.');
    } else read.push(readValue(type, item, part, errors));
    prefixErrors(errors, before, String(index));
  }
  return read;
}

function readValue(type: FieldType, value: unknown, part: RequestPart, errors: FieldError[]): unknown {
  if (typeof value === 'string') {
    refuseText(value, errors);
    if (type === 'date') return dateOf(value);
    if (part === 'query' && type === 'number') return numberOf(value);
    if (part === 'query' && type === 'boolean')
      return value === 'true' || (value === 'false' ? false : value);
    return value;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (typeof type === 'function' && !Array.isArray(value)) {
    return readObject(requestClassOf(type), value, part, errors);
  }
  refuseText(value, errors);
  return value;
}

/** Decimal only: what Number() takes besides ("0x10", "1e3", "") is nobody's intention. */
const numberOf = (text: string): unknown => (/^-?\d{1,15}(?:\.\d{1,15})?$/.test(text) ? Number(text) : text);

/** RFC 3339, whose every text Date.parse reads; anything else stays a text, for @IsDate to refuse. */
function dateOf(text: string): Date | string {
  const complete =
    /^\d{4}-\d\d-\d\d[Tt](?:[01]\d|2[0-3]):\d\d:\d\d(?:\.\d{1,9})?(?:[Zz]|[+-]\d\d:\d\d)$/.test(text);
  const date = new Date(text);
  return complete && !Number.isNaN(date.getTime()) && isDay(text.slice(0, 10)) ? date : text;
}
