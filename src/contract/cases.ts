import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { type Reason, REASONS } from '../core/reasons.js';
import { EventView } from './events.js';
import { HoldView } from './holds.js';
import { EvidenceView, ReviewedImage, SiteReference, TallyView } from './images.js';
import { LeaseView } from './leases.js';
import { MATCHES, type MatchView, UNMATCHED, type WhyUnmatched } from './matches.js';
import { PageQuery, pageOf } from './page.js';
import { MayBeLeftOut } from './may-be-left-out.js';
import { OfOneSite } from './of-one-site.js';
import { UrgencyView } from './urgency.js';

const LISTED_STATUSES = ['open', 'held', 'escalated', 'closed'] as const;
export type ListedStatus = (typeof LISTED_STATUSES)[number];
const CASE_ORDERS = ['priority', 'oldest', 'newest'] as const;
export type CaseOrder = (typeof CASE_ORDERS)[number];

/** `GET /v1/cases` */
export class CasesQuery extends PageQuery {
  @OfOneSite()
  site?: string;

  @ApiPropertyOptional({
    enum: LISTED_STATUSES,
    default: 'open',
    description: '`open` includes held; `escalated`: leads only.',
  })
  @IsIn(LISTED_STATUSES)
  status: ListedStatus = 'open';

  @ApiPropertyOptional({ enum: REASONS, description: 'Only cases in which a reader gave this reason.' })
  @IsIn(REASONS)
  @MayBeLeftOut()
  reason?: Reason;

  @ApiPropertyOptional({
    enum: CASE_ORDERS,
    description: 'By default `priority`, and `newest` for closed cases.',
  })
  @IsIn(CASE_ORDERS)
  @MayBeLeftOut()
  order?: CaseOrder;
}

/** A case in the queue. */
@ApiSchema({ description: 'A unit of review work: one image, one round.' })
export class CaseView {
  @ApiProperty({ example: 'case_0tJf0rT0cU6yXc1s3bDk2Q8m4n5p6q7r' })
  readonly id!: string;

  @ApiProperty({ type: SiteReference })
  readonly site!: SiteReference;

  @ApiProperty({ enum: ['open', 'escalated', 'closed'], example: 'open' })
  readonly status!: string;

  @ApiProperty({
    description: 'It would have been blocked but for a hold; an open case only.',
    example: false,
  })
  readonly held!: boolean;

  @ApiProperty({
    type: HoldView,
    nullable: true,
    description: 'Why it is, or was, held. Null: it never was, or was blocked since.',
  })
  readonly hold!: HoldView | null;

  @ApiProperty({
    description: 'Somebody gave the severe reason: never part of a bulk action.',
    example: false,
  })
  readonly severe!: boolean;

  @ApiProperty({
    type: [String],
    enum: ['support-withdrawn', 'reporters-linked', 'bytes-replaced', 'bytes-returned', 'appealed'],
    description:
      '`support-withdrawn`: a vote behind the block was withdrawn; `reporters-linked`: two reporters turned out to be ' +
      'one person; `bytes-replaced`: other bytes came while the old ones were blocked or awaited a decision; ' +
      '`bytes-returned`: bytes came back that had been here before; `appealed`: the site says that the picture is right, ' +
      'and asks for another look.',
    example: [],
  })
  readonly flags!: readonly string[];

  @ApiProperty({
    type: 'integer',
    description: 'Name it in the decision. Reports never raise it.',
    example: 1,
  })
  readonly version!: number;

  @ApiProperty({
    type: 'integer',
    description: 'Higher comes first. Says nothing alone: it holds the age, and falls from day to day.',
    example: 14_968_473,
  })
  readonly priority!: number;

  @ApiProperty({ type: UrgencyView })
  readonly urgency!: UrgencyView;

  @ApiProperty({ type: 'integer', example: 1 })
  readonly round!: number;

  @ApiProperty({ type: ReviewedImage })
  readonly image!: ReviewedImage;

  @ApiProperty({ type: TallyView })
  readonly tally!: TallyView;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'integer' },
    description: 'Distinct counted reporters per reason, commonest first.',
    example: { violence: 4, hate: 1 },
  })
  readonly reasons!: Readonly<Record<string, number>>;

  @ApiProperty({ type: LeaseView, nullable: true })
  readonly lease!: LeaseView | null;

  @ApiProperty({ format: 'date-time' })
  readonly openedAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: null })
  readonly closedAt!: string | null;

  @ApiProperty({
    type: String,
    enum: ['block', 'keep', 'superseded', 'merged'],
    nullable: true,
    example: null,
  })
  readonly outcome!: string | null;
}

/** A case with what speaks for and against it. */
@ApiSchema({ description: 'A case with its evidence and its timeline.' })
export class CaseDetail extends CaseView {
  @ApiProperty({
    type: EvidenceView,
    nullable: true,
    description: 'Why a rule blocked the image, if one did.',
  })
  readonly evidence!: EvidenceView | null;

  @ApiProperty(MATCHES)
  readonly matches!: readonly MatchView[];

  @ApiProperty(UNMATCHED)
  readonly unmatched!: WhyUnmatched | null;

  @ApiProperty({ type: [EventView], description: 'From the log, oldest first.' })
  readonly timeline!: readonly EventView[];
}

export class CasePage extends pageOf(CaseView) {}
