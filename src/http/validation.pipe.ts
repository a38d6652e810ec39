import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { VigieError, type FieldError } from '../core/errors.js';
import { EMPTY_JSON, emptyJsonRefused } from './json-body.js';
import { addError, MOST_ERRORS, ONCE, prefixErrors } from './field-errors.js';
import { isSubject, keepsRules } from './field-rules.js';
import { readObject, type RequestPart } from './read-request.js';
import { refuseText } from './refuse-text.js';
import { requestClassOf, type Constructor, type RequestClass } from './request-class.js';
import { ruleErrors } from './rule-errors.js';

/** Types that say nothing of what is expected. */
const WITHOUT_RULES = new Set<unknown>([undefined, Object, String, Number, Boolean, Array]);

/**
 * Turns what was sent into an instance of the class that the handler asks for, or throws INVALID with every wrong field.
 * A request without a class is only looked through for text that can not be stored.
 */
@Injectable()
export class ValidationPipe implements PipeTransform {
  transform(value: unknown, { type, metatype, data }: ArgumentMetadata): unknown {
    if (type === 'custom') return value;
    if (data === undefined && !WITHOUT_RULES.has(metatype)) {
      // Parameters of the path are texts as well.
      return readRequest(metatype as Constructor, value, type === 'body' ? 'body' : 'query');
    }
    return cleanValue(value, type, metatype, data);
  }
}

/**
 * An instance of `target` that keeps all its rules. A body that was not sent, or was announced as JSON and is empty, is an
 * empty object where nothing in it is required.
 * @throws VigieError INVALID; the framework's error for JSON that is empty
 */
export function readRequest(target: Constructor, value: unknown, part: RequestPart): object {
  const described = requestClassOf(target);
  if (value === undefined || value === EMPTY_JSON) {
    const missing: FieldError[] = [];
    const empty = readObject(described, {}, part, missing);
    if (missing.length === 0 && keepsAllRules(described, empty)) return empty;
    if (value === EMPTY_JSON) throw emptyJsonRefused();
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw refusal([{ pointer: '', detail: 'The body must be a JSON object.' }]);
  }
  const errors: FieldError[] = [];
  const instance = readObject(described, value, part, errors);
  // Here nearly every request ends; class-validator is asked only to say what is wrong.
  if (errors.length === 0 && keepsAllRules(described, instance)) return instance;

  for (const error of ruleErrors(instance)) {
    const told = errors.some(
      ({ pointer }) =>
        `${error.pointer}/`.startsWith(`${pointer}/`) || pointer.startsWith(`${error.pointer}/`),
    );
    if (!told) addError(errors, error.pointer, error.detail);
  }
  if (errors.length === 0) {
    throw new Error(`${target.name}: its rules refuse what class-validator accepts.`);
  }
  throw refusal(errors);
}

/** Whether an instance that `readObject` made keeps the rules of its class, as class-validator understands them. */
export function keepsAllRules({ fields }: RequestClass, instance: object): boolean {
  for (const field of fields.values()) {
    const value = (instance as Record<string, unknown>)[field.name];
    if (!isSubject(instance, value, field.rules)) continue;
    if (!keepsRules(instance, field.name, value, field.rules)) return false;
    if (!field.rules.nested || value === undefined) continue;
    const nested = requestClassOf(field.type as Constructor);
    if (Array.isArray(value)) {
      for (const item of value as object[]) if (!keepsAllRules(nested, item)) return false;
    } else if (!(value instanceof nested.target) || !keepsAllRules(nested, value)) return false;
  }
  return true;
}

/** A parameter of the path, a single parameter of the query, or a body without a class. */
function cleanValue(
  value: unknown,
  type: ArgumentMetadata['type'],
  metatype: unknown,
  name: string | undefined,
) {
  if (value === EMPTY_JSON) return undefined;
  const errors: FieldError[] = [];
  if (type === 'query' && name !== undefined && metatype === String && Array.isArray(value)) {
    addError(errors, '', ONCE);
  } else refuseText(value, errors);
  if (errors.length === 0) return value;
  if (name !== undefined) prefixErrors(errors, 0, name);
  throw refusal(errors);
}

const refusal = (fields: readonly FieldError[]): VigieError =>
  new VigieError(
    'INVALID',
    fields.length <= MOST_ERRORS
      ? 'Correct the fields that are listed in "errors" and send the request again.'
      : 'More fields are wrong than are listed in "errors".',
    fields.slice(0, MOST_ERRORS),
  );
