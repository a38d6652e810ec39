import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';

/** One wrong field of a request. */
@ApiSchema({ description: 'One wrong field of a request.' })
export class FieldProblem {
  @ApiProperty({
    description: 'Where: a JSON pointer (RFC 6901) into the body, or to the name of a query parameter.',
    example: '/image/url',
  })
  readonly pointer!: string;

  @ApiProperty({ description: 'What is expected there.', example: 'This field is required.' })
  readonly detail!: string;
}

/** Every error that this service answers (RFC 9457). Some problems carry more members than these. */
@ApiSchema({ description: 'Every error is answered in this shape (RFC 9457). Some carry more members.' })
export class ProblemDetails {
  @ApiProperty({
    description: 'What went wrong, for programs; stable.',
    format: 'uri-reference',
    example: '/problems/invalid',
  })
  readonly type!: string;

  @ApiProperty({ description: 'The same for people.', example: 'Some fields are not valid' })
  readonly title!: string;

  @ApiProperty({ type: 'integer', description: 'The HTTP status.', example: 422 })
  readonly status!: number;

  @ApiProperty({
    description: 'What to do about it.',
    example: 'Correct the fields that are listed in "errors" and send the request again.',
  })
  readonly detail!: string;

  @ApiProperty({
    description: 'The id of the request, also in the header X-Request-Id: name it when you ask for help.',
    example: '5f0c8a52-6f2e-4c7e-9a57-0a2f3a4c1d10',
  })
  readonly instance!: string;

  @ApiPropertyOptional({ type: [FieldProblem], description: 'The wrong fields, where fields are wrong.' })
  readonly errors?: readonly FieldProblem[];

  @ApiPropertyOptional({
    description: 'Why, in a word for programs, where one kind of problem may have several causes; stable.',
    example: 'last-lead',
  })
  readonly why?: string;

  @ApiPropertyOptional({
    type: 'integer',
    description: 'Seconds to wait before trying again, as in the header Retry-After, where waiting helps.',
  })
  readonly retryAfter?: number;
}
