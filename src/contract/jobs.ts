import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { IsIn, IsString } from 'class-validator';
import { MayBeLeftOut } from './may-be-left-out.js';
import { PageQuery, pageOf } from './page.js';
import { Length } from './text-length.js';

export const JOB_STATES = ['waiting', 'running', 'done', 'dead'] as const;

/** `GET /v1/jobs` */
export class JobsQuery extends PageQuery {
  @ApiPropertyOptional({
    enum: JOB_STATES,
    default: 'dead',
    description:
      'Waiting and running ones come the longest due first; done ones, which are removed after a while, and dead ones the newest first.',
  })
  @IsIn(JOB_STATES)
  state: (typeof JOB_STATES)[number] = 'dead';

  @ApiPropertyOptional({ description: 'Only jobs of this kind.', example: 'webhook' })
  @Length(1, 100)
  @IsString()
  @MayBeLeftOut()
  kind?: string;
}

/** Background work, without what it is about. */
@ApiSchema({
  description: 'Background work. What it is about is not shown: it may be what a reader wrote, or a secret.',
})
export class JobView {
  @ApiProperty({ example: 'job_0tJf0rT0cU6yXc1s3bDk2Q8m4n5p6q7r' })
  readonly id!: string;

  @ApiProperty({
    description: 'By which `jobs list` and `jobs retry` of the command line name it.',
    example: '17',
  })
  readonly number!: string;

  @ApiProperty({ example: 'webhook' })
  readonly kind!: string;

  @ApiProperty({ enum: JOB_STATES, example: 'dead' })
  readonly state!: string;

  @ApiProperty({ type: 'integer', description: 'How often it ran.', example: 10 })
  readonly runs!: number;

  @ApiProperty({ type: 'integer', description: 'How often in a row it failed.', example: 10 })
  readonly failures!: number;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Why it last failed or was put off. Addresses end before their query.',
    example: 'connect ECONNREFUSED 192.0.2.7:443',
  })
  readonly error!: string | null;

  @ApiProperty({ format: 'date-time', description: 'When it is, or was, due.' })
  readonly runAt!: string;

  @ApiProperty({ format: 'date-time' })
  readonly createdAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'When it last began.' })
  readonly claimedAt!: string | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When it was done, or died.',
  })
  readonly finishedAt!: string | null;
}

export class JobPage extends pageOf(JobView) {}

@ApiSchema({ description: 'The jobs of one kind that are not done.' })
export class JobKind {
  @ApiProperty({ example: 'webhook' })
  readonly kind!: string;

  @ApiProperty({ type: 'integer', description: 'For their time, or for a place.', example: 3 })
  readonly waiting!: number;

  @ApiProperty({ type: 'integer', description: 'Of those, how many could run now.', example: 1 })
  readonly due!: number;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Of the one that is due for longest.',
  })
  readonly dueSince!: string | null;

  @ApiProperty({ type: 'integer', example: 2 })
  readonly running!: number;

  @ApiProperty({ type: 'integer', description: 'Failed too often: they wait to be retried.', example: 1 })
  readonly dead!: number;
}

/** `GET /v1/jobs/summary` */
@ApiSchema({ description: 'How much background work there is.' })
export class JobSummary {
  @ApiProperty({ type: [JobKind], description: 'Kinds of which all is done are left out.' })
  readonly kinds!: readonly JobKind[];
}
