import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { IsInt, IsString, Max, Min } from 'class-validator';
import { SiteReference } from './images.js';
import { MayBeLeftOut } from './may-be-left-out.js';
import { PageQuery, pageOf } from './page.js';
import { StaffReference } from './staff.js';
import { Length, MaxLength } from './text-length.js';

/** Characters of what a lead notes about a mute. */
const LONGEST_MUTE_NOTE = 1000;
/** Whoever means longer than ten years means for good, and leaves `days` out. */
const MOST_MUTED_DAYS = 3_650;

/** `GET /v1/mutes` */
export class MutesQuery extends PageQuery {
  @ApiPropertyOptional({
    description: "The site's id or slug; without it all sites on which the caller is a lead.",
    example: 'nouvelles',
  })
  @Length(1, 100)
  @IsString()
  @MayBeLeftOut()
  site?: string;
}

/** `POST /v1/mutes` */
export class MuteRequest {
  @ApiProperty({
    description: 'The `handle` of a reader, as the reports of a case give it.',
    example: 'rdr_Zm9ydHkgYnl0ZXMgdGhhdCBub2JvZHkgY2FuIG1ha2UgdXAuLi4u',
  })
  @Length(1, 100)
  @IsString()
  reader!: string;

  @ApiPropertyOptional({
    maxLength: LONGEST_MUTE_NOTE,
    description: 'For colleagues; readers never see it, and the log does not have it.',
    example: 'Reports every picture of the mayor.',
  })
  @MaxLength(LONGEST_MUTE_NOTE)
  @IsString()
  @MayBeLeftOut()
  note?: string;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: MOST_MUTED_DAYS,
    description: 'For how long; without it until somebody lifts it.',
    example: 30,
  })
  @Max(MOST_MUTED_DAYS)
  @Min(1)
  @IsInt()
  @MayBeLeftOut()
  days?: number;
}

/** A reader whose new votes are stored and not counted. */
@ApiSchema({ description: 'A reader whose new votes are stored and not counted, and who notices nothing.' })
export class MuteView {
  @ApiProperty({ example: 'mut_0tJf0rT0cU6yXc1s3bDk2Q8m4n5p6q7r' })
  readonly id!: string;

  @ApiProperty({ type: SiteReference })
  readonly site!: SiteReference;

  @ApiProperty({
    enum: ['staff', 'rule'],
    description: '`rule`: their last reports were dismissed one after the other (`muteAfter`).',
    example: 'staff',
  })
  readonly cause!: 'staff' | 'rule';

  @ApiProperty({ type: StaffReference, nullable: true, description: 'Who did it by hand.' })
  readonly by!: StaffReference | null;

  @ApiProperty({ type: String, nullable: true, example: 'Reports every picture of the mayor.' })
  readonly note!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The case in which they were muted.',
    example: 'case_0tJf0rT0cU6yXc1s3bDk2Q8m4n5p6q7r',
  })
  readonly case!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The image of that case: it can be looked at also when the case is closed.',
    example: 'img_0tJf0rT0cU6yXc1s3bDk2Q8m4n5p6q7r',
  })
  readonly image!: string | null;

  @ApiProperty({ format: 'date-time' })
  readonly at!: string;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When it ends by itself; null: somebody has to lift it.',
    example: null,
  })
  readonly until!: string | null;

  @ApiProperty({
    type: 'integer',
    description: 'Decisions that said that their reports were right.',
    example: 0,
  })
  readonly upheld!: number;

  @ApiProperty({ type: 'integer', description: 'Decisions that said that they were wrong.', example: 7 })
  readonly dismissed!: number;
}

export class MutePage extends pageOf(MuteView) {}
