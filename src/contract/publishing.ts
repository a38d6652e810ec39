import { ApiProperty, ApiPropertyOptional, PickType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsString, ValidateNested } from 'class-validator';
import { type Policy, type Reason, REASONS } from '../core/reasons.js';
import { BLOCK_SOURCES, type BlockSource } from '../core/image-state.js';
import { ImageRef } from './image-ref.js';
import { MayBeLeftOut } from './may-be-left-out.js';
import { Length, MaxLength } from './text-length.js';

/** Which site, where the caller is staff. */
export class SiteParam {
  @ApiPropertyOptional({
    maxLength: 80,
    description: "For staff: the site's id or slug.",
    example: 'example',
  })
  @Length(1, 80)
  @IsString()
  @MayBeLeftOut()
  site?: string;
}

/** An image of a site, in a query. */
export class ImageQuery extends SiteParam {
  @ApiPropertyOptional({
    maxLength: 2048,
    description: 'An address of the image.',
    example: 'https://cdn.example.ma/photos/1.jpg',
  })
  @Length(1, 2048)
  @IsString()
  @MayBeLeftOut()
  url?: string;

  @ApiPropertyOptional({ maxLength: 512, description: "The site's own id of the image.", example: 'photo-1' })
  @Length(1, 512)
  @IsString()
  @MayBeLeftOut()
  id?: string;
}

/** An image in a query of its own site. */
export class OwnImageQuery extends PickType(ImageQuery, ['url', 'id'] as const) {}

/** A question for one state; a publishable key may come as `?key=`. */
export class StateQuery extends ImageQuery {
  @ApiPropertyOptional({ maxLength: 64, description: 'A publishable key, where no header can be sent.' })
  @MaxLength(64)
  @IsString()
  @MayBeLeftOut()
  key?: string;
}

export const LARGEST_BATCH = 1000;

export class StatesBody {
  @ApiProperty({
    type: [ImageRef],
    maxItems: LARGEST_BATCH,
    description: 'Each by `url` or `id`; with both, blocked where either is.',
  })
  @ArrayMaxSize(LARGEST_BATCH)
  @ArrayMinSize(1)
  @IsArray()
  @Type(() => ImageRef)
  @ValidateNested({ each: true })
  images!: ImageRef[];
}

/** Whether an image may be shown. A visible image says nothing else, whether it was ever reported or not. */
export class ImageStateAnswer {
  @ApiProperty({ type: ImageRef, description: 'As asked.' })
  readonly image!: ImageRef;

  @ApiProperty({ example: true })
  readonly blocked!: boolean;

  @ApiPropertyOptional({ enum: REASONS, description: 'For secret keys and staff.', example: 'violence' })
  readonly reason?: Policy;

  @ApiPropertyOptional({ description: 'For secret keys and staff: has a person decided?', example: false })
  readonly reviewed?: boolean;

  @ApiPropertyOptional({
    format: 'date-time',
    description: 'Start of the blocked spell, in whole seconds.',
    example: '2026-11-23T10:00:00Z',
  })
  readonly since?: string;

  @ApiPropertyOptional({
    type: 'integer',
    description: 'Rises with every change of what is seen.',
    example: 3,
  })
  readonly version?: number;
}

export class StatesAnswer {
  @ApiProperty({ type: [ImageStateAnswer], description: 'In the order asked.' })
  readonly states!: ImageStateAnswer[];
}

export class BlockImageBody {
  @ApiProperty({ type: ImageRef })
  @Type(() => ImageRef)
  @ValidateNested()
  image!: ImageRef;

  @ApiPropertyOptional({
    enum: REASONS,
    description: "For the site's key: why. Staff leave it out, or name the policy again.",
    example: 'privacy',
  })
  @IsIn(REASONS, { message: `must be one of: ${REASONS.join(', ')}` })
  @MayBeLeftOut()
  reason?: Reason;

  @ApiPropertyOptional({
    enum: REASONS,
    description: 'For staff: the content rule that the decision cites.',
    example: 'privacy',
  })
  @IsIn(REASONS, { message: `must be one of: ${REASONS.join(', ')}` })
  @MayBeLeftOut()
  policy?: Policy;

  @ApiPropertyOptional({
    maxLength: 1000,
    description:
      "Of the site's own block: the latest counts, and the answer says it. By staff: for the decision.",
    example: 'À la demande de la famille.',
  })
  @MaxLength(1000)
  @IsString()
  @MayBeLeftOut()
  note?: string;
}

export class ProtectImageBody {
  @ApiProperty({ type: ImageRef })
  @Type(() => ImageRef)
  @ValidateNested()
  image!: ImageRef;

  @ApiPropertyOptional({
    maxLength: 1000,
    description:
      'For the log that moderators read. That of the first request counts, for as long as the protection stands.',
    example: 'Vérifiée par la rédaction en chef.',
  })
  @MaxLength(1000)
  @IsString()
  @MayBeLeftOut()
  note?: string;
}

export class AppealImageBody {
  @ApiProperty({ type: ImageRef })
  @Type(() => ImageRef)
  @ValidateNested()
  image!: ImageRef;

  @ApiPropertyOptional({
    maxLength: 1000,
    description: 'For the log that moderators read. That of the first appeal counts.',
    example: 'Photo d’agence, vérifiée par la rédaction.',
  })
  @MaxLength(1000)
  @IsString()
  @MayBeLeftOut()
  note?: string;
}

export class BindAddressesBody {
  @ApiProperty({ maxLength: 512, description: "The site's own id of the image.", example: 'photo-1' })
  @Length(1, 512)
  @IsString()
  id!: string;

  @ApiProperty({
    type: [String],
    maxItems: 100,
    example: ['https://cdn.example.ma/photos/1.jpg', 'https://cdn.example.ma/photos/1-large.jpg'],
  })
  @ArrayMaxSize(100)
  @ArrayMinSize(1)
  @IsArray()
  @Length(1, 2048, { each: true })
  @IsString({ each: true })
  urls!: string[];
}

/** One standing cause for an image to be hidden. */
export class BlockAnswer {
  @ApiProperty({ enum: BLOCK_SOURCES, example: 'publisher' })
  readonly source!: BlockSource;

  @ApiProperty({ enum: REASONS, example: 'privacy' })
  readonly reason!: Policy;

  @ApiProperty({ format: 'date-time', example: '2026-11-23T10:00:00Z' })
  readonly since!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description:
      "The publisher's, of their own block. What staff note of a decision is for their colleagues.",
    example: 'À la demande de la famille.',
  })
  readonly note!: string | null;
}

/** An image as its publisher may see it. */
export class PublishedImage extends ImageStateAnswer {
  @ApiProperty({
    description: 'The word of its site or a moderator that it is right: reports only queue.',
    example: false,
  })
  readonly protected!: boolean;

  @ApiProperty({
    description: 'Its site asked for another look at it, and nobody has decided yet.',
    example: false,
  })
  readonly appealed!: boolean;

  @ApiProperty({
    type: [BlockAnswer],
    description: 'All that stands; the image is visible only when nothing does.',
  })
  readonly blocks!: BlockAnswer[];

  @ApiProperty({ type: [String], description: 'The addresses bound to its id.', example: [] })
  readonly addresses!: string[];

  @ApiPropertyOptional({
    description:
      'Only where staff blocked it, or took a block back: the decision that this was. It can be undone.',
    example: 'dec_0tJf0rT0cU6yXc1s3bDk2Q8m4n5p6q7r',
  })
  readonly decision?: string;
}
