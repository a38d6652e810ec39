import { Module } from '@nestjs/common';
import { AutomationController } from './automation.controller.js';
import { JobsController } from './jobs.controller.js';
import { KeysController } from './keys.controller.js';
import { MembersController } from './members.controller.js';
import { PoliciesController } from './policies.controller.js';
import { ShowAutomation } from './show-automation.js';
import { ShowJobs } from './show-jobs.js';
import { SitesController } from './sites.controller.js';
import { ThresholdRuleController } from './threshold-rule.controller.js';
import { TokensController } from './tokens.controller.js';

/** The settings doors. Needs the global modules of configuration, database and access. */
@Module({
  controllers: [
    SitesController,
    KeysController,
    ThresholdRuleController,
    MembersController,
    TokensController,
    PoliciesController,
    JobsController,
    AutomationController,
  ],
  providers: [ShowAutomation, ShowJobs],
})
export class SitesModule {}
