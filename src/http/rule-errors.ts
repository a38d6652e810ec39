import { validateSync, type ValidationError } from 'class-validator';
import type { FieldError } from '../core/errors.js';
import { addError, pointerTo } from './field-errors.js';
import { firstWrongItem } from './field-rules.js';
import { requestClassOf, type Constructor } from './request-class.js';

/** The rules that an instance breaks, as class-validator finds them: one error per field, in sentences for people. */
export function ruleErrors(instance: object): FieldError[] {
  const errors: FieldError[] = [];
  const found = validateSync(instance, { forbidUnknownValues: false, stopAtFirstError: true });
  collect(found, '', errors);
  return errors;
}

function collect(found: readonly ValidationError[], parent: string, errors: FieldError[]): void {
  for (const error of found) {
    const pointer = parent + pointerTo(error.property);
    const message = Object.values(error.constraints ?? {})[0];
    if (message !== undefined) addMessage(error, pointer, message, errors);
    collect(error.children ?? [], pointer, errors);
  }
}

function addMessage(error: ValidationError, pointer: string, message: string, errors: FieldError[]): void {
  const { value, target } = error as { value: unknown; target?: object };
  if (value === undefined) return addError(errors, pointer, 'This field is required.');
  if (error.constraints?.['nestedValidation'] !== undefined) {
    const isList = fieldOf(target, error.property)?.isList === true;
    return addError(errors, pointer, isList ? 'Must be a list of objects.' : 'Must be an object.');
  }
  const item = message.startsWith(EACH) ? wrongItem(error) : -1;
  addError(errors, item < 0 ? pointer : `${pointer}/${item}`, sentence(message, error.property));
}

const EACH = 'each value in ';

function fieldOf(target: object | undefined, property: string) {
  if (target === undefined || Array.isArray(target)) return undefined;
  return requestClassOf(target.constructor as Constructor).fields.get(property);
}

function wrongItem({ target, property, value }: ValidationError): number {
  const field = fieldOf(target, property);
  if (target === undefined || field === undefined || !Array.isArray(value)) return -1;
  return firstWrongItem(target, property, value as unknown[], field.rules);
}

/** "each value in urls must be a string" -> "Must be a string.": the pointer says which field it is. */
function sentence(message: string, property: string): string {
  const bare = message.replace(EACH, '');
  const rest = bare.startsWith(`${property} `) ? bare.slice(property.length + 1) : bare;
  if (rest === 'must contain at least 1 elements') return 'Must have at least one item.';
  const start = rest.charAt(0).toUpperCase() + rest.slice(1);
  return /[.!?]$/.test(start) ? start : `${start}.`;
}
