import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import { INDISTINCT } from '../core/content.js';
import { REASONS } from '../core/reasons.js';

/** What becomes of a near picture of one that a person blocked; the first is the default. */
export const NEAR_MATCHES = ['suggest', 'block'] as const;
export type NearMatches = (typeof NEAR_MATCHES)[number];

const WHY_NOT_ACTING = [
  'kept-there',
  'kept-here',
  'protected',
  'only-near',
  'follows-another',
  'not-yet',
] as const;
export type WhyNotActing = (typeof WHY_NOT_ACTING)[number];

const WHY_UNMATCHED = ['not-looked-at', ...INDISTINCT] as const;
export type WhyUnmatched = (typeof WHY_UNMATCHED)[number];

/** How the other image is called. */
@ApiSchema({ description: 'Another image of the site.' })
export class MatchedImage {
  @ApiProperty({ example: 'img_0tJf0rT0cU6yXc1s3bDk2Q8m4n5p6q7r' })
  readonly id!: string;

  @ApiProperty({ type: String, nullable: true, description: "The site's own id.", example: null })
  readonly ownId!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'https://cdn.example.ma/photos/1.jpg' })
  readonly url!: string | null;

  @ApiProperty({ description: 'Is it blocked now, whatever the cause?', example: true })
  readonly blocked!: boolean;

  @ApiProperty({ description: 'Does it still show the bytes that were decided on?', example: true })
  readonly stillShown!: boolean;
}

/** What a person said elsewhere on the site of the same bytes, or of near ones. */
@ApiSchema({
  description: 'What a person said elsewhere on the site of the same bytes, or of a near picture.',
})
export class MatchView {
  @ApiProperty({ type: MatchedImage })
  readonly image!: MatchedImage;

  @ApiProperty({ description: 'The very same bytes.', example: true })
  readonly identical!: boolean;

  @ApiProperty({
    type: 'integer',
    minimum: 0,
    maximum: 31,
    description: 'How many of the 256 bits of the fingerprints differ; 0 for the very same bytes.',
    example: 0,
  })
  readonly distance!: number;

  @ApiProperty({ enum: ['block', 'keep'], example: 'block' })
  readonly verdict!: 'block' | 'keep';

  @ApiProperty({
    type: String,
    enum: REASONS,
    nullable: true,
    description: 'Of a block: the policy that was cited, or the reason of the publisher.',
    example: 'violence',
  })
  readonly reason!: string | null;

  @ApiProperty({ format: 'date-time' })
  readonly decidedAt!: string;

  @ApiProperty({ description: 'Is this image blocked because that one is?', example: true })
  readonly acting!: boolean;

  @ApiProperty({
    type: String,
    enum: WHY_NOT_ACTING,
    nullable: true,
    description:
      'Why it does not act. `kept-there`: a keep never does; `kept-here`: a person kept these bytes here; `protected`: its ' +
      'site or a moderator protects this image; `only-near`: near pictures only suggest, unless the site chose otherwise; ' +
      '`follows-another`: one is enough; `not-yet`: it soon will, or it was known before the site chose that near ones block.',
    example: null,
  })
  readonly whyNot!: WhyNotActing | null;
}

/** What is shown of matches wherever an image is shown as a whole. */
export const MATCHES = {
  type: MatchView,
  isArray: true,
  description:
    'What people said elsewhere on the site of the same bytes, or of near pictures: nearest first, 20 at most.',
} as const;

export const UNMATCHED = {
  type: String,
  enum: WHY_UNMATCHED,
  nullable: true,
  description:
    'Why there can be no matches. `not-looked-at`: nobody has fetched its bytes; `quality`, `size`, `graphic`: they are ' +
    'too plain, too small, or a logo or placeholder.',
  example: null,
} as const;
