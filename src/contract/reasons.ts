import { ApiProperty } from '@nestjs/swagger';
import { type Locale, LOCALES, type Reason, REASONS } from '../core/reasons.js';

/** What a page needs to ask a reader for a reason. */
export class ReasonsAnswer {
  @ApiProperty({
    enum: REASONS,
    isArray: true,
    description:
      "Those that the site takes. The order is Vigie's, whatever the order in which the site has named them.",
    example: ['violence', 'nudity', 'other'],
  })
  readonly reasons!: readonly Reason[];

  @ApiProperty({ enum: LOCALES, description: 'The language of the site.', example: 'fr' })
  readonly locale!: Locale;

  @ApiProperty({
    description:
      "Whether the site's rule blocks an image by itself once enough people have reported it. False: a moderator decides, " +
      'so promise readers nothing else.',
    example: true,
  })
  readonly automatic!: boolean;
}
