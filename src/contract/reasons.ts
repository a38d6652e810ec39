import { ApiProperty } from '@nestjs/swagger';
import { type Locale, LOCALES, type Reason, REASONS } from '../core/reasons.js';

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
