import { ApiProperty, ApiPropertyOptional, ApiSchema, OmitType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsObject, IsString, ValidateNested } from 'class-validator';
import { MayBeLeftOut } from './may-be-left-out.js';
import { ThresholdRuleAnswer, ThresholdRuleChange } from './rules.js';
import { Length } from './text-length.js';
import { WholeNumber } from './whole-number.js';

/** Differences of which a replay tells; open images; and how many of these one request may have looked at. */
export const MOST_DIFFERENCES = 200;
export const MOST_OPEN_IMAGES = 1_000;

/** A change of a rule that is tried, or put in force after that: what it was made for is said beside it. */
export class CandidateRule extends OmitType(ThresholdRuleChange, ['version']) {}

/** `POST /v1/sites/{id}/threshold-rule/replay` */
export class ReplayRequest {
  @ApiProperty({
    type: CandidateRule,
    description: 'Only what is to change.',
    example: { reporters: 3, minNetworks: 2 },
  })
  @ValidateNested()
  @IsObject({ message: 'Must be an object.' })
  @Type(() => CandidateRule)
  rule!: CandidateRule;

  @ApiPropertyOptional({
    example: '2026-10-27',
    description:
      'From when on it is counted: a day of the site\'s calendar, from its beginning, or a moment (RFC 3339). By default 30 days before "to"; 400 days at most.',
  })
  @Length(1, 40)
  @IsString()
  @MayBeLeftOut()
  from?: string;

  @ApiPropertyOptional({
    example: '2026-11-26T00:00:00Z',
    description:
      'Up to when: a day, to its end, or a moment, which is no part of it. By default, and at the latest, now.',
  })
  @Length(1, 40)
  @IsString()
  @MayBeLeftOut()
  to?: string;
}

@ApiSchema({ description: 'Seconds from the first report of a round to its block.' })
export class TimeToBlock {
  @ApiProperty({ type: 'integer', description: 'Half took no longer.', example: 1260 })
  readonly median!: number;

  @ApiProperty({ type: 'integer', description: 'Nine of ten took no longer.', example: 9840 })
  readonly p90!: number;
}

@ApiSchema({ description: 'What a rule did, counted in rounds of images.' })
export class ReplayFiguresView {
  @ApiProperty({ type: 'integer', description: 'The rule blocked so many.', example: 41 })
  readonly blocked!: number;

  @ApiProperty({ type: 'integer', description: 'Of these people said that it was right.', example: 33 })
  readonly upheld!: number;

  @ApiProperty({ type: 'integer', description: 'Of these people kept the image.', example: 5 })
  readonly reversed!: number;

  @ApiProperty({ type: 'integer', description: 'Of these nobody has decided.', example: 3 })
  readonly undecided!: number;

  @ApiProperty({
    type: 'integer',
    description: 'It would have blocked so many, but for a hold or the breaker, and did not later either.',
    example: 2,
  })
  readonly held!: number;

  @ApiProperty({
    type: 'integer',
    description: 'Reported images that people blocked and the rule had not.',
    example: 9,
  })
  readonly missed!: number;

  @ApiProperty({ type: TimeToBlock, nullable: true, description: 'Null: it blocked nothing.' })
  readonly timeToBlock!: TimeToBlock | null;
}

@ApiSchema({ description: 'An image, and an address or id by which its site knows it.' })
export class ReplayedImage {
  @ApiProperty({ example: 'img_0tJf0rT0cU6yXc1s3bDk2Q8m4n5p6q7r' })
  readonly id!: string;

  @ApiProperty({ type: String, nullable: true, example: 'https://cdn.example.ma/photos/1.jpg' })
  readonly url!: string | null;

  @ApiProperty({ type: String, nullable: true, description: "The site's own id.", example: null })
  readonly ownId!: string | null;
}

const OUTCOMES = ['blocked', 'held', 'none'] as const;
type ReplayOutcome = (typeof OUTCOMES)[number];

@ApiSchema({ description: 'A round of an image that fares otherwise under the candidate.' })
export class ReplayDifference {
  @ApiProperty({ type: ReplayedImage })
  readonly image!: ReplayedImage;

  @ApiProperty({ type: String, nullable: true, example: 'case_0tJf0rT0cU6yXc1s3bDk2Q8m4n5p6q7r' })
  readonly case!: string | null;

  @ApiProperty({
    type: String,
    enum: ['block', 'keep', null],
    nullable: true,
    example: 'block',
    description: 'What people decided; null: nothing yet.',
  })
  readonly decided!: 'block' | 'keep' | null;

  @ApiProperty({ enum: OUTCOMES, example: 'none' })
  readonly current!: ReplayOutcome;

  @ApiProperty({ enum: OUTCOMES, example: 'blocked' })
  readonly candidate!: ReplayOutcome;

