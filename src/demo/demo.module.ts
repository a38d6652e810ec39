import { Module } from '@nestjs/common';
import { ModerationModule } from '../moderation/moderation.module.js';
import { PicturesController } from './pictures.controller.js';

/** The demonstration site's pictures. Not in production. */
@Module({ imports: [ModerationModule], controllers: [PicturesController] })
export class DemoModule {}
