import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { IsBoolean, IsString } from 'class-validator';
import { LOCALES, type Locale, REASONS } from '../core/reasons.js';
import { MayBeLeftOut } from './may-be-left-out.js';
import { StaffReference } from './staff.js';
import { Length } from './text-length.js';

/** Characters of a password at least; nothing else is asked of it (NIST SP 800-63B, section 3.1.1.2). */
export const SHORTEST_PASSWORD = 12;
export const LONGEST_PASSWORD = 200;

/** What a session waits for before it opens anything. */
const NEXT_STEPS = ['totp', 'enrol'] as const;
export type NextStep = (typeof NEXT_STEPS)[number];

/** `POST /v1/session` */
export class SignInRequest {
  @ApiProperty({ maxLength: 254, example: 'amina@example.ma' })
  @Length(1, 254)
  @IsString()
  email!: string;

  @ApiProperty({ maxLength: LONGEST_PASSWORD, example: 'k7mf2-x9qda-3hw8e-t5n4c' })
  @Length(1, LONGEST_PASSWORD)
  @IsString()
  password!: string;
}

/** What the sign-in still needs. */
@ApiSchema({ description: 'The password was right; this is still needed.' })
export class NextStepAnswer {
  @ApiProperty({
    enum: NEXT_STEPS,
    description:
      '`totp`: send the code of the second factor to `/v1/session/totp`. `enrol`: one is required here, and there is none ' +
      'yet: set it up under `/v1/session/second-factor`.',
    example: 'totp',
  })
  readonly next!: NextStep;

  @ApiProperty({
    description: 'In a browser, send it as `X-Vigie-CSRF` with everything that is not GET.',
    example: 'q0mH5y0Q2n8d4fUuB1xRzJtKkE3q2-7w',
  })
  readonly csrfToken!: string;
}

/** A site on which somebody has a role. */
@ApiSchema({ description: 'A site, and what the person who is signed in is there.' })
export class SessionSite {
  @ApiProperty({ example: 'sit_0tJf0rT0cU6yXc1s3bDk2Q8m4n5p6q7r' })
  readonly id!: string;

  @ApiProperty({ example: 'nouvelles' })
  readonly slug!: string;

  @ApiProperty({ example: 'Nouvelles' })
  readonly name!: string;

  @ApiProperty({ enum: ['moderator', 'lead', 'admin'], example: 'lead' })
  readonly role!: 'moderator' | 'lead' | 'admin';

  @ApiProperty({ enum: LOCALES, example: 'fr' })
  readonly locale!: Locale;

  @ApiProperty({ example: 'Africa/Casablanca' })
  readonly timeZone!: string;

  @ApiProperty({ enum: REASONS, isArray: true, example: ['violence', 'nudity', 'other'] })
  readonly reasons!: readonly string[];
}

/** Who is signed in. */
@ApiSchema({ description: 'Who is signed in, what they may do, and until when.' })
export class SessionAnswer {
  @ApiProperty({ type: StaffReference })
  readonly staff!: StaffReference;

  @ApiProperty({ description: 'Everything, on all sites.', example: false })
  readonly admin!: boolean;

  @ApiProperty({ description: 'May open what is sealed.', example: false })
  readonly legal!: boolean;

  @ApiProperty({ type: [SessionSite], description: 'By name; of an admin all there are.' })
  readonly sites!: readonly SessionSite[];

  @ApiProperty({ description: 'Is a second factor set up?', example: true })
  readonly secondFactor!: boolean;

  @ApiProperty({
    description: 'In a browser, send it as `X-Vigie-CSRF` with everything that is not GET.',
    example: 'q0mH5y0Q2n8d4fUuB1xRzJtKkE3q2-7w',
  })
  readonly csrfToken!: string;

  @ApiProperty({ format: 'date-time', description: 'It ends then, however much it is used.' })
  readonly expiresAt!: string;

  @ApiProperty({
    type: 'integer',
    description: 'Seconds without a request after which it ends.',
    example: 3600,
  })
  readonly idleSeconds!: number;

  @ApiProperty({ type: 'integer', description: 'How long a case is leased, in seconds.', example: 300 })
  readonly leaseSeconds!: number;
}

/** `PUT /v1/session/password` */
export class ChangePasswordRequest {
  @ApiProperty({ maxLength: LONGEST_PASSWORD, example: 'k7mf2-x9qda-3hw8e-t5n4c' })
  @Length(1, LONGEST_PASSWORD)
  @IsString()
  current!: string;

  @ApiProperty({
    minLength: SHORTEST_PASSWORD,
    maxLength: LONGEST_PASSWORD,
    example: 'four words that nobody says',
    description:
      'The new one. Length is all that is asked: neither signs nor digits. Not the e-mail address.',
  })
  @Length(SHORTEST_PASSWORD, LONGEST_PASSWORD)
  @IsString()
  password!: string;

  @ApiPropertyOptional({ default: false, description: 'Revoke all your tokens, too?', example: true })
  @IsBoolean()
  @MayBeLeftOut()
  revokeTokens?: boolean;
}

/** One of the caller's own sessions. */
@ApiSchema({ description: 'Where somebody is signed in.' })
export class ListedSession {
  @ApiProperty({ example: 'ses_0tJf0rT0cU6yXc1s3bDk2Q8m4n5p6q7r' })
  readonly id!: string;

  @ApiProperty({ example: 'Firefox on Linux', description: 'As far as it told.' })
  readonly browser!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'Firefox',
    description: 'Of that the name; null: not known.',
  })
  readonly browserName!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'Linux',
    description: 'Of that the system; null: not known.',
  })
  readonly system!: string | null;

  @ApiProperty({ format: 'date-time', example: '2026-11-23T10:00:00.000Z' })
  readonly createdAt!: string;

  @ApiProperty({
    format: 'date-time',
    example: '2026-11-23T11:42:00.000Z',
    description: 'Of its last request, to the minute.',
  })
  readonly seenAt!: string;

  @ApiProperty({ example: true, description: 'Is it the one that asks?' })
  readonly current!: boolean;
}

export class SessionList {
  @ApiProperty({ type: [ListedSession], description: 'Those first that were used last; at most 50.' })
  readonly items!: readonly ListedSession[];
}
