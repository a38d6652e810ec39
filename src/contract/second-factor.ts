import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { IsString } from 'class-validator';
import { MayBeLeftOut } from './may-be-left-out.js';
import { LONGEST_PASSWORD } from './session.js';
import { Length } from './text-length.js';

/** `POST /v1/session/totp`: one of the two. */
export class SecondFactorRequest {
  @ApiPropertyOptional({ description: 'Six digits, of this or the last half minute.', example: '492039' })
  @Length(1, 20)
  @IsString()
  @MayBeLeftOut()
  code?: string;

  @ApiPropertyOptional({
    description: 'In its place one of the recovery codes, each good once.',
    example: 'k7mf-2x9q-da3h-w8et',
  })
  @Length(1, 40)
  @IsString()
  @MayBeLeftOut()
  recoveryCode?: string;
}

/** `POST /v1/session/second-factor` */
export class SetUpSecondFactorRequest extends SecondFactorRequest {
  @ApiPropertyOptional({
    maxLength: LONGEST_PASSWORD,
    example: 'k7mf2-x9qda-3hw8e-t5n4c',
    description:
      'Needed, unless the sign-in waits for the setting up (`enrol`). Who has a second factor sends a code of it, too.',
  })
  @Length(1, LONGEST_PASSWORD)
  @IsString()
  @MayBeLeftOut()
  password?: string;
}

/** What an authenticator app needs. */
@ApiSchema({ description: 'The secret of a second factor that is being set up: shown once.' })
export class OfferedSecretAnswer {
  @ApiProperty({ example: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', description: 'Base32, to be typed.' })
  readonly secret!: string;

  @ApiProperty({
    example:
      'otpauth://totp/Vigie:amina%40example.ma?issuer=Vigie&secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&algorithm=SHA1&digits=6&period=30',
    description: 'The same as a QR code holds it.',
  })
  readonly uri!: string;
}

const CODE = { minLength: 1, maxLength: 20, example: '492039' };

/** `PUT /v1/session/second-factor` */
export class ConfirmSecondFactorRequest {
  @ApiProperty({ ...CODE, description: 'What the app shows: it proves that it has the secret.' })
  @Length(1, 20)
  @IsString()
  code!: string;
}

/** `DELETE /v1/session/second-factor` */
export class RemoveSecondFactorRequest extends SecondFactorRequest {
  @ApiProperty({ maxLength: LONGEST_PASSWORD, example: 'k7mf2-x9qda-3hw8e-t5n4c' })
  @Length(1, LONGEST_PASSWORD)
  @IsString()
  password!: string;
}

/** `POST /v1/session/recovery-codes` */
export class RenewRecoveryCodesRequest {
  @ApiProperty(CODE)
  @Length(1, 20)
  @IsString()
  code!: string;
}

@ApiSchema({
  description: 'Ten codes that stand in for the second factor, each once. Shown once: keep them now.',
})
export class RecoveryCodesAnswer {
  @ApiProperty({ type: [String], example: ['k7mf-2x9q-da3h-w8et', 'p4nc-8rtv-6hws-x2qd'] })
  readonly recoveryCodes!: readonly string[];
}

@ApiSchema({
  description: 'The second factor is in force. The session goes on with another cookie and another token.',
})
export class SecondFactorAnswer extends RecoveryCodesAnswer {
  @ApiProperty({ description: 'From now on.', example: 'q0mH5y0Q2n8d4fUuB1xRzJtKkE3q2-7w' })
  readonly csrfToken!: string;
}
