import { getMetadataStorage } from 'class-validator';
import type { RuleMetadata } from './field-rules.js';
import type { Constructor } from './request-class.js';

/** What a schema says of the values that are taken. */
export interface Bounds {
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  format?: string;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
}

/**
 * Of every text of a request (refuse-text.ts): no NUL. That half a surrogate pair is refused as well can not be said so that
 * readers of patterns with and without Unicode both understand it.
 */
export const SOUND_TEXT = '^[^\\u0000]*$';

/** Of one that is only looked up, and may hold anything (contract/any-text.ts). */
const ANY_TEXT = '^[\\s\\S]*$';

/** The bounds of a field, and of its items where it is a list. */
export interface FieldBounds {
  readonly own: Bounds;
  readonly each: Bounds;
}

/**
 * The rules of a field, as a schema says them: the description of what is taken is read from what refuses the rest, and
 * so says the same.
 */
export function boundsOf(target: Constructor, field: string): FieldBounds {
  const bounds: FieldBounds = { own: {}, each: {} };
  for (const item of getMetadataStorage().getTargetValidationMetadatas(target, '', false, false)) {
    if (item.propertyName === field) Object.assign(item.each ? bounds.each : bounds.own, boundOf(item));
  }
  return bounds;
}

/** Characters of a time with nanoseconds and a zone (read-request.ts takes no more). */
const LONGEST_TIME = 35;

function boundOf({ name, constraints }: RuleMetadata): Bounds {
  const [first, second] = (constraints ?? []) as [unknown, unknown];
  switch (name) {
    case 'isString':
      return { pattern: SOUND_TEXT };
    case 'anyText':
      return { pattern: ANY_TEXT };
    case 'isLength':
      return { pattern: SOUND_TEXT, minLength: Number(first), maxLength: Number(second) };
    case 'maxLength':
      return { pattern: SOUND_TEXT, maxLength: Number(first) };
    case 'matches':
      return first instanceof RegExp && first.flags === '' ? { pattern: first.source } : {};
    case 'min':
      return { minimum: Number(first) };
    case 'max':
      return { maximum: Number(first) };
    case 'isDate':
      return { maxLength: LONGEST_TIME };
    case 'arrayMinSize':
      return { minItems: Number(first) };
    case 'arrayMaxSize':
      return { maxItems: Number(first) };
    default:
      return {};
  }
}
