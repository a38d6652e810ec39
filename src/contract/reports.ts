import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsString, ValidateNested } from 'class-validator';
import { type Reason, REASONS } from '../core/reasons.js';
import { ImageRef } from './image-ref.js';
import { MayBeLeftOut } from './may-be-left-out.js';
import { Length, MaxLength } from './text-length.js';

export class PageRef {
  @ApiProperty({
    maxLength: 2048,
    description: "The page on which it was seen, on one of the site's origins.",
    example: 'https://www.example.ma/article/1',
  })
  @Length(1, 2048)
  @IsString()
  url!: string;

  @ApiPropertyOptional({ maxLength: 500, example: 'Les oliviers de Meknès' })
  @MaxLength(500)
  @IsString()
  @MayBeLeftOut()
  title?: string;
}

export class ReporterRef {
  @ApiPropertyOptional({ maxLength: 512, description: 'A device token from `POST /v1/devices`.' })
  @Length(1, 512)
  @IsString()
  @MayBeLeftOut()
  device?: string;

  @ApiPropertyOptional({
    maxLength: 4096,
    description:
      'A JWT (HS256) that the site signed for its reader: `aud` the site, `sub` the account, `exp` at most ten minutes ' +
      'ahead. Network caps hold for the account unless it is `verified` (true) and, where `since` says when it was made ' +
      '(seconds since 1970, or RFC 3339), at least seven days old.',
  })
  @Length(1, 4096)
  @IsString()
  @MayBeLeftOut()
  token?: string;

  @ApiPropertyOptional({
    maxLength: 255,
    description: "The site's own name of the account. Secret key only.",
    example: 'user-42',
  })
  @Length(1, 255)
  @IsString()
  @MayBeLeftOut()
  account?: string;

  @ApiPropertyOptional({
    maxLength: 45,
    description:
      "The reader's IP address, with `device` or `token`. Secret key only: without it the address counts from which the " +
      "site's server asks, and network caps take all its readers for one network. It is not kept.",
    example: '203.0.113.9',
  })
  @Length(2, 45)
  @IsString()
  @MayBeLeftOut()
  address?: string;
}

/** One reader's complaint about an image. */
export class SubmitReportBody {
  @ApiProperty({ type: ImageRef })
  @Type(() => ImageRef)
  @ValidateNested()
  image!: ImageRef;

  @ApiPropertyOptional({ type: PageRef })
  @Type(() => PageRef)
  @ValidateNested()
  @MayBeLeftOut()
  page?: PageRef;

  @ApiProperty({ enum: REASONS, example: 'violence' })
  @IsIn(REASONS, { message: `must be one of: ${REASONS.join(', ')}` })
  reason!: Reason;

  @ApiPropertyOptional({ maxLength: 1000, example: 'Cette photo montre un accident sans floutage.' })
  @MaxLength(1000)
  @IsString()
  @MayBeLeftOut()
  comment?: string;

  @ApiProperty({ type: ReporterRef })
  @Type(() => ReporterRef)
  @ValidateNested()
  reporter!: ReporterRef;
}

export class ReportedImage {
  @ApiProperty({ description: 'After this report was committed.', example: false })
  readonly blocked!: boolean;

  @ApiPropertyOptional({ type: 'integer', description: 'When blocked.' })
  readonly version?: number;
}

/** The same whether the report counts or not, and without any number of reports. */
export class ReportAnswer {
  @ApiProperty({
    description: 'Lets its reader, and nobody else, see the outcome or withdraw.',
    example: 'rcp_AbC123',
  })
  readonly receipt!: string;

  @ApiProperty({ enum: ['recorded', 'already_reported'], example: 'recorded' })
  readonly outcome!: 'recorded' | 'already_reported';

  @ApiProperty({
    description: 'For the reader, in the language asked for.',
    example: 'Merci. Cette image sera bloquée automatiquement dès que plusieurs personnes l’auront signalée.',
  })
  readonly message!: string;

  @ApiProperty({ type: ReportedImage, example: { blocked: false } })
  readonly image!: ReportedImage;
}

export class ReceiptAnswer {
  @ApiProperty({ enum: ['pending', 'blocked', 'kept', 'withdrawn'], example: 'pending' })
  readonly outcome!: 'pending' | 'blocked' | 'kept' | 'withdrawn';

  @ApiProperty({ description: 'True while only a rule, and no person, has decided.', example: false })
  readonly automated!: boolean;

  @ApiProperty({ type: String, nullable: true, format: 'date-time', example: null })
  readonly decidedAt!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The content rule that the decision cites.',
    example: null,
  })
  readonly policy!: string | null;
}

/** A proof of work, in the form of ALTCHA (v1). */
@ApiSchema({
  description:
    'Find the `number` from 0 to `maxnumber` for which the SHA-256 (hex) of `salt` followed by it is `challenge`.',
})
export class ChallengeAnswer {
  @ApiProperty({ enum: ['SHA-256'], example: 'SHA-256' })
  readonly algorithm!: string;

  @ApiProperty({ example: '5c3a5a9e0f1fca6bb0a3f0b1c6a8d6d64ee3c1b6d6f6e4e0e2b3ab4f6c8f2a11' })
  readonly challenge!: string;

  @ApiProperty({
    type: 'integer',
    description: 'The work; more where a network has asked for many devices.',
    example: 50_000,
  })
  readonly maxnumber!: number;

  @ApiProperty({ example: '0f1e2d3c4b5a69788796a5b4?site=sit_AbC123&max=50000&expires=1795000600&' })
  readonly salt!: string;

  @ApiProperty({ example: 'b0a1c2d3e4f5061728394a5b6c7d8e9fb0a1c2d3e4f5061728394a5b6c7d8e9f' })
  readonly signature!: string;
}

export class MintDeviceBody {
  @ApiProperty({
    maxLength: 4096,
    description:
      'The solved challenge: base64 of the JSON of `{ algorithm, challenge, number, salt, signature }`, all but `number` ' +
      'as `GET /v1/challenges` gave them. It is good once, for ten minutes.',
    example: 'eyJhbGdvcml0aG0iOiJTSEEtMjU2In0=',
  })
  @Length(1, 4096)
  @IsString()
  proof!: string;
}

export class DeviceAnswer {
  @ApiProperty({ description: 'Keep it on the device, and send it with each report.', example: 'dev_AbC123' })
  readonly device!: string;
}
