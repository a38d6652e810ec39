import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { atTheDoor } from '../accounts/at-the-door.js';
import { ProveOwner } from '../accounts/prove-owner.js';
import { Allow, CurrentCaller } from '../access/allow.js';
import type { StaffCaller } from '../access/caller.js';
import { DEFAULT_SCOPES } from '../access/scopes.js';
import { Sealed } from '../access/sealing/sealed.js';
import { PageQuery } from '../contract/page.js';
import { IssuedTokenAnswer, IssueTokenRequest, LONGEST_TOKEN_DAYS, TokenPage } from '../contract/tokens.js';
import { notFound } from '../core/errors.js';
import { ApiKey } from '../database/entities/api-key.entity.js';
import type { ManagedTx } from '../database/tx.js';
import { tokenAnswer } from './answers.js';
import { ChangeSettings } from '../access/sites/change-settings.js';
import { grantableScopes } from './grantable-scopes.js';
import { issueToken } from './issue-token.js';
import { listRows } from './list-rows.js';
import { revokeKey } from './revoke-key.js';

/** Everybody's own tokens, and nobody else's. */
@ApiTags('Settings')
@Controller('v1/tokens')
export class TokensController {
  constructor(
    private readonly settings: ChangeSettings,
    private readonly sealed: Sealed,
    private readonly owner: ProveOwner,
  ) {}

  @ApiOperation({
    summary: 'Make a token of your own, with at most the scopes of the one that asks, and ending no later',
    description:
      'Who is signed in proves with `password`, and a code of the second factor where one is set up, that they are the owner: ' +
      'a token outlasts the session.',
  })
  @ApiCreatedResponse({ type: IssuedTokenAnswer })
  @Allow({ staff: 'moderator', scope: 'tokens' })
  @ApiConflictResponse({ description: 'The account was closed, or changed meanwhile.' })
  @Post()
  async issue(
    @CurrentCaller() caller: StaffCaller,
    @Body() { name = '', scopes, days = LONGEST_TOKEN_DAYS, ...proof }: IssueTokenRequest,
    @Req() request: FastifyRequest,
  ): Promise<IssuedTokenAnswer> {
    const { staffId, tokenId = null } = caller;
    const grant = { staffId, scopes: grantableScopes(caller), tokenId };
    const wanted = scopes ?? DEFAULT_SCOPES.filter((scope) => grant.scopes.includes(scope));
    const issue = (tx: ManagedTx) => issueToken(tx, { staffId, name, scopes: wanted, days }, grant);
    const { row, token } = await (caller.sessionId === undefined
      ? this.settings.run(issue)
      : this.owner.byAll(caller, proof, atTheDoor(request), issue));
    return { ...tokenAnswer(this.sealed, row), token };
  }

  @ApiOperation({ summary: 'Your own tokens, ended and revoked ones too' })
  @ApiOkResponse({ type: TokenPage })
  @Allow({ staff: 'anybody', scope: 'tokens' })
  @Get()
  async list(@CurrentCaller() { staffId }: StaffCaller, @Query() query: PageQuery): Promise<TokenPage> {
    const list = { sealed: this.sealed, list: ['tokens', staffId] };
    const { rows, nextCursor } = await this.settings.read((tx) =>
      listRows(tx, ApiKey, { staffId }, query, list),
    );
    return { items: rows.map((row) => tokenAnswer(this.sealed, row)), nextCursor };
  }

  @ApiOperation({ summary: 'Revoke a token of your own' })
  @ApiNoContentResponse()
  @Allow({ staff: 'anybody', scope: 'tokens' })
  @HttpCode(204)
  @Delete(':id')
  async revoke(@CurrentCaller() { staffId }: StaffCaller, @Param('id') token: string): Promise<void> {
    const tokenId = this.sealed.databaseId('key', token);
    if (tokenId === null) throw notFound('token');
    await this.settings.run((tx) => revokeKey(tx, { staffId }, tokenId, { staffId }));
  }
}
