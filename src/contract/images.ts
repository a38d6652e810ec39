import { ApiExtraModels, ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { IsIn, IsString } from 'class-validator';
import { REASONS } from '../core/reasons.js';
import { NOT_SHOWN, SnapshotView } from './contents.js';
import { FINDINGS, type HoldFindingView } from './holds.js';
import { PageQuery, pageOf } from './page.js';
import { MayBeLeftOut } from './may-be-left-out.js';
import { Length } from './text-length.js';

/** What the list of images can be narrowed to. */
const IMAGE_STATES = ['blocked', 'visible', 'protected', 'open', 'escalated', 'closed'] as const;
export type ListedState = (typeof IMAGE_STATES)[number];

/** Which site something belongs to. */
@ApiSchema({ description: 'The site that something belongs to.' })
export class SiteReference {
  @ApiProperty({ example: 'sit_0tJf0rT0cU6yXc1s3bDk2Q8m4n5p6q7r' })
  readonly id!: string;

  @ApiProperty({ example: 'nouvelles' })
  readonly slug!: string;
}

/** `GET /v1/images`: one image by `url`, `id` or `image`; without them a search. */
export class ImagesQuery extends PageQuery {
  @ApiPropertyOptional({
    description: "The site's id or slug; needed with `url` and `id`.",
    example: 'nouvelles',
  })
  @Length(1, 100)
  @IsString()
  @MayBeLeftOut()
  site?: string;

  @ApiPropertyOptional({
    description: 'An address of the image.',
    example: 'https://cdn.example.ma/photos/1.jpg',
  })
  @Length(1, 2048)
  @IsString()
  @MayBeLeftOut()
  url?: string;

  @ApiPropertyOptional({ description: "The site's own id of the image.", example: 'photo-1' })
  @Length(1, 2048)
  @IsString()
  @MayBeLeftOut()
  id?: string;

  @ApiPropertyOptional({
    description: 'The id that cases and events give the image.',
    example: 'img_0tJf0rT0cU6yXc1s3bDk2Q8m4n5p6q7r',
  })
  @Length(1, 100)
  @IsString()
  @MayBeLeftOut()
  image?: string;

  @ApiPropertyOptional({
    enum: IMAGE_STATES,
    description: '`open`, `escalated` (leads only) and `closed` are states of the review.',
  })
  @IsIn(IMAGE_STATES)
  @MayBeLeftOut()
  state?: ListedState;

  @ApiPropertyOptional({
    description: 'Only images that are blocked because a person blocked this one; not with `state`.',
    example: 'img_0tJf0rT0cU6yXc1s3bDk2Q8m4n5p6q7r',
  })
  @Length(1, 100)
  @IsString()
  @MayBeLeftOut()
  follows?: string;
}

/** An image as moderators see it. */
@ApiSchema({ description: 'An image as moderators see it.' })
export class ReviewedImage {
  @ApiProperty({ example: 'img_0tJf0rT0cU6yXc1s3bDk2Q8m4n5p6q7r' })
  readonly id!: string;

  @ApiProperty({ type: String, nullable: true, description: "The site's own id.", example: null })
  readonly ownId!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'As text: show it, and load nothing from it.',
    example: 'https://cdn.example.ma/photos/1.jpg',
  })
  readonly url!: string | null;

  @ApiProperty({ example: true })
  readonly blocked!: boolean;

  @ApiPropertyOptional({ enum: REASONS, description: 'Why it is blocked.', example: 'violence' })
  readonly reason?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Since when it is blocked.' })
  readonly since?: string;

  @ApiPropertyOptional({ type: 'integer', description: 'Of the block.', example: 3 })
  readonly version?: number;

  @ApiPropertyOptional({ description: 'False while only a rule stands behind the block.', example: false })
  readonly reviewed?: boolean;

  @ApiProperty({ description: 'Reports on it only queue.', example: false })
  readonly protected!: boolean;

  @ApiProperty({ type: SnapshotView, nullable: true })
  readonly snapshot!: SnapshotView | null;

  @ApiPropertyOptional({
    enum: NOT_SHOWN,
    description:
      'Why there is no snapshot. `pending`: not looked at yet; `severe`: reported as child abuse, never fetched; ' +
      '`failed`; `deleted`: by hand; `expired`: it is kept while the image is blocked or awaits a decision, and some time longer.',
    example: 'pending',
  })
  readonly notShown?: (typeof NOT_SHOWN)[number];

  @ApiPropertyOptional({
    description: 'The same in a sentence.',
    example: 'It has not been looked at yet.',
  })
  readonly notShownBecause?: string;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description:
      'The version of its bytes that it shows. Name it in the decision. Null: nobody has looked at them yet.',
    example: 1,
  })
  readonly contentVersion!: number | null;

  @ApiPropertyOptional({
    description: 'The image that this one became part of.',
    example: 'img_0tJf0rT0cU6yXc1s3bDk2Q8m4n5p6q7r',
  })
  readonly mergedInto?: string;
}

/** A line of the list of images. */
export class ListedImage extends ReviewedImage {
  @ApiProperty({ type: SiteReference })
  readonly site!: SiteReference;

  @ApiProperty({ enum: ['none', 'open', 'escalated', 'closed'], example: 'open' })
  readonly reviewState!: string;

  @ApiProperty({ type: 'integer', example: 1 })
  readonly round!: number;
}

/** Votes of distinct reporters. */
@ApiSchema({ description: 'Distinct reporters.' })
export class TallyView {
  @ApiProperty({ type: 'integer', description: 'Counted.', example: 5 })
  readonly reporters!: number;

  @ApiProperty({ type: 'integer', description: 'Stored, but not counted.', example: 0 })
  readonly notCounted!: number;
}

/** Why a rule blocked: as it stood at that moment, whatever came later. */
@ApiSchema({ description: 'Why a rule blocked, frozen at that moment.' })
export class EvidenceView {
  @ApiProperty({ description: 'Does that block still stand?', example: true })
  readonly standing!: boolean;

  @ApiProperty({ format: 'date-time' })
  readonly at!: string;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When the first of the counted reports came. Null: none of them is kept any more.',
  })
  readonly firstReportAt!: string | null;

  @ApiProperty({ type: 'integer', description: "The version of the site's threshold rule.", example: 1 })
  readonly ruleVersion!: number;

  @ApiProperty({ enum: ['total', 'reason', 'severe'], example: 'total' })
  readonly crossedBy!: string;

  @ApiProperty({ type: 'integer', example: 5 })
  readonly needed!: number;

  @ApiProperty({ type: 'integer', example: 5 })
  readonly reporters!: number;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'integer' },
    example: { violence: 4, hate: 1 },
  })
  readonly reasons!: Readonly<Record<string, number>>;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'integer' },
    description: 'Votes that stood and were not counted, by cause.',
    example: { network: 3 },
  })
  readonly leftOut!: Readonly<Record<string, number>>;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'What the votes that blocked weighed, in thousandths. Null: votes had no weight then.',
    example: 5000,
  })
  readonly weight!: number | null;

  @ApiProperty({
    type: 'integer',
    description: 'Votes that looked coordinated and were set aside: the rest was enough.',
    example: 9,
  })
  readonly setAside!: number;

  @ApiProperty({ ...FINDINGS, description: 'Why these were.' })
  readonly findings!: readonly HoldFindingView[];
}

@ApiExtraModels(ListedImage)
export class ListedImagePage extends pageOf(ListedImage) {}
