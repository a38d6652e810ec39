import { Module } from '@nestjs/common';
import { ModerationModule } from '../moderation/moderation.module.js';
import { AnsweredStates } from './answered-states.js';
import { ImageStates } from './image-states.js';
import { PublishedImagesController } from './images.controller.js';
import { PublishImage } from './publish-image.js';
import { StatesController } from './states.controller.js';

@Module({
  imports: [ModerationModule],
  controllers: [StatesController, PublishedImagesController],
  providers: [AnsweredStates, ImageStates, PublishImage],
})
export class PublishingModule {}
