import { ApiProperty } from '@nestjs/swagger';
import { IsEmail, IsIn } from 'class-validator';
import { LinkAnswer } from './links.js';
import { pageOf } from './page.js';
import { MaxLength } from './text-length.js';

export const MEMBER_ROLES = ['moderator', 'lead'] as const;
export type MemberRole = (typeof MEMBER_ROLES)[number];

const ROLE = {
  enum: MEMBER_ROLES,
  example: 'moderator',
  description: 'moderator: reviews. lead: also escalated cases, rules and members.',
} as const;
const ROLE_MESSAGE = 'Must be "moderator" or "lead".';

export class AddMemberRequest {
  @ApiProperty({ format: 'email', maxLength: 254, example: 'amina@example.ma' })
  @IsEmail({}, { message: 'Must be an e-mail address, such as amina@example.ma.' })
  @MaxLength(254, { message: 'Must be at most 254 characters long.' })
  email!: string;

  @ApiProperty(ROLE)
  @IsIn(MEMBER_ROLES, { message: ROLE_MESSAGE })
  role!: MemberRole;
}

export class ChangeMemberRequest {
  @ApiProperty(ROLE)
  @IsIn(MEMBER_ROLES, { message: ROLE_MESSAGE })
  role!: MemberRole;
}

/** A person who works for a site. */
export class MemberAnswer {
  @ApiProperty({ example: 'stf_dHVuYWZpc2hzYW5kd2ljaGZvcmx1bmNo' })
  readonly id!: string;

  @ApiProperty({ example: 'amina@example.ma' })
  readonly email!: string;

  @ApiProperty(ROLE)
  readonly role!: MemberRole;

  @ApiProperty({
    example: false,
    description: 'Whether they were invited, and have set no password yet: they can be invited again.',
  })
  readonly invited!: boolean;

  @ApiProperty({ format: 'date-time', example: '2026-11-23T10:00:00.000Z', description: 'Member since.' })
  readonly addedAt!: string;
}

export class AddedMemberAnswer extends MemberAnswer {
  @ApiProperty({
    type: LinkAnswer,
    nullable: true,
    description:
      'For a new account the link by which its owner sets a password; null for one that there was.',
  })
  readonly invitation!: LinkAnswer | null;
}

export class MemberPage extends pageOf(MemberAnswer) {}
