import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, OmitType, PartialType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { MOST_PER_NETWORK } from '../core/network-caps.js';
import type { Reason } from '../core/reasons.js';
import type { HoldBounds, ThresholdRule } from '../core/threshold-rule.js';
import { MayBeLeftOut } from './may-be-left-out.js';
import { pageOf } from './page.js';
import { WholeNumber } from './whole-number.js';

/** An object of its own class inside another. */
const Part = (type: () => new () => object): PropertyDecorator =>
  applyDecorators(ValidateNested(), IsObject({ message: 'Must be an object.' }), Type(type));

const OnOff = (description: string, example: boolean): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: Boolean, description, example }),
    IsBoolean({ message: 'Must be true or false.' }),
  );

export class RuleBreaker {
  @WholeNumber(1, 100_000, 'So many automatic blocks of the site in an hour are let through.', {
    example: 20,
  })
  perHour!: number;

  @WholeNumber(1, 1_000, "Or so many times the site's usual number.", { example: 4 })
  factor!: number;
}

export class RuleAfterKeep {
  @WholeNumber(1, 100, 'So many times K are needed.', { example: 3 })
  factor!: number;

  @WholeNumber(0, 8_760, 'For so long.', { example: 168 })
  cooldownHours!: number;
}

export class RuleHoldBounds implements HoldBounds {
  @WholeNumber(1, 1_000, 'K votes came so many times faster than is usual where people upheld the block.', {
    example: 4,
  })
  burst!: number;

  @ApiProperty({
    type: Number,
    minimum: 0,
    maximum: 1,
    example: 0.25,
    description:
      "So far above the site's usual one, of 1, is the share of reporters known for less than an hour.",
  })
  @Max(1, { message: 'Must be a number from 0 to 1.' })
  @Min(0, { message: 'Must be a number from 0 to 1.' })
  @IsNumber({}, { message: 'Must be a number from 0 to 1.' })
  newcomers!: number;

  @WholeNumber(2, 1_000, 'So many people wrote the same words.', { example: 3 })
  sameComment!: number;

  @WholeNumber(
    2,
    1_000,
    'So many people reported another image together, which was dismissed or which nobody has decided on.',
    { example: 2 },
  )
  cohort!: number;

  @WholeNumber(
    1,
    1_000,
    'So many other reports of one person were dismissed lately, or nobody has decided on them.',
    { example: 2 },
  )
  prolific!: number;
}

export class RuleReporterBudget {
  @WholeNumber(1, 100_000, 'Of a device.', { example: 5 })
  device!: number;

  @WholeNumber(1, 100_000, 'Of an account.', { example: 20 })
  account!: number;
}

export class RuleMuteAfter {
  @WholeNumber(2, 1_000, 'So many votes in a row that moderators called wrong.', { example: 5 })
  dismissed!: number;

  @WholeNumber(1, 365, 'For so many days.', { example: 30 })
  forDays!: number;
}

export class ReasonThreshold {
  /** One is refused for every reason: no single person blocks. The severe reason has a rule of its own (docs/rules.md, rule 6). */
  @WholeNumber(2, 1_000, "The reason's own K. One is too few: no single person blocks.", { example: 3 })
  reporters!: number;
}

const OwnThreshold = (): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ type: ReasonThreshold }),
    Part(() => ReasonThreshold),
    MayBeLeftOut(),
  );

export class ReasonThresholds implements Partial<Record<Reason, ReasonThreshold>> {
  @OwnThreshold() child_abuse?: ReasonThreshold;
  @OwnThreshold() violence?: ReasonThreshold;
  @OwnThreshold() nudity?: ReasonThreshold;
  @OwnThreshold() hate?: ReasonThreshold;
  @OwnThreshold() harassment?: ReasonThreshold;
  @OwnThreshold() privacy?: ReasonThreshold;
  @OwnThreshold() misinformation?: ReasonThreshold;
  @OwnThreshold() copyright?: ReasonThreshold;
  @OwnThreshold() spam?: ReasonThreshold;
  @OwnThreshold() other?: ReasonThreshold;
}

/** What turns a tally into a block (docs/rules.md). */
export class ThresholdRuleParts {
  @WholeNumber(2, 1_000, 'K: so many different reporters, at least, block an image.', { example: 5 })
  reporters!: number;

  @WholeNumber(1, 8_760, 'Only votes of the last so many hours count.', { example: 168 })
  windowHours!: number;

  @WholeNumber(1, MOST_PER_NETWORK, 'So many capped votes of one narrow network count at most.', {
    example: 2,
  })
  perNetwork!: number;

  @WholeNumber(1, 1_000, 'Capped votes block from so many narrow networks on; 1: networks tell nothing.', {
    example: 3,
  })
  minNetworks!: number;

  @OnOff('Whether reporters earn weight by what they reported before.', true)
  weights!: boolean;

  @OnOff('Whether votes that look coordinated are set aside.', true)
  hold!: boolean;

