import { Module } from '@nestjs/common';
import { ModerationModule } from '../moderation/moderation.module.js';
import { DevicesController } from './devices.controller.js';
import { FollowReceipt } from './follow-receipt.js';
import { ReasonsController } from './reasons.controller.js';
import { ReportBatch } from './report-batch.js';
import { ReportTargets } from './report-target.js';
import { ReportsController } from './reports.controller.js';
import { StraightReports } from './straight-reports.js';
import { SubmitReport } from './submit-report.js';

@Module({
  imports: [ModerationModule],
  controllers: [ReportsController, ReasonsController, DevicesController],
  providers: [SubmitReport, StraightReports, FollowReceipt, ReportBatch, ReportTargets],
})
export class ReportsModule {}
