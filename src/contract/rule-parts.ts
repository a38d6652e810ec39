import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsBoolean, IsNumber, IsObject, Max, Min, ValidateNested } from 'class-validator';
import type { Reason } from '../core/reasons.js';
import type { HoldBounds } from '../core/threshold-rule.js';
import { MayBeLeftOut } from './may-be-left-out.js';
import { WholeNumber } from './whole-number.js';

/** An object of its own class inside another. */
export const Part = (type: () => new () => object): PropertyDecorator =>
  applyDecorators(ValidateNested(), IsObject({ message: 'Must be an object.' }), Type(type));

export const OnOff = (description: string, example: boolean): PropertyDecorator =>
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
