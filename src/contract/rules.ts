import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, OmitType, PartialType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, Max, Min, ValidateIf } from 'class-validator';
import { MOST_PER_NETWORK } from '../core/network-caps.js';
import type { ThresholdRule } from '../core/threshold-rule.js';
import { MayBeLeftOut } from './may-be-left-out.js';
import { pageOf } from './page.js';
import {
  OnOff,
  Part,
  ReasonThresholds,
  RuleAfterKeep,
  RuleBreaker,
  RuleHoldBounds,
  RuleMuteAfter,
  RuleReporterBudget,
} from './rule-parts.js';
import { WholeNumber } from './whole-number.js';

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

const NULL_TOO = { skipNullProperties: false };

class RuleAfterKeepChange extends PartialType(RuleAfterKeep, NULL_TOO) {}
class RuleHoldBoundsChange extends PartialType(RuleHoldBounds, NULL_TOO) {}
class RuleBreakerChange extends PartialType(RuleBreaker, NULL_TOO) {}
class RuleReporterBudgetChange extends PartialType(RuleReporterBudget, NULL_TOO) {}
class RuleMuteAfterChange extends PartialType(RuleMuteAfter, NULL_TOO) {}

/** A part of which a change names only what changes. */
const ChangedPart = (type: new () => object): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ type, description: 'What is named of it changes.' }),
    Part(() => type),
    MayBeLeftOut(),
  );

/** The same of a part that may be off. */
const ChangedPartOrOff = (type: new () => object): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({
      type,
      nullable: true,
      description: 'What is named of it changes. Null: off; to switch it on, name all of it.',
    }),
    Part(() => type),
    ValidateIf((_, value) => value !== null && value !== undefined),
  );

/** A change of a rule names only what changes. */
export class ThresholdRuleChange extends PartialType(
  OmitType(ThresholdRuleParts, ['afterKeep', 'holdBounds', 'breaker', 'reporterBudget', 'muteAfter']),
  NULL_TOO,
) {
  @ChangedPart(RuleAfterKeepChange)
  afterKeep?: RuleAfterKeepChange;

  @ChangedPart(RuleHoldBoundsChange)
  holdBounds?: RuleHoldBoundsChange;

  @ChangedPartOrOff(RuleBreakerChange)
  breaker?: RuleBreakerChange | null;

  @ChangedPartOrOff(RuleReporterBudgetChange)
  reporterBudget?: RuleReporterBudgetChange | null;

  @ChangedPartOrOff(RuleMuteAfterChange)
  muteAfter?: RuleMuteAfterChange | null;

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
