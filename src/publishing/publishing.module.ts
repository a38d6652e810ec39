import { Module } from '@nestjs/common';
import { ModerationModule } from '../moderation/moderation.module.js';
import { VisibilityModule } from '../visibility/visibility.module.js';
import { AddressHashes } from './address-hashes.js';
import { AddressesController } from './addresses.controller.js';
import { AnsweredStates } from './answered-states.js';
import { AppealsController } from './appeals.controller.js';
import { BlocklistController } from './blocklist.controller.js';
import { ChangeCursors } from './change-cursor.js';
import { ChangeStreams } from './change-streams.js';
import { ChangesController } from './changes.controller.js';
import { Freshness } from './freshness.js';
import { ImageStates } from './image-states.js';
import { PublishedImagesController } from './images.controller.js';
import { PublishImage } from './publish-image.js';
import { ReadChanges } from './read-changes.js';
import { SendBlocklist } from './send-blocklist.js';
import { StatesController } from './states.controller.js';
import { TellContent } from './tell-content.js';
import { TellViews } from './tell-views.js';
import { ViewsController } from './views.controller.js';
import { WaitForChanges } from './wait-for-changes.js';

@Module({
  imports: [ModerationModule, VisibilityModule],
  controllers: [
    StatesController,
    PublishedImagesController,
    AppealsController,
    ViewsController,
    AddressesController,
    ChangesController,
    BlocklistController,
  ],
  providers: [
    AnsweredStates,
    ChangeCursors,
    ChangeStreams,
    Freshness,
    AddressHashes,
    ImageStates,
    PublishImage,
    ReadChanges,
    SendBlocklist,
    TellContent,
    TellViews,
    WaitForChanges,
  ],
})
export class PublishingModule {}
