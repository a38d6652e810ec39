import type { FieldError } from '../core/errors.js';

/** Errors listed in one answer: enough to mend a request, too few to make the answer a burden. */
export const MOST_ERRORS = 50;

/** Names of fields are said again in the answer, up to so many characters. */
export const LONGEST_NAME = 100;

/** Of a parameter that the query names several times. */
export const ONCE = 'Give this once.';

/** Of a field that is not known. */
export const noField = (name: string): string => `There is no field "${name.slice(0, LONGEST_NAME)}" here.`;

/** Adds an error unless there are enough, and one that says that there are more. */
export function addError(errors: FieldError[], pointer: string, detail: string): void {
  if (errors.length <= MOST_ERRORS) errors.push({ pointer, detail });
}

/** Puts the name of the field in front of the pointers of the errors from `from` on. */
export function prefixErrors(errors: FieldError[], from: number, name: string): void {
  for (let index = from; index < errors.length; index += 1) {
    const error = errors[index];
    if (error !== undefined) errors[index] = { ...error, pointer: pointerTo(name) + error.pointer };
  }
}

/** RFC 6901 for one step. */
export const pointerTo = (name: string): string =>
  `/${name.slice(0, LONGEST_NAME).replaceAll('~', '~0').replaceAll('/', '~1')}`;
