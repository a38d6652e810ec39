import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';
import { type Policy, REASONS } from '../core/reasons.js';
import { AnyText } from './any-text.js';
import { MayBeLeftOut } from './may-be-left-out.js';

/** How many changes a page has when the question does not say, and at most. */
const DEFAULT_CHANGES = 100;
const MOST_CHANGES = 1000;
/** Seconds. */
const LONGEST_WAIT = 60;

/** Where a feed goes on. */
export class FeedQuery {
  @ApiPropertyOptional({
    description:
      'The `Vigie-Cursor` of a block list, or the `cursor` of the changes before; without it from now on.',
    example: 'Qb0JmYt6H9cLrEwX2nV4sKfA7zDpG1uTiOyR5eM8hSgBqNaWxCvU3jZlPdIoFkT0',
  })
  // Whatever is none of ours is answered alike, by 410.
  @AnyText()
  @MayBeLeftOut()
  cursor?: string;
}

export class ChangesQuery extends FeedQuery {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: MOST_CHANGES,
    default: DEFAULT_CHANGES,
    example: 100,
    description:
      'How many changes at most; there are fewer where they have more than 10,000 addresses in all.',
  })
  @Type(() => Number)
  @Max(MOST_CHANGES)
  @Min(1)
  @IsInt()
  limit: number = DEFAULT_CHANGES;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    maximum: LONGEST_WAIT,
    default: 0,
    example: 20,
    description: 'So many seconds an answer without changes is held back, until there is one.',
  })
  @Type(() => Number)
  @Max(LONGEST_WAIT)
  @Min(0)
  @IsInt()
  wait: number = 0;
}

/** An image by everything under which its state can be asked: it has an id, an address, or both. */
@ApiSchema({ description: 'An image, by everything under which its state can be asked.' })
export class FeedImage {
  @ApiPropertyOptional({
    description: 'Its address; of an image with an id one of `addresses`.',
    example: 'https://cdn.example.ma/photos/1.jpg',
  })
  readonly url?: string;

  @ApiPropertyOptional({ description: "The site's own id.", example: 'photo-1' })
  readonly id?: string;

  @ApiProperty({
    type: [String],
    description:
      'All addresses that the site bound to the id. Of more than 1000 a line of the block list and a `data` of the stream ' +
      'have a part.',
    example: ['https://cdn.example.ma/photos/1.jpg'],
  })
  readonly addresses!: readonly string[];
}

/** What is seen of an image, from this event on. */
@ApiSchema({
  description: 'What is seen of an image. Under each of its names: ignore a version not above yours.',
})
export class ImageChange {
  @ApiProperty({ type: FeedImage })
  readonly image!: FeedImage;

  @ApiProperty({ example: true })
  readonly blocked!: boolean;

  @ApiPropertyOptional({ enum: REASONS, description: 'Of a blocked image.', example: 'violence' })
  readonly reason?: Policy;

  @ApiProperty({ type: 'integer', description: 'Rises with every change of what is seen.', example: 3 })
  readonly version!: number;

  @ApiProperty({ format: 'date-time', example: '2026-11-23T10:00:00.123Z' })
  readonly at!: string;
}

export class ChangesAnswer {
  @ApiProperty({ type: [ImageChange], description: 'In the order in which they happened.' })
  readonly changes!: readonly ImageChange[];

  @ApiProperty({
    description: 'Ask with this for what comes next.',
    example: 'Qb0JmYt6H9cLrEwX2nV4sKfA7zDpG1uTiOyR5eM8hSgBqNaWxCvU3jZlPdIoFkT0',
  })
  readonly cursor!: string;

  @ApiProperty({ description: 'Are there more changes already?', example: false })
  readonly more!: boolean;

  @ApiProperty({
    format: 'date-time',
    description: 'When the event log was last looked at with success: what happened since is not known here.',
    example: '2026-11-23T10:00:20.456Z',
  })
  readonly asOf!: string;
}

/** A line of the block list. */
@ApiSchema({
  description:
    'A blocked image: a line of the block list. An image with more than 1000 addresses has several lines.',
})
export class BlockedImageLine {
  @ApiProperty({ type: FeedImage })
  readonly image!: FeedImage;

  @ApiProperty({ enum: [true], example: true })
  readonly blocked!: true;

  @ApiProperty({ enum: REASONS, example: 'violence' })
  readonly reason!: Policy;

  @ApiProperty({
    format: 'date-time',
    description: 'Start of the blocked spell, in whole seconds.',
    example: '2026-11-23T10:00:00Z',
  })
  readonly since!: string;

  @ApiProperty({ type: 'integer', example: 3 })
  readonly version!: number;
}
