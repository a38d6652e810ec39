import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { IsIn, IsString } from 'class-validator';
import { MayBeLeftOut } from './may-be-left-out.js';
import { StaffReference } from './staff.js';
import { Length } from './text-length.js';

export const STATS_BUCKETS = ['day', 'hour'] as const;
const STATS_TABLES = ['buckets', 'reasons', 'moderators'] as const;
export type StatsTable = (typeof STATS_TABLES)[number];

/** `GET /v1/stats` */
export class StatsQuery {
  @ApiPropertyOptional({
    description: "The site's id or slug. May be left out by whoever works on one site only.",
    example: 'nouvelles',
  })
  @Length(1, 100)
  @IsString()
  @MayBeLeftOut()
  site?: string;

  @ApiPropertyOptional({
    description:
      "A day of the site's calendar, from its beginning, or a moment (RFC 3339, its `+` written `%2B`). By default the last 30 days.",
    example: '2026-11-01',
  })
  @Length(1, 40)
  @IsString()
  @MayBeLeftOut()
  from?: string;

  @ApiPropertyOptional({
    description: 'A day, to its end, or a moment, which is no part of it. By default now.',
    example: '2026-11-30',
  })
  @Length(1, 40)
  @IsString()
  @MayBeLeftOut()
  to?: string;

  @ApiPropertyOptional({
    enum: STATS_BUCKETS,
    default: 'day',
    description: "By the site's own days, at most 400, or by hours, at most 31 days of them.",
  })
  @IsIn(STATS_BUCKETS)
  bucket: (typeof STATS_BUCKETS)[number] = 'day';
}

/** `GET /v1/stats.csv` */
export class StatsCsvQuery extends StatsQuery {
  @ApiPropertyOptional({ enum: STATS_TABLES, default: 'buckets', description: 'Which of the tables.' })
  @IsIn(STATS_TABLES)
  table: StatsTable = 'buckets';
}

/** Half of what was measured took no longer than the median, nine tenths no longer than `p90`. */
@ApiSchema({ description: 'Seconds. Null: there was nothing to measure.' })
export class DurationView {
  @ApiProperty({ type: Number, nullable: true, example: 2400 })
  readonly median!: number | null;

  @ApiProperty({ type: Number, nullable: true, description: 'Nine of ten took no longer.', example: 10800 })
  readonly p90!: number | null;
}

@ApiSchema({ description: 'Blocks that began, by who made them.' })
export class BlockCounts {
  @ApiProperty({ type: 'integer', description: "By the site's rule, once readers were enough.", example: 12 })
  readonly rule!: number;

  @ApiProperty({ type: 'integer', description: 'By a moderator, and not undone.', example: 31 })
  readonly moderator!: number;

  @ApiProperty({
    type: 'integer',
    description: 'By the site itself; other words for one that stands are no other block.',
    example: 2,
  })
  readonly publisher!: number;

  @ApiProperty({ type: 'integer', description: 'Pictures that a person had blocked elsewhere.', example: 4 })
  readonly match!: number;
}

@ApiSchema({
  description:
    'Cases that were closed, and not opened again, by how. Only the decided ones are the work of people.',
})
export class ClosedCounts {
  @ApiProperty({ type: 'integer', description: 'By a decision.', example: 75 })
  readonly decided!: number;

  @ApiProperty({
    type: 'integer',
    description: 'Without one: the image became part of another.',
    example: 1,
  })
  readonly merged!: number;

  @ApiProperty({
    type: 'integer',
    description: 'Without one: the picture was replaced, and its case made room for one of the new.',
    example: 2,
  })
  readonly superseded!: number;
}

@ApiSchema({ description: "What people said, at that time, of the rule's blocks." })
export class ReviewCounts {
  @ApiProperty({ type: 'integer', description: 'They blocked the image, too.', example: 9 })
  readonly upheld!: number;

  @ApiProperty({ type: 'integer', description: 'They kept it.', example: 3 })
  readonly overturned!: number;

  @ApiProperty({ type: Number, nullable: true, description: 'Null: none was reviewed.', example: 0.75 })
  readonly share!: number | null;
}

@ApiSchema({ description: 'Decisions that stand, by what they said, and those that were undone since.' })
export class DecisionCounts {
  @ApiProperty({ type: 'integer', example: 31 })
  readonly block!: number;

  @ApiProperty({ type: 'integer', example: 44 })
  readonly keep!: number;

  @ApiProperty({ type: 'integer', example: 1 })
  readonly escalate!: number;

