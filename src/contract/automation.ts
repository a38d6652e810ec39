import { ApiProperty, ApiSchema } from '@nestjs/swagger';

/** How far the breaker is from holding what it would let through. */
@ApiSchema({ description: 'What the breaker lets through (docs/rules.md, rule 5).' })
export class BreakerView {
  @ApiProperty({
    type: 'integer',
    example: 20,
    description: 'So many automatic blocks an hour lets through: `perHour`, or `factor` times what is usual.',
  })
  readonly limit!: number;

  @ApiProperty({ type: 'integer', example: 20, description: "Of the site's rule." })
  readonly perHour!: number;

  @ApiProperty({ type: 'integer', example: 4, description: "Of the site's rule." })
  readonly factor!: number;

  @ApiProperty({
    type: 'integer',
    example: 20,
    description:
      'Automatic blocks within the last hour, without those for the severe reason, which are never held.',
  })
  readonly blocksInHour!: number;

  @ApiProperty({ example: true, description: 'What would be blocked now is held instead.' })
  readonly tripped!: boolean;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    example: '2026-11-23T10:00:00.000Z',
    description: 'When the site was told so last. Null: it is not tripped, or nothing had to be held yet.',
  })
  readonly since!: string | null;
}

@ApiSchema({ description: 'What is usual on the site: the last 28 days, measured hourly.' })
export class BaselineView {
  @ApiProperty({
    type: Number,
    example: 0.4,
    description: 'Automatic blocks in an hour that were not reversed.',
  })
  readonly blocksPerHour!: number;

  @ApiProperty({ type: 'integer', example: 212, description: 'Automatic blocks that people upheld.' })
  readonly upheld!: number;

  @ApiProperty({
    format: 'date-time',
    example: '2026-11-23T10:00:00.000Z',
    description: 'When it was measured.',
  })
  readonly at!: string;
}

@ApiSchema({ description: 'Open cases whose image would have been blocked but for a hold.' })
export class HeldView {
  @ApiProperty({ type: 'integer', example: 3 })
  readonly cases!: number;

  @ApiProperty({ type: 'integer', example: 1, description: 'Of these: held for more than an hour.' })
  readonly overAnHour!: number;
}

/** `GET /v1/sites/{id}/automation`: what the site's rule does by itself at the moment. */
@ApiSchema({ description: "What the site's rule does by itself at the moment." })
export class AutomationAnswer {
  @ApiProperty({ type: BreakerView, nullable: true, description: 'Null: the rule has no breaker.' })
  readonly breaker!: BreakerView | null;

  @ApiProperty({ type: BaselineView, nullable: true, description: 'Null: not measured yet.' })
  readonly baseline!: BaselineView | null;

  @ApiProperty({ type: HeldView })
  readonly held!: HeldView;

  @ApiProperty({ type: 'integer', example: 2, description: 'Reporters who are muted now.' })
  readonly muted!: number;
}
