import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsInt, Max, Min } from 'class-validator';

/** A whole number between two bounds, both allowed; described in OpenAPI too. */
export function WholeNumber(
  from: number,
  to: number,
  description: string,
  given: { readonly example: number; readonly required?: boolean },
): PropertyDecorator {
  const message = `Must be a whole number from ${from} to ${to}.`;
  return applyDecorators(
    ApiProperty({ type: 'integer', minimum: from, maximum: to, description, required: true, ...given }),
    IsInt({ message }),
    Min(from, { message }),
    Max(to, { message }),
  );
}
