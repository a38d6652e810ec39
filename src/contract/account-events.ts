import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { IsString } from 'class-validator';
import { SiteReference } from './images.js';
import { MayBeLeftOut } from './may-be-left-out.js';
import { PageQuery, pageOf } from './page.js';
import { StaffReference } from './staff.js';
import { Length } from './text-length.js';

/** `GET /v1/account-events` */
export class AccountEventsQuery extends PageQuery {
  @ApiPropertyOptional({
    description:
      'Only changes of rights on this site, of its keys and of itself: its id or slug. For its leads.',
    example: 'nouvelles',
  })
  @Length(1, 100)
  @IsString()
  @MayBeLeftOut()
  site?: string;

  @ApiPropertyOptional({
    description: 'Only of this person: their id, or `me`, which everybody may ask for.',
    example: 'me',
  })
  @Length(1, 100)
  @IsString()
  @MayBeLeftOut()
  staff?: string;
}

/** Who did it. */
@ApiSchema({ description: 'Who did it.' })
export class AccountActor {
  @ApiProperty({
    enum: ['staff', 'operator', 'anybody'],
    description: '`operator`: the command line; `anybody`: whoever was at the door.',
    example: 'staff',
  })
  readonly kind!: string;

  @ApiPropertyOptional({ description: 'Of staff.', example: 'stf_0tJf0rT0cU6yXc1s3bDk2Q8m4n5p6q7r' })
  readonly id?: string;

  @ApiPropertyOptional({ description: 'Of staff.', example: 'lead@example.ma' })
  readonly email?: string;
}

/** A line of the accounts' log. */
@ApiSchema({
  description: 'A line of the accounts’ append-only log: sign-ins, and changes of rights, keys and sites.',
})
export class AccountEventView {
  @ApiProperty({ example: 'aev_0tJf0rT0cU6yXc1s3bDk2Q8m4n5p6q7r' })
  readonly id!: string;

  @ApiProperty({ example: 'member-added' })
  readonly type!: string;

  @ApiProperty({ format: 'date-time', example: '2026-11-26T10:00:00.000Z' })
  readonly at!: string;

  @ApiProperty({
    type: StaffReference,
    nullable: true,
    description: 'Whose account it is about; null: of an unknown address, or it is about the site.',
  })
  readonly staff!: StaffReference | null;

  @ApiProperty({
    type: SiteReference,
    nullable: true,
    description: 'On which rights changed. Null: it is about the account itself.',
  })
  readonly site!: SiteReference | null;

  @ApiProperty({ type: AccountActor })
  readonly by!: AccountActor;

  @ApiProperty({ type: 'object', additionalProperties: true, example: { role: 'moderator' } })
  readonly data!: Readonly<Record<string, unknown>>;
}

export class AccountEventPage extends pageOf(AccountEventView) {}
