import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { LEFT_OUT_CAUSES } from '../core/left-out.js';
import { REASONS } from '../core/reasons.js';
import { pageOf } from './page.js';

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
