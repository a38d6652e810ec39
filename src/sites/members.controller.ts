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
import { cutPage, openCursor } from '../access/sealing/page-cursor.js';
import { Sealed } from '../access/sealing/sealed.js';
import { SiteOf } from '../access/sites/site-of.js';
import { linkAnswer } from '../accounts/link-answer.js';
import { CONFIG } from '../config/config.module.js';
import type { VigieConfig } from '../config/load-config.js';
import { LinkAnswer } from '../contract/links.js';
import {
  AddedMemberAnswer,
  AddMemberRequest,
  ChangeMemberRequest,
  MemberAnswer,
  MemberPage,
} from '../contract/members.js';
import { PageQuery } from '../contract/page.js';
import { notFound } from '../core/errors.js';
import type { Member } from './add-member.js';
import { memberAnswer } from './answers.js';
import { changeMember } from './change-member.js';
import { ChangeSettings } from '../access/sites/change-settings.js';
import { inviteAgain, inviteMember } from './invite-member.js';
import { listMembers } from './list-members.js';
import { removeMember } from './remove-member.js';

@ApiTags('Settings')
@Controller('v1/sites/:id/members')
export class MembersController {
  constructor(
    private readonly settings: ChangeSettings,
    private readonly siteOf: SiteOf,
    private readonly sealed: Sealed,
    @Inject(CONFIG) private readonly config: VigieConfig,
  ) {}

  @ApiOperation({
    summary: 'Add a member to a site',
    description:
      'Who has no account yet gets one, and sets its password by the link in the answer. Sent again it adds nobody, and answers ' +
      'without the link, which is shown once: `invitation` makes another.',
  })
  @ApiCreatedResponse({ type: AddedMemberAnswer })
  @ApiOkResponse({ type: AddedMemberAnswer, description: 'They had this role already.' })
  @Allow({ staff: 'lead', scope: 'members' })
  @ApiConflictResponse({
    description: 'The account of this address was closed, or has another role on this site.',
  })
  @Post()
  async add(
    @CurrentCaller() caller: StaffCaller,
    @Param('id') site: string,
    @Body() body: AddMemberRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AddedMemberAnswer> {
    const { id } = await this.siteOf.siteFor(caller, site, 'lead');
    const member = await this.settings.run((tx) => inviteMember(tx, id, body, caller, this.config));
    void reply.status(member.added ? 201 : 200);
    const { invitation } = member;
    return {
      ...memberAnswer(this.sealed, member),
      invitation: invitation === null ? null : linkAnswer(invitation),
    };
  }

  @ApiOperation({ summary: 'The members of a site' })
  @ApiOkResponse({ type: MemberPage })
  @Allow({ staff: 'lead', scope: 'settings:read' })
  @Get()
  async list(
    @CurrentCaller() caller: StaffCaller,
    @Param('id') site: string,
    @Query() { limit, cursor }: PageQuery,
  ): Promise<MemberPage> {
    const { id } = await this.siteOf.siteFor(caller, site, 'lead');
    const list = ['members', id];
    const after = openCursor<string>(this.sealed, list, cursor) ?? '0';
    const members = await this.settings.read((tx) => listMembers(tx, id, limit + 1, after));
    const answer = (member: Member): MemberAnswer => memberAnswer(this.sealed, member);
    return cutPage(this.sealed, list, members, limit, answer, ({ staff }) => staff.id);
  }

  @ApiOperation({ summary: "Change a member's role" })
  @ApiOkResponse({ type: MemberAnswer })
  @Allow({ staff: 'lead', scope: 'members' })
  @ApiConflictResponse({ description: 'It would leave the site without a lead.' })
  @Patch(':memberId')
  async change(
    @CurrentCaller() caller: StaffCaller,
    @Param('id') site: string,
    @Param('memberId') member: string,
    @Body() { role }: ChangeMemberRequest,
  ): Promise<MemberAnswer> {
    const { id } = await this.siteOf.siteFor(caller, site, 'lead');
    const staffId = this.staffIdOf(member);
    const changed = await this.settings.run((tx) => changeMember(tx, id, staffId, role, caller));
    return memberAnswer(this.sealed, changed);
  }

  @ApiOperation({
    summary: 'Remove a member from a site',
    description: 'Cases of the site that they hold are free again at once. Their account stays.',
  })
  @ApiNoContentResponse({ description: 'Removed, now or before.' })
  @Allow({ staff: 'lead', scope: 'members' })
  @HttpCode(204)
  @ApiConflictResponse({ description: 'It would leave the site without a lead.' })
  @Delete(':memberId')
  async remove(
    @CurrentCaller() caller: StaffCaller,
    @Param('id') site: string,
    @Param('memberId') member: string,
  ): Promise<void> {
    const { id } = await this.siteOf.siteFor(caller, site, 'lead');
    const staffId = this.staffIdOf(member);
    await this.settings.run((tx) => removeMember(tx, id, staffId, caller));
  }

  @ApiOperation({
    summary: 'A new invitation for a member who has set no password yet',
    description:
      'It spends the one before, also when it is sent again. Who has a password and lost it asks an admin.',
  })
  @ApiCreatedResponse({ type: LinkAnswer })
  @Allow({ staff: 'lead', scope: 'members' })
  @ApiConflictResponse({ description: 'They have set a password already, or their account was closed.' })
  @Post(':memberId/invitation')
  async invite(
    @CurrentCaller() caller: StaffCaller,
    @Param('id') site: string,
    @Param('memberId') member: string,
  ): Promise<LinkAnswer> {
    const { id } = await this.siteOf.siteFor(caller, site, 'lead');
    const staffId = this.staffIdOf(member);
    return linkAnswer(await this.settings.run((tx) => inviteAgain(tx, id, staffId, caller, this.config)));
  }

  private staffIdOf(member: string): string {
    const staffId = this.sealed.databaseId('stf', member);
    if (staffId === null) throw notFound('member');
    return staffId;
  }
}