  @ApiProperty({
    format: 'date-time',
    example: '2026-11-20T18:04:31.000Z',
    description: 'When the first of both rules acted.',
  })
  readonly at!: string;
}

@ApiSchema({ description: 'Where both rules differ.' })
export class ReplayDifferences {
  @ApiProperty({ type: 'integer', example: 12 })
  readonly total!: number;

  @ApiProperty({ type: [ReplayDifference], maxItems: MOST_DIFFERENCES, description: 'The latest first.' })
  readonly items!: readonly ReplayDifference[];
}

@ApiSchema({ description: 'An image that awaits a decision, and on which the candidate would act now.' })
export class ReplayOpenImage {
  @ApiProperty({ type: ReplayedImage })
  readonly image!: ReplayedImage;

  @ApiProperty({ example: 'case_0tJf0rT0cU6yXc1s3bDk2Q8m4n5p6q7r' })
  readonly case!: string;

  @ApiProperty({ type: 'integer', description: 'Whose votes count.', example: 4 })
  readonly reporters!: number;

  @ApiProperty({ enum: ['block', 'hold'], example: 'block' })
  readonly would!: 'block' | 'hold';
}

@ApiSchema({ description: 'What "apply" would do at once, if it were asked for these images.' })
export class ReplayOpenImages {
  @ApiProperty({ type: 'integer', example: 1 })
  readonly total!: number;

  @ApiProperty({ type: [ReplayOpenImage], maxItems: MOST_OPEN_IMAGES })
  readonly items!: readonly ReplayOpenImage[];
}

/** What another rule would have done, beside what the one in force would have. */
@ApiSchema({ description: 'What both rules would have done in a time (docs/replay.md).' })
export class ReplayAnswer {
  @ApiProperty({ format: 'date-time', example: '2026-10-27T00:00:00.000Z' })
  readonly from!: string;

  @ApiProperty({ format: 'date-time', example: '2026-11-26T00:00:00.000Z' })
  readonly to!: string;

  @ApiProperty({ type: 'integer', description: 'Reports in that time.', example: 18204 })
  readonly reports!: number;

  @ApiProperty({ type: 'integer', description: 'Images that they were about.', example: 2911 })
  readonly images!: number;

  @ApiProperty({
    type: 'integer',
    description: 'The version in force, which `apply` is given as `ifVersion`.',
    example: 3,
  })
  readonly ruleVersion!: number;

  @ApiProperty({ type: ReplayFiguresView, description: 'The rule in force.' })
  readonly current!: ReplayFiguresView;

  @ApiProperty({ type: ReplayFiguresView })
  readonly candidate!: ReplayFiguresView;

  @ApiProperty({ type: ReplayDifferences })
  readonly differences!: ReplayDifferences;

  @ApiProperty({ type: ReplayOpenImages })
  readonly openImages!: ReplayOpenImages;
}

/** `POST /v1/sites/{id}/threshold-rule/apply` */
export class ApplyRequest {
  @ApiProperty({
    type: CandidateRule,
    description: 'Only what is to change.',
    example: { reporters: 3, minNetworks: 2 },
  })
  @ValidateNested()
  @IsObject({ message: 'Must be an object.' })
  @Type(() => CandidateRule)
  rule!: CandidateRule;

  @WholeNumber(
    1,
    2_147_483_647,
    'The version for which it was tried: refused (409) when another is in force.',
    {
      example: 3,
    },
  )
  ifVersion!: number;

  @ApiPropertyOptional({
    type: [String],
    maxItems: MOST_OPEN_IMAGES,
    description:
      'Open images at which the new rule looks at once, in the place of waiting for their next reports. Left out: none.',
    example: ['img_0tJf0rT0cU6yXc1s3bDk2Q8m4n5p6q7r'],
  })
  @Length(1, 100, { each: true })
  @IsString({ each: true })
  @ArrayMaxSize(MOST_OPEN_IMAGES)
  @IsArray()
  @MayBeLeftOut()
  block?: string[];
}

const APPLIED = ['blocked', 'held', 'unchanged'] as const;

@ApiSchema({ description: 'What became of one of the images.' })
export class ApplyResult {
  @ApiProperty({ example: 'img_0tJf0rT0cU6yXc1s3bDk2Q8m4n5p6q7r' })
  readonly image!: string;

  @ApiProperty({
    enum: APPLIED,
    description: '`blocked`, `held`: by this version of the rule. Else nothing of it was changed.',
    example: 'blocked',
  })
  readonly outcome!: (typeof APPLIED)[number];
}

@ApiSchema({ description: 'The rule in force from now on, and what it did at once.' })
export class ApplyAnswer {
  @ApiProperty({ type: ThresholdRuleAnswer })
  readonly rule!: ThresholdRuleAnswer;

  @ApiProperty({ type: [ApplyResult], maxItems: MOST_OPEN_IMAGES, description: 'As they were asked for.' })
  readonly results!: readonly ApplyResult[];
}
