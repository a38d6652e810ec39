import { ApiProperty, ApiPropertyOptional, type ApiPropertyOptions, ApiSchema } from '@nestjs/swagger';
import { HOLD_SIGNALS, type HoldSignal } from '../core/hold-finding.js';
import type { CaseHold } from '../core/image-state.js';

/** One sign that votes are coordinated, with what it saw. */
@ApiSchema({
  description: 'A sign that votes are coordinated. One alone sets no vote aside: two of them do.',
})
export class HoldFindingView {
  @ApiProperty({
    enum: HOLD_SIGNALS,
    example: 'burst',
    description:
      '`burst`: K reports, far faster than is usual where people upheld the block; `newcomers`: far more reporters than ' +
      'usual were known for less than an hour; `same-comment`: the same words; `cohort`: several of them reported ' +
      'another image together that was dismissed or that nobody has decided on; `prolific`: one person has several such reports.',
  })
  readonly signal!: HoldSignal;

  @ApiProperty({ type: 'integer', example: 9, description: 'Reports on which it fired.' })
  readonly votes!: number;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'number' },
    example: { seconds: 12, usualSeconds: 600 },
    description:
      'What it saw and what that was compared with. `burst`: `seconds`, `usualSeconds`; `newcomers`: `share`, `usualShare`; ' +
      '`same-comment`: `texts`, that several wrote; `cohort`: images, `undecided` and `dismissed`; `prolific`: `reports` of ' +
      'whoever has most.',
  })
  readonly figures!: Readonly<Record<string, number>>;
}

/** How findings are described. */
export const FINDINGS: ApiPropertyOptions = {
  type: [HoldFindingView],
  example: [
    { signal: 'burst', votes: 9, figures: { seconds: 12, usualSeconds: 600 } },
    { signal: 'same-comment', votes: 9, figures: { texts: 1 } },
  ],
};

/** Why an image that would have been blocked was not. */
@ApiSchema({ description: 'Why an image that would have been blocked is held instead.' })
export class HoldView {
  @ApiProperty({
    enum: ['signals', 'breaker'],
    example: 'signals',
    description:
      '`signals`: reports look coordinated, and the rest are too few; `breaker`: the site had as many automatic blocks ' +
      'within the hour as its rule lets through.',
  })
  readonly by!: CaseHold['by'];

  @ApiProperty({ format: 'date-time', example: '2026-11-23T10:00:00.000Z' })
  readonly since!: string;

  @ApiProperty({ type: 'integer', example: 5, description: 'Reporters that block the image.' })
  readonly needed!: number;

  @ApiProperty({
    type: 'integer',
    example: 12,
    description: 'Counted reporters that there were, all of them.',
  })
  readonly reporters!: number;

  @ApiPropertyOptional({ type: 'integer', example: 9, description: 'By signals: those that are set aside.' })
  readonly setAside?: number;

  @ApiPropertyOptional({ ...FINDINGS, description: 'By signals: which fired.' })
  readonly findings?: readonly HoldFindingView[];

  @ApiPropertyOptional({ type: 'integer', example: 20, description: 'By the breaker: how many there were.' })
  readonly blocksInHour?: number;

  @ApiPropertyOptional({
    type: 'integer',
    example: 20,
    description: 'By the breaker: how many an hour lets through.',
  })
  readonly limit?: number;
}
