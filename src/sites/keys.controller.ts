import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { Allow, CurrentCaller } from '../access/allow.js';
import type { StaffCaller } from '../access/caller.js';
import { Reporters } from '../access/readers/reporter.js';
import { Sealed } from '../access/sealing/sealed.js';
import { SiteOf } from '../access/sites/site-of.js';
import { CreatedKeyAnswer, CreateKeyRequest, KeyPage } from '../contract/keys.js';
import { PageQuery } from '../contract/page.js';
import { notFound } from '../core/errors.js';
import { ApiKey } from '../database/entities/api-key.entity.js';
import { keyAnswer } from './answers.js';
import { ChangeSettings } from '../access/sites/change-settings.js';
import { createKey } from './create-key.js';
import { emailsOf } from './emails-of.js';
import { listRows } from './list-rows.js';
import { revokeKey } from './revoke-key.js';

@ApiTags('Settings')
@Controller('v1/sites/:id/keys')
export class KeysController {
  constructor(
    private readonly settings: ChangeSettings,
    private readonly siteOf: SiteOf,
    private readonly sealed: Sealed,
    private readonly reporters: Reporters,
  ) {}

  @ApiOperation({ summary: 'Make a key of a site', description: 'At most two live ones of a kind.' })
  @ApiCreatedResponse({ type: CreatedKeyAnswer })
  @Allow({ staff: 'admin', scope: 'keys' })
  @ApiConflictResponse({ description: 'Two keys of this kind are good already: revoke one first.' })
  @Post()
  async create(
    @CurrentCaller() caller: StaffCaller,
    @Param('id') site: string,
    @Body() { kind, name = '' }: CreateKeyRequest,
  ): Promise<CreatedKeyAnswer> {
    const { id } = await this.siteOf.siteFor(caller, site, 'lead');
    const { row, key } = await this.settings.run((tx) => createKey(tx, id, kind, name, caller.staffId));
    const emails = new Map([[caller.staffId, caller.email]]);
    return {
      ...keyAnswer(this.sealed, row, emails),
      key,
      ...(kind === 'secret' ? { readerSigningSecret: this.reporters.readerSigningSecret({ id }) } : {}),
    };
  }

  @ApiOperation({ summary: 'The keys of a site, revoked ones too' })
  @ApiOkResponse({ type: KeyPage })
  @Allow({ staff: 'admin', scope: 'keys' })
  @Get()
  async list(
    @CurrentCaller() caller: StaffCaller,
    @Param('id') site: string,
    @Query() query: PageQuery,
  ): Promise<KeyPage> {
    const { id } = await this.siteOf.siteFor(caller, site, 'lead');
    const list = { sealed: this.sealed, list: ['keys', id] };
    return this.settings.read(async (tx) => {
      const { rows, nextCursor } = await listRows(tx, ApiKey, { siteId: id }, query, list);
      const emails = await emailsOf(
        tx,
        rows.map(({ createdBy }) => createdBy),
      );
      return { items: rows.map((row) => keyAnswer(this.sealed, row, emails)), nextCursor };
    });
  }

  @ApiOperation({ summary: 'Revoke a key of a site' })
  @ApiNoContentResponse()
  @Allow({ staff: 'admin', scope: 'keys' })
  @HttpCode(204)
  @Delete(':keyId')
  async revoke(
    @CurrentCaller() caller: StaffCaller,
    @Param('id') site: string,
    @Param('keyId') key: string,
  ): Promise<void> {
    const { id } = await this.siteOf.siteFor(caller, site, 'lead');
    const keyId = this.sealed.databaseId('key', key);
    if (keyId === null) throw notFound('key');
    await this.settings.run((tx) => revokeKey(tx, { siteId: id }, keyId, caller));
  }
}
