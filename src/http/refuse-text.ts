import type { FieldError } from '../core/errors.js';
import { addError, noField, prefixErrors } from './field-errors.js';

/** Requests of this service are flat; what is nested deeper than this is an attempt at something. */
const DEEPEST = 32;

/** With the u flag a surrogate that has its partner is not one. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/** Names that lead from an object to what all objects share: whoever copied such a field by assigning it would change that. */
const SHARED: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Adds an error for every text in a value that Postgres can not store (NUL) or UTF-8 can not say (half a surrogate
 * pair), for fields that would reach the prototype of objects, and for nesting without end. Pointers are relative to `value`.
 */
export function refuseText(value: unknown, errors: FieldError[], depth = 0): void {
  if (typeof value === 'string') {
    if (value.includes('\0')) addError(errors, '', 'Must not contain the character NUL.');
    else if (LONE_SURROGATE.test(value)) addError(errors, '', 'Must not contain half a surrogate pair.');
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if (depth >= DEEPEST) return addError(errors, '', 'Is nested too deeply.');
  for (const name of Object.keys(value)) {
    const before = errors.length;
    if (SHARED.has(name)) addError(errors, '', noField(name));
    refuseText(name, errors);
    refuseText((value as Record<string, unknown>)[name], errors, depth + 1);
    if (errors.length > before) prefixErrors(errors, before, name);
  }
}
