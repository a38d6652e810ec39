import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsString,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import type { DecisionAction, ReportsVerdict } from '../core/command.js';
import { REASONS } from '../core/reasons.js';
import { CaseView } from './cases.js';
import { ReviewedImage } from './images.js';
import { ProblemDetails } from './problem.js';
import { StaffReference } from './staff.js';
import { MayBeLeftOut } from './may-be-left-out.js';
import { Length, MaxLength } from './text-length.js';

const ACTIONS = ['block', 'keep', 'escalate'] as const satisfies readonly DecisionAction[];
const VERDICTS = ['valid', 'invalid', 'ignore'] as const satisfies readonly ReportsVerdict[];
/** Cases that one request may decide. */
const LARGEST_BULK = 200;
/** Characters of a note. */
const LONGEST_NOTE = 4000;

/** `POST /v1/cases/{id}/decision` */
export class DecisionRequest {
  @ApiProperty({ enum: ACTIONS, example: 'block' })
  @IsIn(ACTIONS)
  action!: DecisionAction;

  @ApiPropertyOptional({ description: "One of the site's policies; needed to block.", example: 'violence' })
  @Length(1, 100)
  @IsString()
  @MayBeLeftOut()
  policy?: string;

  @ApiPropertyOptional({
    maxLength: LONGEST_NOTE,
    description: 'For colleagues; readers never see it.',
    example: 'Not what the caption says.',
  })
  @MaxLength(LONGEST_NOTE)
  @IsString()
  @MayBeLeftOut()
  note?: string;

  @ApiPropertyOptional({
    enum: VERDICTS,
    description: 'What the decision says of the reports. By default `valid` for block, else `ignore`.',
    example: 'valid',
  })
  @IsIn(VERDICTS)
  @MayBeLeftOut()
  reports?: ReportsVerdict;

  @ApiPropertyOptional({
    description: 'Of the lease, where the case was leased; good for who holds it.',
    example: 'lea_3q2-7wAAvu8c1oX9kq0mH5y0Q2n8d4fUuB1xRzJtKkE',
  })
  @Length(1, 100)
  @IsString()
  @MayBeLeftOut()
  leaseToken?: string;

  @ApiProperty({
    type: 'integer',
    minimum: 1,
    description: "The case's version, as it was seen.",
    example: 1,
  })
  @Max(2_147_483_647)
  @Min(1)
  @IsInt()
  version!: number;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    description:
      "The image's content version, as it was seen. Where the bytes are others by now, the decision is a conflict.",
    example: 1,
  })
  @Max(2_147_483_647)
  @Min(1)
  @IsInt()
  @MayBeLeftOut()
  contentVersion?: number;
}

/** A decision on a case that it names. */
export class BulkDecision extends DecisionRequest {
  @ApiProperty({ example: 'case_0tJf0rT0cU6yXc1s3bDk2Q8m4n5p6q7r' })
  @Length(1, 100)
  @IsString()
  case!: string;
}

/** `POST /v1/decisions` */
export class BulkRequest {
  @ApiProperty({ type: [BulkDecision], minItems: 1, maxItems: LARGEST_BULK })
  @Type(() => BulkDecision)
  @ValidateNested({ each: true })
  @ArrayMaxSize(LARGEST_BULK)
  @ArrayMinSize(1)
  @IsArray()
  decisions!: BulkDecision[];
}

/** What somebody decided. */
@ApiSchema({ description: 'What somebody decided.' })
export class DecisionView {
  @ApiProperty({ example: 'dec_0tJf0rT0cU6yXc1s3bDk2Q8m4n5p6q7r' })
  readonly id!: string;

  @ApiProperty({ enum: ACTIONS, example: 'block' })
  readonly action!: string;

  @ApiProperty({ type: String, enum: REASONS, nullable: true, example: 'violence' })
  readonly policy!: string | null;

  @ApiProperty({ type: String, nullable: true, example: null })
  readonly note!: string | null;

  @ApiProperty({ enum: VERDICTS, example: 'valid' })
  readonly reports!: string;

  @ApiProperty({ type: String, nullable: true, example: 'case_0tJf0rT0cU6yXc1s3bDk2Q8m4n5p6q7r' })
  readonly case!: string | null;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'The version of the case that was decided.',
    example: 1,
  })
  readonly version!: number | null;

  @ApiProperty({ type: 'integer', example: 1 })
  readonly round!: number;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'The version of the bytes that was decided on. Null: nobody had looked at them.',
    example: 1,
  })
  readonly contentVersion!: number | null;

  @ApiProperty({ type: StaffReference })
  readonly decidedBy!: StaffReference;

  @ApiProperty({ format: 'date-time' })
  readonly at!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: null })
  readonly undoneAt!: string | null;

  @ApiProperty({ type: StaffReference, nullable: true })
  readonly undoneBy!: StaffReference | null;
}

/** A decision with what became of its case and its image. */
@ApiSchema({ description: 'A decision, and its case and image as they now stand.' })
export class DecisionAnswer {
  @ApiProperty({ type: DecisionView })
  readonly decision!: DecisionView;

  @ApiProperty({ type: CaseView, nullable: true, description: 'Null: it was taken on the image itself.' })
  readonly case!: CaseView | null;

  @ApiProperty({ type: ReviewedImage })
  readonly image!: ReviewedImage;
}

/** What became of one decision of many. */
@ApiSchema({ description: 'What became of one decision of many.' })
export class BulkResult {
  @ApiProperty({ example: 'case_0tJf0rT0cU6yXc1s3bDk2Q8m4n5p6q7r' })
  readonly case!: string;

  @ApiProperty({ type: 'integer', description: 'As if it had been sent alone.', example: 201 })
  readonly status!: number;

  @ApiPropertyOptional({ type: DecisionView })
  readonly decision?: DecisionView;

  @ApiPropertyOptional({ type: ProblemDetails })
  readonly problem?: ProblemDetails;
}

/** Outcomes in the order of the request. */
@ApiSchema({ description: 'One outcome each, in the order of the request.' })
export class BulkAnswer {
  @ApiProperty({ type: [BulkResult] })
  readonly results!: readonly BulkResult[];
}
