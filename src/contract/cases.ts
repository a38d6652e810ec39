import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsString } from 'class-validator';
import { LEFT_OUT_CAUSES } from '../core/left-out.js';
import { type Reason, REASONS } from '../core/reasons.js';
import { EventView } from './events.js';
import { HoldView } from './holds.js';
import { EvidenceView, ReviewedImage, SiteReference, TallyView } from './images.js';
import { MATCHES, type MatchView, UNMATCHED, type WhyUnmatched } from './matches.js';
import { PageQuery, pageOf } from './page.js';
import { StaffReference } from './staff.js';
import { MayBeLeftOut } from './may-be-left-out.js';
import { UrgencyView } from './urgency.js';
import { Length } from './text-length.js';

export const LISTED_STATUSES = ['open', 'held', 'escalated', 'closed'] as const;
export type ListedStatus = (typeof LISTED_STATUSES)[number];
export const CASE_ORDERS = ['priority', 'oldest', 'newest'] as const;
export type CaseOrder = (typeof CASE_ORDERS)[number];

/** `GET /v1/cases` */
export class CasesQuery extends PageQuery {
  @ApiPropertyOptional({
    description: "The site's id or slug; without it all sites of the caller.",
    example: 'nouvelles',
  })
  @Length(1, 100)
  @IsString()
  @MayBeLeftOut()
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

/** Who works on a case, and until when. */
@ApiSchema({ description: 'Who works on the case, and until when.' })
export class LeaseView {
  @ApiProperty({ type: StaffReference })
  readonly holder!: StaffReference;

  @ApiProperty({ format: 'date-time' })
  readonly expiresAt!: string;

  @ApiPropertyOptional({
    description: 'Shown only to whoever just took the lease. Send it with the decision.',
    example: 'lea_3q2-7wAAvu8c1oX9kq0mH5y0Q2n8d4fUuB1xRzJtKkE',
  })
  readonly token?: string;
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

/** What a reader said beyond a reason. Text of strangers: show it as text only. */
@ApiSchema({ description: 'What a reader said. Text of strangers: show it as text only.' })
export class ReportNoteView {
  @ApiProperty({ enum: REASONS, example: 'violence' })
  readonly reason!: string;

  @ApiProperty({ type: String, nullable: true, example: 'This is not the demonstration of yesterday.' })
  readonly comment!: string | null;

  @ApiProperty({
    type: 'object',
    properties: { url: { type: 'string' }, title: { type: 'string', nullable: true } },
    nullable: true,
    description: 'The page on which the reader saw it.',
    example: { url: 'https://www.example.ma/article/1', title: null },
  })
  readonly page!: { readonly url: string; readonly title: string | null } | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'An address that the browser claimed.',
    example: null,
  })
  readonly claimedUrl!: string | null;

  @ApiProperty({ format: 'date-time' })
  readonly at!: string;
}

/** One reader's vote. */
@ApiSchema({ description: "One reader's vote." })
export class CaseReport {
  @ApiProperty({ description: 'The number is the place by time within the case.', example: 'reader 3' })
  readonly reader!: string;

  @ApiProperty({
    enum: ['device', 'account', 'named'],
    description: "`account`: the site vouches for it; `named`: by the site's back end.",
    example: 'device',
  })
  readonly kind!: string;

  @ApiProperty({ type: [String], enum: REASONS, example: ['violence'] })
  readonly reasons!: readonly string[];

  @ApiProperty({ example: true })
  readonly counted!: boolean;

  @ApiProperty({
    type: String,
    enum: LEFT_OUT_CAUSES,
    nullable: true,
    description:
      'Why it was not counted. `muted`: its reader was muted; `budget`: so many of their votes count on undecided cases as the ' +
      'rule lets count; `network`, `wide-network`: as many of its network do; ' +
      "`linked`: a device's vote that became its account's.",
    example: null,
  })
  readonly leftOut!: string | null;

  @ApiProperty({ example: false })
  readonly withdrawn!: boolean;

  @ApiProperty({
    description:
      'Nobody knows any more who this was, nor what they wrote: since the case was closed long ago, or since they asked for it. ' +
      'Weight, mute and notes then say nothing.',
    example: false,
  })
  readonly forgotten!: boolean;

  @ApiProperty({
    description:
      'What a vote of this reader weighs today, by what decisions said of their earlier ones: 1 is a full vote, 0.1 the least, ' +
      '1.6 the most. Of the votes that made a block, what they weighed then is in the evidence.',
    example: 1,
  })
  readonly weight!: number;

  @ApiProperty({ description: 'Whether this reader is muted now.', example: false })
  readonly muted!: boolean;

  @ApiPropertyOptional({
    description: 'By which `POST /v1/mutes` mutes this reader; only for who may. Good for this case alone.',
    example: 'rdr_Zm9ydHkgYnl0ZXMgdGhhdCBub2JvZHkgY2FuIG1ha2UgdXAuLi4u',
  })
  readonly handle?: string;

  @ApiProperty({ type: 'integer', example: 1 })
  readonly round!: number;

  @ApiProperty({ format: 'date-time' })
  readonly at!: string;

  @ApiProperty({ type: [ReportNoteView] })
  readonly notes!: readonly ReportNoteView[];
}

export class CaseReportPage extends pageOf(CaseReport) {}

/** `POST /v1/cases/claim` */
export class ClaimRequest {
  @ApiPropertyOptional({
    description: "The site's id or slug; without it all sites of the caller.",
    example: 'nouvelles',
  })
  @Length(1, 100)
  @IsString()
  @MayBeLeftOut()
  site?: string;

  @ApiPropertyOptional({ enum: REASONS, description: 'Only cases in which a reader gave this reason.' })
  @IsIn(REASONS)
  @MayBeLeftOut()
  reason?: Reason;
}

/** `PUT /v1/cases/{id}/lease` */
export class LeaseRequest {
  @ApiPropertyOptional({ description: 'Of a lease that is to be renewed; without it the case is claimed.' })
  @Length(1, 100)
  @IsString()
  @MayBeLeftOut()
  token?: string;
}

/** `DELETE /v1/cases/{id}/lease` */
export class ReleaseQuery {
  @ApiProperty({ description: 'Of the lease.', example: 'lea_3q2-7wAAvu8c1oX9kq0mH5y0Q2n8d4fUuB1xRzJtKkE' })
  @Length(1, 100)
  @IsString()
  token!: string;

  @ApiPropertyOptional({
    type: Boolean,
    default: false,
    description: 'Do not offer me this case again soon.',
  })
  @Type(() => Boolean)
  @IsBoolean()
  skip: boolean = false;
}
