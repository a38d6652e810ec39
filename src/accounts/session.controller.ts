import { Body, Controller, Delete, Get, HttpCode, Post, Put, Req, Res } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiExtraModels,
  ApiForbiddenResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  ApiTooManyRequestsResponse,
  ApiUnauthorizedResponse,
  getSchemaPath,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AllowSession, CurrentSession } from '../access/allow.js';
import { OwnOrigin } from '../access/origins/own-origin.js';
import { RateLimits } from '../access/limits/rate-limits.js';
import { SessionCookies } from '../access/staff/session-cookies.js';
import type { Session } from '../access/staff/sessions.js';
import { SecondFactorRequest } from '../contract/second-factor.js';
import { ChangePasswordRequest, NextStepAnswer, SessionAnswer, SignInRequest } from '../contract/session.js';
import { markWithoutQuery } from '../http/without-part.js';
import { atTheDoor } from './at-the-door.js';
import { ChangePassword } from './change-password.js';
import { ConfirmSignIn } from './confirm-sign-in.js';
import { EndSession } from './end-session.js';
import { ShowSession } from './show-session.js';
import { type GivenSession, SignIn } from './sign-in.js';

const RETRY_AFTER = {
  'Retry-After': {
    description: 'Seconds after which a password will be looked at again.',
    schema: { type: 'integer' as const, minimum: 1 },
    example: 5,
  },
};

/** How staff sign in, and out. */
@ApiTags('Accounts')
@ApiExtraModels(NextStepAnswer, SessionAnswer)
@Controller('v1/session')
export class SessionController {
  constructor(
    private readonly signingIn: SignIn,
    private readonly confirming: ConfirmSignIn,
    private readonly passwords: ChangePassword,
    private readonly showing: ShowSession,
    private readonly ending: EndSession,
    private readonly cookies: SessionCookies,
    private readonly origin: OwnOrigin,
    private readonly limits: RateLimits,
  ) {}

  @ApiOperation({
    summary: 'Sign in with e-mail address and password',
    description:
      'The answer gives the browser its cookie. Wrong ones are answered ever more slowly: 429 with `Retry-After`, for the account, ' +
      'the network, and both together. Pages of other origins may not.',
  })
  @ApiCreatedResponse({ type: SessionAnswer, description: 'Signed in.' })
  @ApiOkResponse({ type: NextStepAnswer, description: 'Something is still missing.' })
  @ApiTooManyRequestsResponse({
    description: 'Too many wrong passwords: this one was not looked at, right or not.',
    headers: RETRY_AFTER,
  })
  @markWithoutQuery
  @ApiUnauthorizedResponse({ description: 'The address or the password is wrong.' })
  @ApiForbiddenResponse({ description: 'It does not come from a page of this service.' })
  @Post()
  async signIn(
    @Body() body: SignInRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionAnswer | NextStepAnswer> {
    this.origin.check(request, { needed: false });
    this.limits.countAtDoor(request, reply);
    const given = await this.signingIn.signIn(body, {
      ...atTheDoor(request),
      cookie: this.cookies.read(request),
    });
    // A password alone is not enough where a code is missing: who goes no further is counted.
    if (given.stage === 'full') this.limits.giveBackAtDoor(request);
    this.cookies.give(request, reply, given.token);
    void reply.header('cache-control', 'no-store').status(given.stage === 'full' ? 201 : 200);
    return this.showing.show(given);
  }

  @ApiOperation({
    summary: 'Finish signing in with the code of the second factor, or a recovery code',
    description: 'The session goes on with another cookie. Wrong codes are counted as wrong passwords are.',
  })
  @ApiCreatedResponse({ type: SessionAnswer })
  @AllowSession('totp')
  @ApiConflictResponse({ description: 'This session is signed in already.' })
  @Post('totp')
  async confirm(
    @CurrentSession() session: Session,
    @Body() body: SecondFactorRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionAnswer> {
    return this.answer(await this.confirming.byCode(session, body, atTheDoor(request)), request, reply);
  }

  @ApiOperation({
    summary: 'Change your password',
    description:
      'Your other sessions end, and this one goes on with another cookie; links for a new password are spent. The second factor ' +
      'stays as it is, and so do your tokens, unless `revokeTokens` says otherwise.',
  })
  @ApiOkResponse({ type: SessionAnswer })
  @AllowSession('full')
  @ApiConflictResponse({ description: 'The account was changed meanwhile.' })
  @Put('password')
  async changePassword(
    @CurrentSession() session: Session,
    @Body() body: ChangePasswordRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionAnswer> {
    return this.answer(await this.passwords.change(session, body, atTheDoor(request)), request, reply);
  }

  @ApiOperation({ summary: 'Who is signed in, and what they may do; or what the sign-in still needs' })
  @ApiOkResponse({
    schema: { oneOf: [{ $ref: getSchemaPath(SessionAnswer) }, { $ref: getSchemaPath(NextStepAnswer) }] },
  })
  @AllowSession('totp', 'enrol', 'full')
  @Get()
  show(@CurrentSession() { caller, ...session }: Session): Promise<SessionAnswer | NextStepAnswer> {
    return this.showing.show({ ...session, staffId: caller.staffId });
  }

  @ApiOperation({ summary: 'Sign out' })
  @ApiNoContentResponse()
  @AllowSession('totp', 'enrol', 'full')
  @HttpCode(204)
  @Delete()
  async signOut(
    @CurrentSession() session: Session,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.ending.signOut(session);
    this.cookies.clear(request, reply);
  }

  private answer(given: GivenSession, request: FastifyRequest, reply: FastifyReply): Promise<SessionAnswer> {
    this.cookies.give(request, reply, given.token);
    return this.showing.showFull(given);
  }
}
