import { Module } from '@nestjs/common';
import { ModerationModule } from '../moderation/moderation.module.js';
import { AnswerReplay } from './answer-replay.js';
import { ApplyRule } from './apply-rule.js';
import { ReplayViews } from './replay-views.js';
import { ReplayController } from './replay.controller.js';
import { RunReplay } from './run-replay.js';

/** Trying rules. Needs the global modules of configuration, database and access. */
@Module({
  imports: [ModerationModule],
  controllers: [ReplayController],
  providers: [RunReplay, ReplayViews, AnswerReplay, ApplyRule],
})
export class ReplayModule {}
