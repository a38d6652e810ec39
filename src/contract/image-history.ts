import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import { ContentView } from './contents.js';
import { EvidenceView, ListedImage, TallyView } from './images.js';
import { MATCHES, type MatchView, UNMATCHED, type WhyUnmatched } from './matches.js';

/** One standing cause for an image to be hidden. */
@ApiSchema({ description: 'One standing cause for the image to be hidden.' })
export class BlockView {
  @ApiProperty({ enum: ['publisher', 'moderator', 'threshold', 'match'], example: 'threshold' })
  readonly source!: string;

  @ApiProperty({ example: 'violence' })
  readonly reason!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: "The publisher's, of their own block. A moderator's stands with the decision.",
    example: null,
  })
  readonly note!: string | null;

  @ApiProperty({ format: 'date-time' })
  readonly since!: string;

  @ApiProperty({ type: String, nullable: true, description: "A moderator's decision.", example: null })
  readonly decision!: string | null;

  @ApiProperty({
    type: 'object',
    properties: { image: { type: 'string' } },
    nullable: true,
    description:
      'Of a match: the image of which a person blocked the same bytes, and whose block this one follows.',
    example: null,
  })
  readonly match!: { readonly image: string } | null;

  @ApiProperty({ type: EvidenceView, nullable: true })
  readonly evidence!: EvidenceView | null;
}

/** One period of counting. */
@ApiSchema({ description: 'One period of counting.' })
export class RoundView extends TallyView {
  @ApiProperty({ type: 'integer', example: 1 })
  readonly round!: number;

  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' }, example: { violence: 4 } })
  readonly reasons!: Readonly<Record<string, number>>;
}

/** An address of the image besides its key. */
@ApiSchema({ description: 'An address of the image.' })
export class AddressView {
  @ApiProperty({ example: 'https://cdn.example.ma/photos/1.jpg?w=300' })
  readonly url!: string;

  @ApiProperty({
    enum: ['site', 'rules', 'bytes'],
    description:
      "Who says that it is this image: the site, the site's address rules, or the same bytes that were found there.",
    example: 'site',
  })
  readonly boundBy!: string;

  @ApiProperty({ format: 'date-time' })
  readonly boundAt!: string;
}

/** A case of the image, in short. */
@ApiSchema({ description: 'A case of the image, in short.' })
export class CaseReference {
  @ApiProperty({ example: 'case_0tJf0rT0cU6yXc1s3bDk2Q8m4n5p6q7r' })
  readonly id!: string;

  @ApiProperty({ enum: ['open', 'escalated', 'closed'], example: 'open' })
  readonly status!: string;

  @ApiProperty({
    enum: ['block', 'keep', 'superseded', 'merged'],
    type: String,
    nullable: true,
    example: null,
  })
  readonly outcome!: string | null;

  @ApiProperty({ type: 'integer', example: 1 })
  readonly round!: number;

  @ApiProperty({ format: 'date-time' })
  readonly openedAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: null })
  readonly closedAt!: string | null;
}

/** One image with all that is known of it. */
@ApiSchema({ description: 'One image with its blocks, rounds, addresses and cases.' })
export class ImageHistory extends ListedImage {
  @ApiProperty({ type: [BlockView] })
  readonly blocks!: readonly BlockView[];

  @ApiProperty({ type: [RoundView] })
  readonly rounds!: readonly RoundView[];

  @ApiProperty({ type: [AddressView] })
  readonly addresses!: readonly AddressView[];

  @ApiProperty({ type: [ContentView], description: 'What was ever found behind it, the first of it first.' })
  readonly contents!: readonly ContentView[];

  @ApiProperty({ type: [CaseReference] })
  readonly cases!: readonly CaseReference[];

  @ApiProperty(MATCHES)
  readonly matches!: readonly MatchView[];

  @ApiProperty(UNMATCHED)
  readonly unmatched!: WhyUnmatched | null;

  @ApiProperty({
    type: 'integer',
    description: 'How many images are blocked because a person blocked this one; `follows` lists them.',
    example: 0,
  })
  readonly followers!: number;
}
