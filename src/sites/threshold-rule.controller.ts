import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiConflictResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentCaller } from '../access/allow.js';
import type { StaffCaller } from '../access/caller.js';
import { openCursor, sealCursor } from '../access/sealing/page-cursor.js';
import { Sealed } from '../access/sealing/sealed.js';
import { SiteOf } from '../access/sites/site-of.js';
import { PageQuery } from '../contract/page.js';
import {
  RuleVersionPage,
  ThresholdRuleAnswer,
  ThresholdRuleChange,
  ThresholdRuleQuery,
} from '../contract/rules.js';
import type { VersionedRule } from '../core/threshold-rule.js';
import { ChangeSettings } from '../access/sites/change-settings.js';
import { changeThresholdRule } from './change-threshold-rule.js';
import { listRuleVersions } from './list-rule-versions.js';
import { readThresholdRule } from './read-threshold-rule.js';
import { ruleChange } from './rule-change.js';

@ApiTags('Settings')
@Controller('v1/sites/:id/threshold-rule')
export class ThresholdRuleController {
  constructor(
    private readonly settings: ChangeSettings,
    private readonly siteOf: SiteOf,
    private readonly sealed: Sealed,
  ) {}

  @ApiOperation({ summary: 'The threshold rule of a site: the one in force, or an earlier version' })
  @ApiOkResponse({ type: ThresholdRuleAnswer })
  @Allow({ staff: 'lead', scope: 'settings:read' })
  @Get()
  async read(
    @CurrentCaller() caller: StaffCaller,
    @Param('id') site: string,
    @Query() { version }: ThresholdRuleQuery,
  ): Promise<ThresholdRuleAnswer> {
    const { id } = await this.siteOf.siteFor(caller, site, 'lead');
    return ruleAnswer(await this.settings.read((tx) => readThresholdRule(tx, id, version)));
  }

  @ApiOperation({
    summary: 'Change the threshold rule',
    description:
      'Name only what changes. Makes a new version, which counts from then on and blocks nothing by itself.',
  })
  @ApiOkResponse({ type: ThresholdRuleAnswer })
  @Allow({ staff: 'lead', scope: 'rules' })
  @ApiConflictResponse({
    description: 'Another version is in force than the one that the change was made for.',
  })
  @Put()
  async change(
    @CurrentCaller() caller: StaffCaller,
    @Param('id') site: string,
    @Body() body: ThresholdRuleChange,
  ): Promise<ThresholdRuleAnswer> {
    const { id } = await this.siteOf.siteFor(caller, site, 'lead');
    const { change, madeFor } = ruleChange(body);
    const { staffId } = caller;
    return ruleAnswer(await this.settings.run((tx) => changeThresholdRule(tx, id, change, madeFor, staffId)));
  }

  @ApiOperation({ summary: 'Who changed what of the threshold rule, and when; newest first' })
  @ApiOkResponse({ type: RuleVersionPage })
  @Allow({ staff: 'lead', scope: 'settings:read' })
  @Get('versions')
  async listVersions(
    @CurrentCaller() caller: StaffCaller,
    @Param('id') site: string,
    @Query() { limit, cursor }: PageQuery,
  ): Promise<RuleVersionPage> {
    const { id } = await this.siteOf.siteFor(caller, site, 'lead');
    const list = ['rule versions', id];
    const from = openCursor<number>(this.sealed, list, cursor);
    const { versions, next } = await this.settings.read((tx) =>
      listRuleVersions(tx, id, limit, from ?? undefined),
    );
    return {
      items: versions.map((version) => ({ ...version, changedAt: version.changedAt.toISOString() })),
      nextCursor: next === null ? null : sealCursor(this.sealed, list, next),
    };
  }
}

const ruleAnswer = ({ version, rule }: VersionedRule): ThresholdRuleAnswer => ({ version, ...rule });