  @ApiProperty({
    type: RuleHoldBounds,
    description: 'From where on each signal of the hold fires; a vote is set aside where two do.',
  })
  @Part(() => RuleHoldBounds)
  holdBounds!: RuleHoldBounds;

  @ApiProperty({
    type: RuleBreaker,
    nullable: true,
    description: 'When automatic blocking pauses; null: never.',
  })
  @Part(() => RuleBreaker)
  @ValidateIf((_, value) => value !== null)
  breaker!: RuleBreaker | null;

  @ApiProperty({
    type: RuleReporterBudget,
    nullable: true,
    description: 'Counted votes that one reporter may have on undecided cases; null: any number.',
  })
  @Part(() => RuleReporterBudget)
  @ValidateIf((_, value) => value !== null)
  reporterBudget!: RuleReporterBudget | null;

  @ApiProperty({
    type: RuleMuteAfter,
    nullable: true,
    example: null,
    description: 'When a reporter is muted without anybody doing it; null: never.',
  })
  @Part(() => RuleMuteAfter)
  @ValidateIf((_, value) => value !== null)
  muteAfter!: RuleMuteAfter | null;

  @OnOff('False: reports only queue, nothing is blocked by itself.', true)
  autoBlock!: boolean;

  @WholeNumber(1, 1_000, 'A case opens once so many have reported.', { example: 1 })
  caseAt!: number;

  @ApiProperty({
    type: ReasonThresholds,
    description: "A reason's own K; in a change it replaces all of them.",
    example: { hate: { reporters: 3 } },
  })
  @Part(() => ReasonThresholds)
  reasons!: ReasonThresholds;

  @ApiProperty({ type: RuleAfterKeep, description: 'The higher bar after a moderator kept the image.' })
  @Part(() => RuleAfterKeep)
  afterKeep!: RuleAfterKeep;

  @WholeNumber(1, 8_760, "A rule's block is overdue when nobody reviewed it for so long.", { example: 24 })
  reviewWithinHours!: number;

  @ApiProperty({
    enum: ['stay', 'unblock'],
    example: 'stay',
    description: 'What becomes of an overdue block.',
  })
  @IsIn(['stay', 'unblock'], { message: 'Must be "stay" or "unblock".' })
  onOverdue!: ThresholdRule['onOverdue'];
}

class RuleAfterKeepChange extends PartialType(RuleAfterKeep, { skipNullProperties: false }) {}
class RuleHoldBoundsChange extends PartialType(RuleHoldBounds, { skipNullProperties: false }) {}

/** A change of a rule names only what changes. */
export class ThresholdRuleChange extends PartialType(
  OmitType(ThresholdRuleParts, ['afterKeep', 'holdBounds']),
  {
    skipNullProperties: false,
  },
) {
  @ApiPropertyOptional({ type: RuleAfterKeepChange, description: 'What is named of it changes.' })
  @Part(() => RuleAfterKeepChange)
  @MayBeLeftOut()
  afterKeep?: RuleAfterKeepChange;

  @ApiPropertyOptional({ type: RuleHoldBoundsChange, description: 'What is named of it changes.' })
  @Part(() => RuleHoldBoundsChange)
  @MayBeLeftOut()
  holdBounds?: RuleHoldBoundsChange;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    example: 4,
    description:
      'The version that this change was made for: refused (409) when another one is in force by now.',
  })
  @Max(2_147_483_647, { message: 'Must be the number of a version.' })
  @Min(1, { message: 'Must be the number of a version.' })
  @IsInt({ message: 'Must be the number of a version.' })
  @MayBeLeftOut()
  version?: number;
}

/** A rule as it stands under a version number. */
export class ThresholdRuleAnswer extends ThresholdRuleParts {
  @ApiProperty({ type: 'integer', minimum: 1, example: 4 })
  version!: number;
}

/** Which version to read; without it the one in force. */
export class ThresholdRuleQuery {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    example: 3,
    description: 'Left out: the one in force.',
  })
  @Max(2_147_483_647, { message: 'Must be the number of a version.' })
  @Min(1, { message: 'Must be the number of a version.' })
  @IsInt({ message: 'Must be the number of a version.' })
  @Type(() => Number)
  @MayBeLeftOut()
  version?: number;
}

/** One version of a rule: who changed what, and when. */
export class RuleVersionAnswer {
  @ApiProperty({ type: 'integer', minimum: 1, example: 4 })
  readonly version!: number;

  @ApiProperty({
    type: [String],
    example: ['reporters'],
    description: 'What differs from the version before.',
  })
  readonly changed!: readonly string[];

  @ApiProperty({ type: ThresholdRuleParts })
  readonly rule!: ThresholdRule;

  @ApiProperty({ format: 'date-time', example: '2026-11-23T10:00:00.000Z' })
  readonly changedAt!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'lead@example.ma',
    description: 'Null: the operator.',
  })
  readonly changedBy!: string | null;
}

export class RuleVersionPage extends pageOf(RuleVersionAnswer) {}
