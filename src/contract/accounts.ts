import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { IsBoolean, IsEmail, IsIn } from 'class-validator';
import { LINK_PURPOSES, LinkAnswer } from './links.js';
import { MayBeLeftOut } from './may-be-left-out.js';
import { MEMBER_ROLES, type MemberRole } from './members.js';
import { pageOf } from './page.js';
import { MaxLength } from './text-length.js';

/** `POST /v1/staff` */
export class InviteRequest {
  @ApiProperty({ format: 'email', maxLength: 254, example: 'amina@example.ma' })
  @MaxLength(254, { message: 'Must be at most 254 characters long.' })
  @IsEmail({}, { message: 'Must be an e-mail address, such as amina@example.ma.' })
  email!: string;

  @ApiPropertyOptional({ default: false, description: 'Everything, on all sites.', example: false })
  @IsBoolean()
  @MayBeLeftOut()
  admin?: boolean;
}

/** `PATCH /v1/staff/{id}` */
export class ChangeAccountRequest {
  @ApiPropertyOptional({
    description: 'Everything, on all sites. Taken neither from oneself nor from the last admin.',
    example: true,
  })
  @IsBoolean()
  @MayBeLeftOut()
  admin?: boolean;

  @ApiPropertyOptional({
    description:
      'A closed account has no session and no token, at once, and holds no case. Opened again it has its password and its ' +
      'roles; tokens have to be made anew.',
    example: false,
  })
  @IsBoolean()
  @MayBeLeftOut()
  closed?: boolean;
}

/** `POST /v1/staff/{id}/links` */
export class MakeLinkRequest {
  @ApiProperty({
    enum: LINK_PURPOSES,
    example: 'reset',
    description: '`invitation`: of who has set no password yet; `reset`: of who has one.',
  })
  @IsIn(LINK_PURPOSES, { message: 'Must be "invitation" or "reset".' })
  purpose!: (typeof LINK_PURPOSES)[number];
}

/** A site on which somebody works. */
@ApiSchema({ description: 'A site, and what somebody is there.' })
export class AccountSite {
  @ApiProperty({ example: 'sit_0tJf0rT0cU6yXc1s3bDk2Q8m4n5p6q7r' })
  readonly id!: string;

  @ApiProperty({ example: 'nouvelles' })
  readonly slug!: string;

  @ApiProperty({ example: 'Nouvelles' })
  readonly name!: string;

  @ApiProperty({ enum: MEMBER_ROLES, example: 'lead' })
  readonly role!: MemberRole;
}

/** An account, for admins. */
@ApiSchema({ description: 'An account, as admins see it.' })
export class AccountAnswer {
  @ApiProperty({ example: 'stf_0tJf0rT0cU6yXc1s3bDk2Q8m4n5p6q7r' })
  readonly id!: string;

  @ApiProperty({ example: 'amina@example.ma' })
  readonly email!: string;

  @ApiProperty({ description: 'Everything, on all sites.', example: false })
  readonly admin!: boolean;

  @ApiProperty({
    description: 'May open what is sealed. Given by the operator alone, on the command line.',
    example: false,
  })
  readonly legal!: boolean;

  @ApiProperty({ description: 'May do nothing any more.', example: false })
  readonly closed!: boolean;

  @ApiProperty({ description: 'False: invited, and has set none yet.', example: true })
  readonly hasPassword!: boolean;

  @ApiProperty({ description: 'Is a second factor set up?', example: true })
  readonly secondFactor!: boolean;

  @ApiProperty({ format: 'date-time', example: '2026-11-23T10:00:00.000Z' })
  readonly createdAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: '2026-11-26T08:00:00.000Z' })
  readonly lastSignInAt!: string | null;

  @ApiProperty({
    type: [AccountSite],
    description: 'By slug. An admin works for all there are, named or not.',
  })
  readonly sites!: readonly AccountSite[];
}

/** A new account. */
export class InvitedAnswer extends AccountAnswer {
  @ApiProperty({
    type: LinkAnswer,
    nullable: true,
    description: 'The link by which its owner sets a password; null for an account that there was.',
  })
  readonly invitation!: LinkAnswer | null;
}

export class AccountPage extends pageOf(AccountAnswer) {}
