import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { MayBeLeftOut } from './may-be-left-out.js';
import { pageOf } from './page.js';
import { Length } from './text-length.js';

/** Characters of the name by which keys, or tokens, are told apart. */
export const LONGEST_KEY_NAME = 100;

export const SITE_KEY_KINDS = ['publishable', 'secret'] as const;
export type SiteKeyKind = (typeof SITE_KEY_KINDS)[number];

const KIND = {
  enum: SITE_KEY_KINDS,
  example: 'secret',
  description: 'publishable: for browsers, on the pages of the site. secret: for its back end alone.',
} as const;

export class CreateKeyRequest {
  @ApiProperty(KIND)
  @IsIn(SITE_KEY_KINDS, { message: 'Must be "publishable" or "secret".' })
  kind!: SiteKeyKind;

  @ApiPropertyOptional({
    maxLength: LONGEST_KEY_NAME,
    example: 'back end',
    description: 'To tell keys apart.',
  })
  @Length(0, LONGEST_KEY_NAME, { message: `Must be a text of at most ${LONGEST_KEY_NAME} characters.` })
  @MayBeLeftOut()
  name?: string;
}

/** A key of a site, without the key itself, which nobody can read again. */
export class KeyAnswer {
  @ApiProperty({ example: 'key_dHVuYWZpc2hzYW5kd2ljaGZvcmx1bmNo' })
  readonly id!: string;

  @ApiProperty(KIND)
  readonly kind!: SiteKeyKind;

  @ApiProperty({ example: 'back end' })
  readonly name!: string;

  @ApiProperty({ example: 'x7Qe', description: 'Its last four characters.' })
  readonly hint!: string;

  @ApiProperty({ format: 'date-time', example: '2026-11-23T10:00:00.000Z' })
  readonly createdAt!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'admin@example.ma',
    description: 'Null: the operator.',
  })
  readonly createdBy!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: null })
  readonly revokedAt!: string | null;
}

export class CreatedKeyAnswer extends KeyAnswer {
  @ApiProperty({
    example: 'vg_sec_7mFq2XcB9dKe4RtYw8ZpLs6HvNj3Qa0a1B2c',
    description: 'Shown once: keep it now.',
  })
  readonly key!: string;

  @ApiPropertyOptional({
    example: 'c2lnbmluZyBzZWNyZXQgb2YgdGhpcyBzaXRlIG9ubHk',
    description: "With a secret key: what the site signs its readers' tokens with (HS256, as UTF-8 text).",
  })
  readonly readerSigningSecret?: string;
}

export class KeyPage extends pageOf(KeyAnswer) {}
