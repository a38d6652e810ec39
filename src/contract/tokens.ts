import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsString } from 'class-validator';
import { LONGEST_KEY_NAME } from './keys.js';
import { MayBeLeftOut } from './may-be-left-out.js';
import { pageOf } from './page.js';
import { SecondFactorRequest } from './second-factor.js';
import { LONGEST_PASSWORD } from './session.js';
import { Length } from './text-length.js';
import { WholeNumber } from './whole-number.js';

export const LONGEST_TOKEN_DAYS = 90;

/** More than there are, so that a new one needs no line here; a list without end would be answered with as many errors. */
const MOST_SCOPES = 50;

const SCOPES = {
  type: 'array',
  items: { type: 'string', maxLength: 32, pattern: '^[a-z]+(:[a-z]+)?$' },
  maxItems: MOST_SCOPES,
  example: ['review', 'images', 'settings:read'],
  description: 'What it may be used for.',
} as const;

export class IssueTokenRequest extends SecondFactorRequest {
  @ApiPropertyOptional({
    maxLength: LONGEST_KEY_NAME,
    example: 'night shift',
    description: 'To tell tokens apart.',
  })
  @Length(0, LONGEST_KEY_NAME, { message: `Must be a text of at most ${LONGEST_KEY_NAME} characters.` })
  @MayBeLeftOut()
  name?: string;

  @ApiPropertyOptional({
    ...SCOPES,
    description: "At most those of the token that asks. Left out: of these, the daily work's.",
  })
  @ArrayMaxSize(MOST_SCOPES, { message: `Name at most ${MOST_SCOPES} scopes.` })
  @IsArray({ message: 'Must be a list of scopes, such as ["review"].' })
  @MayBeLeftOut()
  scopes?: string[];

  @WholeNumber(1, LONGEST_TOKEN_DAYS, 'After how many days it ends.', {
    example: 30,
    required: false,
  })
  @MayBeLeftOut()
  days?: number;

  @ApiPropertyOptional({
    maxLength: LONGEST_PASSWORD,
    example: 'k7mf2-x9qda-3hw8e-t5n4c',
    description:
      'Needed of who is signed in, and a code of the second factor where one is set up. With a token neither is looked at.',
  })
  @Length(1, LONGEST_PASSWORD)
  @IsString()
  @MayBeLeftOut()
  password?: string;
}

/** A personal access token of staff, without the token itself, which nobody can read again. */
export class TokenAnswer {
  @ApiProperty({ example: 'key_dHVuYWZpc2hzYW5kd2ljaGZvcmx1bmNo' })
  readonly id!: string;

  @ApiProperty({ example: 'night shift' })
  readonly name!: string;

  @ApiProperty({ example: 'x7Qe', description: 'Its last four characters.' })
  readonly hint!: string;

  @ApiProperty(SCOPES)
  readonly scopes!: readonly string[];

  @ApiProperty({ format: 'date-time', example: '2026-11-23T10:00:00.000Z' })
  readonly createdAt!: string;

  @ApiProperty({ format: 'date-time', example: '2027-02-21T10:00:00.000Z' })
  readonly expiresAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: null })
  readonly revokedAt!: string | null;
}

export class IssuedTokenAnswer extends TokenAnswer {
  @ApiProperty({
    example: 'vg_stf_7mFq2XcB9dKe4RtYw8ZpLs6HvNj3Qa0a1B2c',
    description: 'Shown once: keep it now.',
  })
  readonly token!: string;
}

export class TokenPage extends pageOf(TokenAnswer) {}
