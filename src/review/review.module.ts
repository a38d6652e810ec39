import { Module } from '@nestjs/common';
import { ImagesModule } from '../images/images.module.js';
import { MatchesModule } from '../images/matches.module.js';
import { ModerationModule } from '../moderation/moderation.module.js';
import { CasesController } from './cases.controller.js';
import { DecisionsController } from './decisions.controller.js';
import { EventsController } from './events.controller.js';
import { FindCase } from './find-case.js';
import { FindImage } from './find-image.js';
import { ForgetMutes } from './forget-mutes.js';
import { ForgetSkips } from './forget-skips.js';
import { LeaseCase } from './lease-case.js';
import { ListCases } from './list-cases.js';
import { ListEvents } from './list-events.js';
import { ListImages } from './list-images.js';
import { MuteReaders } from './mute-readers.js';
import { MutesController } from './mutes.controller.js';
import { RefusedDecisions } from './refused-decision.js';
import { ReviewedImagesController } from './reviewed-images.controller.js';
import { ShowCase } from './show-case.js';
import { ShowImage } from './show-image.js';
import { ShowStats } from './show-stats.js';
import { StatsController } from './stats.controller.js';
import { TakeDecision } from './take-decision.js';
import { TakeDecisions } from './take-decisions.js';
import { UndoDecision } from './undo-decision.js';
import { Views } from './views.js';

/** The moderator's door: queue, leases, decisions, undo, images, log, statistics. */
@Module({
  imports: [ImagesModule, MatchesModule, ModerationModule],
  controllers: [
    CasesController,
    DecisionsController,
    MutesController,
    ReviewedImagesController,
    EventsController,
    StatsController,
  ],
  providers: [
    FindCase,
    FindImage,
    ForgetMutes,
    ForgetSkips,
    LeaseCase,
    ListCases,
    ListEvents,
    ListImages,
    MuteReaders,
    RefusedDecisions,
    ShowCase,
    ShowImage,
    ShowStats,
    TakeDecision,
    TakeDecisions,
    UndoDecision,
    Views,
  ],
})
export class ReviewModule {}
