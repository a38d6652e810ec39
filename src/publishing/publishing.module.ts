import { Module } from '@nestjs/common';
import { ModerationModule } from '../moderation/moderation.module.js';
import { ImageStates } from './image-states.js';
import { PublishedImagesController } from './images.controller.js';
import { PublishImage } from './publish-image.js';
import { StatesController } from './states.controller.js';

@Module({
  imports: [ModerationModule],
  controllers: [StatesController, PublishedImagesController],
  providers: [ImageStates, PublishImage],
})
export class PublishingModule {}
