import { Module } from '@nestjs/common';
import { ModerationModule } from '../moderation/moderation.module.js';
import { ChallengesController } from './challenges.controller.js';
import { DevicesController } from './devices.controller.js';
import { FollowReceipt } from './follow-receipt.js';
import { ForgetMinted } from './forget-minted.js';
import { MintDevice } from './mint-device.js';
import { ReasonsController } from './reasons.controller.js';
import { ReportBatch } from './report-batch.js';
import { ReportTargets } from './report-target.js';
import { ReportersController } from './reporters.controller.js';
import { ReportsController } from './reports.controller.js';
import { StraightReports } from './straight-reports.js';
import { SubmitReport } from './submit-report.js';

@Module({
  imports: [ModerationModule],
  controllers: [
    ReportsController,
    ReasonsController,
    ChallengesController,
    DevicesController,
    ReportersController,
  ],
  providers: [
    SubmitReport,
    StraightReports,
    FollowReceipt,
    ReportBatch,
    ReportTargets,
    MintDevice,
    ForgetMinted,
  ],
})
export class ReportsModule {}