  @ApiProperty({ type: 'integer', description: 'Counted here and nowhere else.', example: 2 })
  readonly undone!: number;
}

/** What happened on a site within some time. */
@ApiSchema({ description: 'What happened within some time.' })
export class StatsFigures {
  @ApiProperty({
    type: 'integer',
    description: 'One for each reader and image. Withdrawn ones are none.',
    example: 240,
  })
  readonly reports!: number;

  @ApiProperty({ type: 'integer', example: 80 })
  readonly casesOpened!: number;

  @ApiProperty({ type: ClosedCounts })
  readonly casesClosed!: ClosedCounts;

  @ApiProperty({ type: BlockCounts })
  readonly blocks!: BlockCounts;

  @ApiProperty({ type: ReviewCounts })
  readonly ruleBlocksReviewed!: ReviewCounts;

  @ApiProperty({ type: DecisionCounts })
  readonly decisions!: DecisionCounts;

  @ApiProperty({ type: DurationView, description: "From the round's first report to the rule's block." })
  readonly secondsToBlock!: DurationView;

  @ApiProperty({
    type: DurationView,
    description: 'From the opening of a case to the decision that closed it.',
  })
  readonly secondsToDecision!: DurationView;
}

@ApiSchema({ description: 'One day or hour.' })
export class StatsBucketView extends StatsFigures {
  @ApiProperty({ format: 'date-time', description: 'When it begins.', example: '2026-10-31T23:00:00.000Z' })
  readonly start!: string;

  @ApiProperty({
    description: "The same in the site's time zone: a day's date; of an hour the time with its offset.",
    example: '2026-11-01',
  })
  readonly local!: string;
}

@ApiSchema({ description: 'What happened for one reason. A report with two reasons is counted for both.' })
export class ReasonFigures {
  @ApiProperty({ example: 'violence' })
  readonly reason!: string;

  @ApiProperty({ type: 'integer', example: 120 })
  readonly reports!: number;

  @ApiProperty({ type: 'integer', description: 'That the rule made.', example: 9 })
  readonly ruleBlocks!: number;

  @ApiProperty({ type: ReviewCounts })
  readonly ruleBlocksReviewed!: ReviewCounts;

  @ApiProperty({
    type: DecisionCounts,
    description:
      "That named it as their policy, or named none and ended the rule's block for it. Others have no reason.",
  })
  readonly decisions!: DecisionCounts;

  @ApiProperty({ type: DurationView, description: "From the round's first report to the rule's block." })
  readonly secondsToBlock!: DurationView;

  @ApiProperty({
    type: DurationView,
    description: 'From the opening of a case to the decision, of those that are counted here.',
  })
  readonly secondsToDecision!: DurationView;
}

@ApiSchema({ description: 'What one member of staff decided.' })
export class ModeratorFigures {
  @ApiProperty({ type: StaffReference })
  readonly moderator!: StaffReference;

  @ApiProperty({ type: DecisionCounts })
  readonly decisions!: DecisionCounts;

  @ApiProperty({ type: DurationView, description: 'From the opening of a case to their decision.' })
  readonly secondsToDecision!: DurationView;
}

/** The statistics of a site. */
@ApiSchema({ description: 'The statistics of a site.' })
export class StatsAnswer {
  @ApiProperty({ example: 'sit_0tJf0rT0cU6yXc1s3bDk2Q8m4n5p6q7r' })
  readonly site!: string;

  @ApiProperty({ description: "The site's own: days are its days.", example: 'Africa/Casablanca' })
  readonly timeZone!: string;

  @ApiProperty({ format: 'date-time', example: '2026-10-31T23:00:00.000Z' })
  readonly from!: string;

  @ApiProperty({ format: 'date-time', description: 'Not part of it.', example: '2026-11-30T23:00:00.000Z' })
  readonly to!: string;

  @ApiProperty({ enum: STATS_BUCKETS, example: 'day' })
  readonly bucket!: string;

  @ApiProperty({ type: StatsFigures })
  readonly totals!: StatsFigures;

  @ApiProperty({
    type: [StatsBucketView],
    description: 'Every one of the time, also where nothing happened.',
  })
  readonly buckets!: readonly StatsBucketView[];

  @ApiProperty({ type: [ReasonFigures], description: 'Those for which something happened.' })
  readonly reasons!: readonly ReasonFigures[];

  @ApiProperty({
    type: [ModeratorFigures],
    description: 'Whoever decided something. Leads see everybody, others themselves.',
  })
  readonly moderators!: readonly ModeratorFigures[];
}
