import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import { IsString, Matches } from 'class-validator';
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from './session.js';
import { Length, MaxLength } from './text-length.js';

/** Of an account, as signing in takes it: also where no dot follows, such as `admin@newsroom`. */
export const EMAIL_ADDRESS = /^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u;
export const LONGEST_ADDRESS = 254;

export const LINK_PURPOSES = ['invitation', 'reset'] as const;

const TOKEN = {
  minLength: 1,
  maxLength: 100,
  description: 'What stands behind `#` in the link.',
  example: 'vg_lnk_Qk3xYw0T1c8sVf5hZr2bN7mLp9aDgJ4uEiXoKqRtWyE',
};

/** A one-time link, shown once. */
@ApiSchema({
  description:
    'A one-time link. Shown once: hand it over now. Whoever asks again gets another, and this one is spent.',
})
export class LinkAnswer {
  @ApiProperty({
    format: 'uri',
    example: 'https://vigie.example.ma/console/welcome#vg_lnk_Qk3xYw0T1c8sVf5hZr2bN7mLp9aDgJ4uEiXoKqRtWyE',
  })
  readonly url!: string;

  @ApiProperty({ format: 'date-time', example: '2026-11-26T11:00:00.000Z', description: 'Good until then.' })
  readonly expiresAt!: string;

  @ApiProperty({
    example: false,
    description: 'Whether its owner gets one by mail, too. Whichever is used first spends both.',
  })
  readonly mailed!: boolean;
}

/** `POST /v1/links/look` */
export class LookAtLinkRequest {
  @ApiProperty(TOKEN)
  @Length(1, 100)
  @IsString()
  token!: string;
}

/** What a link is good for. */
@ApiSchema({ description: 'What a link is good for.' })
export class LinkView {
  @ApiProperty({ example: 'amina@example.ma' })
  readonly email!: string;

  @ApiProperty({ enum: LINK_PURPOSES, example: 'invitation' })
  readonly purpose!: (typeof LINK_PURPOSES)[number];

  @ApiProperty({ format: 'date-time', example: '2026-11-26T11:00:00.000Z' })
  readonly expiresAt!: string;
}

/** `POST /v1/links/redeem` */
export class RedeemLinkRequest {
  @ApiProperty(TOKEN)
  @Length(1, 100)
  @IsString()
  token!: string;

  @ApiProperty({
    minLength: SHORTEST_PASSWORD,
    maxLength: LONGEST_PASSWORD,
    description: 'Anything but the e-mail address.',
    example: 'three storks over the bay',
  })
  @Length(SHORTEST_PASSWORD, LONGEST_PASSWORD, {
    message: `Must be a text of ${SHORTEST_PASSWORD} to ${LONGEST_PASSWORD} characters.`,
  })
  @IsString()
  password!: string;
}

/** `POST /v1/session/forgot` */
export class ForgotRequest {
  @ApiProperty({ maxLength: LONGEST_ADDRESS, example: 'amina@example.ma' })
  @MaxLength(LONGEST_ADDRESS)
  @Matches(EMAIL_ADDRESS, { message: 'Must be an e-mail address, such as amina@example.ma.' })
  email!: string;
}

/** The same answer whether there is such an account or not. */
@ApiSchema({ description: 'The same, whether there is such an account or not.' })
export class ForgotAnswer {
  @ApiProperty({ example: 'If there is an account of this address, a link is on its way to it.' })
  readonly message!: string;
}
