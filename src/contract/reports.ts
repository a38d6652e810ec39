import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsString, ValidateNested } from 'class-validator';
import { type Locale, LOCALES, type Reason, REASONS } from '../core/reasons.js';
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

  @ApiPropertyOptional({ maxLength: 4096, description: 'A JWT (HS256) that the site signed for its reader.' })
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
    example: 'Merci. Cette image sera bloquée d’elle-même dès que plusieurs personnes l’auront signalée.',
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

/** What a page needs to ask a reader for a reason. */
export class ReasonsAnswer {
  @ApiProperty({
    enum: REASONS,
    isArray: true,
    description: 'Those that the site takes, in its order.',
    example: ['violence', 'nudity', 'other'],
  })
  readonly reasons!: readonly Reason[];

  @ApiProperty({ enum: LOCALES, description: 'The language of the site.', example: 'fr' })
  readonly locale!: Locale;
}

export class MintDeviceBody {
  @ApiPropertyOptional({ maxLength: 4096, description: 'The solution of a challenge. Not asked for yet.' })
  @Length(1, 4096)
  @IsString()
  @MayBeLeftOut()
  proof?: string;
}

export class DeviceAnswer {
  @ApiProperty({ description: 'Keep it on the device, and send it with each report.', example: 'dev_AbC123' })
  readonly device!: string;
}
