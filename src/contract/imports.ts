import { applyDecorators } from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsDate, IsIn, IsString, MinDate, ValidateNested } from 'class-validator';
import { type Reason, REASONS } from '../core/reasons.js';
import { ImageRef } from './image-ref.js';
import { MayBeLeftOut } from './may-be-left-out.js';
import { PageRef } from './reports.js';
import { Length, MaxLength } from './text-length.js';

/** A time of another system. */
const PastTime = (): PropertyDecorator =>
  applyDecorators(
    IsDate({ message: 'must be a time with its zone, such as 2026-03-01T09:30:00Z' }),
    MinDate(new Date(0), { message: 'must not be before 1970' }),
    Type(() => Date),
    MayBeLeftOut(),
  );

export class AccountRef {
  @Length(1, 255)
  @IsString()
  account!: string;
}

/** A line of an import of reports. */
export class PastReport {
  @Type(() => ImageRef)
  @ValidateNested()
  image!: ImageRef;

  @Type(() => PageRef)
  @ValidateNested()
  @MayBeLeftOut()
  page?: PageRef;

  @IsIn(REASONS, { message: `must be one of: ${REASONS.join(', ')}` })
  reason!: Reason;

  @MaxLength(1000)
  @IsString()
  @MayBeLeftOut()
  comment?: string;

  @Type(() => AccountRef)
  @ValidateNested()
  reporter!: AccountRef;

  /** When it was made; left out: now. */
  @PastTime()
  at?: Date;
}

/** A line of an import of the publisher's own blocks. */
export class PastBlock {
  @Type(() => ImageRef)
  @ValidateNested()
  image!: ImageRef;

  @IsIn(REASONS, { message: `must be one of: ${REASONS.join(', ')}` })
  reason!: Reason;

  @MaxLength(1000)
  @IsString()
  @MayBeLeftOut()
  note?: string;

  /** Since when it is blocked; left out: now. */
  @PastTime()
  since?: Date;
}
