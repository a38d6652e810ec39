import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { IsString } from 'class-validator';
import { SiteReference } from './images.js';
import { PageQuery, pageOf } from './page.js';
import { MayBeLeftOut } from './may-be-left-out.js';
import { OfOneSite } from './of-one-site.js';
import { Length } from './text-length.js';

/** `GET /v1/events` */
export class EventsQuery extends PageQuery {
  @OfOneSite()
  site?: string;

  @ApiPropertyOptional({
    description: 'Only events of this image.',
    example: 'img_0tJf0rT0cU6yXc1s3bDk2Q8m4n5p6q7r',
  })
  @Length(1, 100)
  @IsString()
  @MayBeLeftOut()
  image?: string;
}

/** Who caused something. Readers are never named. */
@ApiSchema({ description: 'Who caused it. Readers are never named.' })
export class ActorView {
  @ApiProperty({ enum: ['reader', 'rule', 'staff', 'site', 'operator'], example: 'rule' })
  readonly kind!: string;

  @ApiPropertyOptional({ description: 'Of staff.', example: 'stf_0tJf0rT0cU6yXc1s3bDk2Q8m4n5p6q7r' })
  readonly id?: string;

  @ApiPropertyOptional({ description: 'Of staff.', example: 'amina@example.ma' })
  readonly email?: string;
}

/** A line of the log. */
@ApiSchema({ description: 'A line of the append-only log.' })
export class EventView {
  @ApiProperty({ example: 'evt_0tJf0rT0cU6yXc1s3bDk2Q8m4n5p6q7r' })
  readonly id!: string;

  @ApiProperty({ example: 'image.blocked' })
  readonly type!: string;

  @ApiProperty({ format: 'date-time' })
  readonly at!: string;

  @ApiProperty({ type: ActorView })
  readonly actor!: ActorView;

  @ApiProperty({ type: SiteReference })
  readonly site!: SiteReference;

  @ApiProperty({ type: String, nullable: true, example: 'img_0tJf0rT0cU6yXc1s3bDk2Q8m4n5p6q7r' })
  readonly image!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: "Its address, or the site's own id. As text: show it, and load nothing from it.",
    example: 'https://cdn.example.ma/photos/1.jpg',
  })
  readonly imageName!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'case_0tJf0rT0cU6yXc1s3bDk2Q8m4n5p6q7r' })
  readonly case!: string | null;

  @ApiProperty({ type: String, nullable: true, example: null })
  readonly decision!: string | null;

  @ApiProperty({ type: 'integer', nullable: true, example: 1 })
  readonly ruleVersion!: number | null;

  @ApiProperty({
    type: 'object',
    description: 'What more there is to say, by the type.',
    properties: {
      merged: {
        type: 'string',
        description: 'Of `image.merged`: the image that became part of this one. Older lines do not say it.',
        example: 'img_0tJf0rT0cU6yXc1s3bDk2Q8m4n5p6q7r',
      },
      since: {
        type: 'string',
        format: 'date-time',
        description: 'Of a block that hides the image now: since when it stands. Older lines do not say it.',
        example: '2026-11-27T18:20:00.000Z',
      },
    },
    additionalProperties: true,
    example: { version: 1, source: 'threshold', reason: 'violence', since: '2026-11-27T18:20:00.000Z' },
  })
  readonly data!: Readonly<Record<string, unknown>>;
}

export class EventPage extends pageOf(EventView) {}
