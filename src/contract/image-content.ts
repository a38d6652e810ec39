import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsString, Matches, ValidateNested } from 'class-validator';
import { ImageRef } from './image-ref.js';
import { MayBeLeftOut } from './may-be-left-out.js';
import { MaxLength } from './text-length.js';

export class ImageContentBody {
  @ApiProperty({ type: ImageRef, description: 'By an address, or by its id: not both.' })
  @Type(() => ImageRef)
  @ValidateNested()
  image!: ImageRef;

  @ApiPropertyOptional({
    maxLength: 64,
    pattern: '^[0-9a-f]{64}$',
    description:
      'Of the new bytes, in lower-case hexadecimal. Left out: Vigie looks at them itself. Bytes that nobody has looked at ' +
      'yet neither join nor block another image: they may be a placeholder.',
    example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  })
  @Matches(/^[0-9a-f]{64}$/, { message: 'must be 64 hexadecimal digits, in lower case' })
  @IsString()
  @MayBeLeftOut()
  sha256?: string;

  @ApiPropertyOptional({
    maxLength: 1000,
    description: 'For the log that moderators read.',
    example: 'Photo remplacée à la demande de l’agence.',
  })
  @MaxLength(1000)
  @IsString()
  @MayBeLeftOut()
  note?: string;
}

const CONTENT_CHANGES = ['first', 'same', 're-encoded', 'new', 'returned'] as const;

/** What became of it. */
@ApiSchema({ description: 'What came of new bytes.' })
export class ImageContentAnswer {
  @ApiProperty({ type: ImageRef, description: 'As asked.' })
  readonly image!: ImageRef;

  @ApiProperty({
    description: 'False: nobody ever reported or named it, and nothing was done.',
    example: true,
  })
  readonly known!: boolean;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'The version of its bytes that the image shows; null: nobody has looked at them yet.',
    example: 2,
  })
  readonly contentVersion!: number | null;

  @ApiPropertyOptional({
    enum: CONTENT_CHANGES,
    description: 'With `sha256`: what these bytes are to the image.',
    example: 'new',
  })
  readonly change?: string;

  @ApiProperty({
    description: 'The bytes will be fetched: what comes of it is told by the feed and by webhooks.',
    example: false,
  })
  readonly fetching!: boolean;

  @ApiPropertyOptional({ description: 'Of a known image: is it blocked now?', example: false })
  readonly blocked?: boolean;
}
