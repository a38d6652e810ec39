import { Body, Controller, Get, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { Allow, CurrentCaller } from '../access/allow.js';
import type { StaffCaller } from '../access/caller.js';
import { Sealed } from '../access/sealing/sealed.js';
import { SiteOf } from '../access/sites/site-of.js';
import { siteSettings } from '../access/sites/site-settings.js';
import { CONFIG } from '../config/config.module.js';
import type { VigieConfig } from '../config/load-config.js';
import { PageQuery } from '../contract/page.js';
import { ChangeSiteRequest, CreateSiteRequest, SiteAnswer, SitePage } from '../contract/sites.js';
import { Site } from '../database/entities/site.entity.js';
import { siteAnswer } from './answers.js';
import { ChangeSettings } from '../access/sites/change-settings.js';
import { changeSite } from './change-site.js';
import { createSite } from './create-site.js';
import { listRows } from './list-rows.js';

@ApiTags('Settings')
@Controller('v1/sites')
export class SitesController {
  constructor(
    private readonly settings: ChangeSettings,
    private readonly siteOf: SiteOf,
    private readonly sealed: Sealed,
    @Inject(CONFIG) private readonly config: VigieConfig,
  ) {}

  @ApiOperation({ summary: 'Make a site' })
  @ApiCreatedResponse({ type: SiteAnswer })
  @Allow({ staff: 'admin', scope: 'sites' })
  @ApiConflictResponse({ description: 'A site has this slug already.' })
  @Post()
  async create(
    @CurrentCaller() { staffId }: StaffCaller,
    @Body() body: CreateSiteRequest,
  ): Promise<SiteAnswer> {
    const { production } = this.config;
    const site = await this.settings.run((tx) => createSite(tx, body, { staffId, production }));
    return siteAnswer(this.sealed, siteSettings(site));
  }

  @ApiOperation({ summary: 'All sites' })
  @ApiOkResponse({ type: SitePage })
  @Allow({ staff: 'admin', scope: 'settings:read' })
  @Get()
  async list(@Query() query: PageQuery): Promise<SitePage> {
    const list = { sealed: this.sealed, list: ['sites'] };
    const { rows, nextCursor } = await this.settings.read((tx) => listRows(tx, Site, {}, query, list));
    return { items: rows.map((row) => siteAnswer(this.sealed, siteSettings(row))), nextCursor };
  }

  @ApiOperation({ summary: 'A site, for its own staff' })
  @ApiOkResponse({ type: SiteAnswer })
  @Allow({ staff: 'moderator', scope: 'settings:read' })
  @Get(':id')
  async read(@CurrentCaller() caller: StaffCaller, @Param('id') site: string): Promise<SiteAnswer> {
    return siteAnswer(this.sealed, await this.siteOf.siteFor(caller, site, 'moderator'));
  }

  @ApiOperation({ summary: 'Change what is named of a site' })
  @ApiOkResponse({ type: SiteAnswer })
  @Allow({ staff: 'admin', scope: 'sites' })
  @Patch(':id')
  async change(
    @CurrentCaller() caller: StaffCaller,
    @Param('id') site: string,
    @Body() body: ChangeSiteRequest,
  ): Promise<SiteAnswer> {
    const { id } = await this.siteOf.siteFor(caller, site, 'lead');
    const context = { staffId: caller.staffId, production: this.config.production };
    const changed = await this.settings.run((tx) => changeSite(tx, id, body, context));
    return siteAnswer(this.sealed, siteSettings(changed));
  }
}
