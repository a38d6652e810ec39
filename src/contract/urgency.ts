import { ApiProperty, ApiSchema } from '@nestjs/swagger';

/** What tells how much a case matters, as it is now (docs/priority.md). */
@ApiSchema({ description: 'How much a case matters, as it is now; of a closed one, when it was closed.' })
export class UrgencyView {
  @ApiProperty({
    description: 'Views an hour, times how likely the picture is bad, times how bad its commonest reason is.',
    example: 9756,
  })
  readonly expectedHarm!: number;

  @ApiProperty({
    type: Number,
    nullable: true,
    description:
      'As its site says (`POST /v1/images/views`), less what time took from it; null: it does not say.',
    example: null,
  })
  readonly viewsPerHour!: number | null;

  @ApiProperty({ description: 'Distinct counted reporters an hour since the case was opened.', example: 2 })
  readonly reportsPerHour!: number;
}
