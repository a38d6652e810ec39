import { Body, Controller, Delete, HttpCode, Post, Put, Req, Res } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AllowSession, CurrentSession } from '../access/allow.js';
import { SessionCookies } from '../access/staff/session-cookies.js';
import type { Session } from '../access/staff/sessions.js';
import {
  ConfirmSecondFactorRequest,
  OfferedSecretAnswer,
  RecoveryCodesAnswer,
  RemoveSecondFactorRequest,
  RenewRecoveryCodesRequest,
  SecondFactorAnswer,
  SetUpSecondFactorRequest,
} from '../contract/second-factor.js';
import { atTheDoor } from './at-the-door.js';
import { RemoveSecondFactor } from './remove-second-factor.js';
import { RenewRecoveryCodes } from './renew-recovery-codes.js';
import { SetUpSecondFactor } from './set-up-second-factor.js';

/** One's own second factor. */
@ApiTags('Accounts')
@Controller('v1/session')
export class SecondFactorController {
  constructor(
    private readonly settingUp: SetUpSecondFactor,
    private readonly removing: RemoveSecondFactor,
    private readonly renewing: RenewRecoveryCodes,
    private readonly cookies: SessionCookies,
  ) {}

  @ApiOperation({
    summary: 'Get a secret for an authenticator app (TOTP)',
    description:
      'It is in force once a code of it was sent with PUT, within an hour. One that you have stays in force until then.',
  })
  @ApiCreatedResponse({ type: OfferedSecretAnswer })
  @AllowSession('enrol', 'full')
  @ApiConflictResponse({ description: 'The account was changed meanwhile, or has a second factor by now.' })
  @Post('second-factor')
  begin(
    @CurrentSession() session: Session,
    @Body() body: SetUpSecondFactorRequest,
    @Req() request: FastifyRequest,
  ): Promise<OfferedSecretAnswer> {
    return this.settingUp.begin(session, body, atTheDoor(request));
  }

  @ApiOperation({
    summary: 'Put that secret into force, with a code that the app shows',
    description:
      'Your other sessions end, and this one goes on with another cookie; a sign-in that waited for this is finished.',
  })
  @ApiOkResponse({ type: SecondFactorAnswer })
  @AllowSession('enrol', 'full')
  @ApiConflictResponse({ description: 'Nothing is being set up, or an hour has passed.' })
  @Put('second-factor')
  async confirm(
    @CurrentSession() session: Session,
    @Body() { code }: ConfirmSecondFactorRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SecondFactorAnswer> {
    const { given, recoveryCodes } = await this.settingUp.confirm(session, code, atTheDoor(request));
    this.cookies.give(request, reply, given.token);
    return { recoveryCodes, csrfToken: given.csrfToken };
  }

  @ApiOperation({ summary: 'Take your second factor away, with its recovery codes' })
  @ApiNoContentResponse()
  @AllowSession('full')
  @HttpCode(204)
  @ApiConflictResponse({ description: 'One is required here, or the password was changed meanwhile.' })
  @Delete('second-factor')
  remove(
    @CurrentSession() session: Session,
    @Body() body: RemoveSecondFactorRequest,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    return this.removing.remove(session, body, atTheDoor(request));
  }

  @ApiOperation({
    summary: 'Get new recovery codes; those before are good no more',
    description:
      'Shown this once. Asked again, with the next code, it makes others: what was not seen can not be asked for again.',
  })
  @ApiCreatedResponse({ type: RecoveryCodesAnswer })
  @AllowSession('full')
  @ApiConflictResponse({ description: 'The account was changed meanwhile.' })
  @Post('recovery-codes')
  async renew(
    @CurrentSession() session: Session,
    @Body() { code }: RenewRecoveryCodesRequest,
    @Req() request: FastifyRequest,
  ): Promise<RecoveryCodesAnswer> {
    return { recoveryCodes: await this.renewing.renew(session, code, atTheDoor(request)) };
  }
}
