import { buildMessage, ValidateBy, type ValidationOptions } from 'class-validator';

/**
 * Characters as Postgres and JSON Schema count them: code points. class-validator's own rules of these names leave out
 * the marks that make a character an emoji, and so let through what no column takes.
 */
export function hasLength(value: unknown, min: number, max: number): value is string {
  if (typeof value !== 'string') return false;
  // A code point is one or two units: most texts need no counting.
  if (value.length > 2 * max) return false;
  if (value.length <= max && value.length >= 2 * min) return true;
  const points = [...value].length;
  return points >= min && points <= max;
}

/** A text of so many characters. */
export const Length = (min: number, max: number, options?: ValidationOptions): PropertyDecorator =>
  ValidateBy(
    {
      name: 'isLength',
      constraints: [min, max],
      validator: {
        validate: (value) => hasLength(value, min, max),
        defaultMessage: buildMessage(
          (each) => `${each}$property must be a text of $constraint1 to $constraint2 characters`,
          options,
        ),
      },
    },
    options,
  );

/** A text of at most so many characters. */
export const MaxLength = (max: number, options?: ValidationOptions): PropertyDecorator =>
  ValidateBy(
    {
      name: 'maxLength',
      constraints: [max],
      validator: {
        validate: (value) => hasLength(value, 0, max),
        defaultMessage: buildMessage(
          (each) => `${each}$property must be a text of at most $constraint1 characters`,
          options,
        ),
      },
    },
    options,
  );
