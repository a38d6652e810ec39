import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Patch,
  Post,
  Query,
  Res,
} from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Allow, CurrentCaller } from '../access/allow.js';
import type { StaffCaller } from '../access/caller.js';
import { ChangeSettings } from '../access/sites/change-settings.js';
import { cutPage, openCursor } from '../access/sealing/page-cursor.js';
import { Sealed } from '../access/sealing/sealed.js';
import { CONFIG } from '../config/config.module.js';
import type { VigieConfig } from '../config/load-config.js';
import {
  AccountAnswer,
  AccountPage,
  ChangeAccountRequest,
  InvitedAnswer,
  InviteRequest,
  MakeLinkRequest,
} from '../contract/accounts.js';
import { LinkAnswer } from '../contract/links.js';
import { PageQuery } from '../contract/page.js';
import { notFound } from '../core/errors.js';
import { listStaff, readStaff, type StaffRow } from '../database/statements/accounts/list-staff.js';
import type { Tx } from '../database/tx.js';
import { accountAnswer } from './account-answer.js';
import { changeAccount } from './change-account.js';
import { clearSecondFactor } from './clear-second-factor.js';
import { invite } from './invite.js';
import { linkAnswer } from './link-answer.js';
import { makeLink } from './make-link.js';
import { signOutEverywhere } from './sign-out-everywhere.js';

/** The accounts of all staff, for admins. */
@ApiTags('Accounts')
@Controller('v1/staff')
export class StaffController {
  constructor(
    private readonly settings: ChangeSettings,
    private readonly sealed: Sealed,
    @Inject(CONFIG) private readonly config: VigieConfig,
  ) {}

  @ApiOperation({ summary: 'All accounts' })
  @ApiOkResponse({ type: AccountPage })
  @Allow({ staff: 'admin', scope: 'accounts' })
  @Get()
  async list(@Query() { limit, cursor }: PageQuery): Promise<AccountPage> {
    const { sealed } = this;
    const after = openCursor<string>(sealed, ['staff'], cursor) ?? '0';
    const rows = await this.settings.read((tx) => listStaff(tx, after, limit + 1));
    const answer = (row: StaffRow): AccountAnswer => accountAnswer(sealed, row);
    return cutPage(sealed, ['staff'], rows, limit, answer, ({ id }) => id);
  }

  @ApiOperation({ summary: 'Make an account, and a link by which its owner sets a password' })
  @ApiCreatedResponse({ type: InvitedAnswer })
  @ApiOkResponse({
    type: InvitedAnswer,
    description: 'There was such an account: sent again, it makes none, and no link, which is shown once.',
  })
  @Allow({ staff: 'admin', scope: 'accounts' })
  @ApiConflictResponse({
    description: 'The account of this address was closed, or is to be an admin’s and is not.',
  })
  @Post()
  async add(
    @CurrentCaller() caller: StaffCaller,
    @Body() body: InviteRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<InvitedAnswer> {
    const { invitation, account } = await this.settings.run(async (tx) => {
      const invited = await invite(tx, body, caller, this.config);
      return { ...invited, account: await this.read(tx, invited.staffId) };
    });
    void reply.status(invitation === null ? 200 : 201);
    return { ...account, invitation: invitation === null ? null : linkAnswer(invitation) };
  }

  @ApiOperation({ summary: 'Make somebody an admin, or no longer one; close an account, or open it again' })
  @ApiOkResponse({ type: AccountAnswer })
  @Allow({ staff: 'admin', scope: 'accounts' })
  @ApiConflictResponse({ description: 'It is the caller’s own account, or the last admin’s.' })
  @Patch(':id')
  async change(
    @CurrentCaller() caller: StaffCaller,
    @Param('id') id: string,
    @Body() body: ChangeAccountRequest,
  ): Promise<AccountAnswer> {
    const staffId = this.staffIdOf(id);
    return this.settings.run(async (tx) => {
      await changeAccount(tx, staffId, body, caller, this.config.accounts);
      return this.read(tx, staffId);
    });
  }

  @ApiOperation({
    summary: 'A one-time link: an invitation, or a new password',
    description:
      'It spends the links that there were. Setting the password leaves the second factor. None for your own account, ' +
      'nor for who may open what is sealed: the operator makes theirs.',
  })
  @ApiCreatedResponse({ type: LinkAnswer })
  @Allow({ staff: 'admin', scope: 'accounts' })
  @ApiConflictResponse({
    description: 'Such a link does not fit the account as it is: `detail` says which one does.',
  })
  @Post(':id/links')
  async link(
    @CurrentCaller() caller: StaffCaller,
    @Param('id') id: string,
    @Body() { purpose }: MakeLinkRequest,
  ): Promise<LinkAnswer> {
    const staffId = this.staffIdOf(id);
    const made = await this.settings.run((tx) => makeLink(tx, { staffId, purpose }, caller, this.config));
    return linkAnswer(made);
  }

  @ApiOperation({
    summary: "Remove somebody's second factor, and its recovery codes",
    description:
      'For who lost it. Never your own: another admin has to. Of who may open what is sealed, the operator has to.',
  })
  @ApiNoContentResponse()
  @Allow({ staff: 'admin', scope: 'accounts' })
  @HttpCode(204)
  @ApiConflictResponse({ description: 'It is the caller’s own.' })
  @Delete(':id/second-factor')
  async removeSecondFactor(@CurrentCaller() caller: StaffCaller, @Param('id') id: string): Promise<void> {
    const staffId = this.staffIdOf(id);
    await this.settings.run((tx) => clearSecondFactor(tx, staffId, caller));
  }

  @ApiOperation({ summary: 'Sign somebody out everywhere', description: 'Tokens stay.' })
  @ApiNoContentResponse()
  @Allow({ staff: 'admin', scope: 'accounts' })
  @HttpCode(204)
  @Delete(':id/sessions')
  async signOut(@CurrentCaller() caller: StaffCaller, @Param('id') id: string): Promise<void> {
    const staffId = this.staffIdOf(id);
    const { idleMinutes } = this.config.accounts;
    await this.settings.run((tx) => signOutEverywhere(tx, staffId, caller, idleMinutes));
  }

  private async read(tx: Tx, staffId: string): Promise<AccountAnswer> {
    const row = await readStaff(tx, staffId);
    if (row === undefined) throw notFound('account');
    return accountAnswer(this.sealed, row);
  }

  private staffIdOf(id: string): string {
    const staffId = this.sealed.databaseId('stf', id);
    if (staffId === null) throw notFound('account');
    return staffId;
  }
}
