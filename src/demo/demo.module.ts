import { type DynamicModule, Module } from '@nestjs/common';
import { ModerationModule } from '../moderation/moderation.module.js';
import { ActAsModerator } from './act-as-moderator.js';
import { DemoFilesController } from './demo-files.controller.js';
import { DEMONSTRATION_KEY, demonstrationKey } from './demonstration-key.js';
import { DemonstrationSite } from './demonstration-site.js';
import { DrawnPictures } from './drawn-pictures.js';
import { MissingPages } from './missing-pages.js';
import { ModeratorController } from './moderator.controller.js';
import { PagesController } from './pages.controller.js';
import { PhotoFiles } from './photo-files.js';
import { PhotosController } from './photos.controller.js';
import { PicturesController } from './pictures.controller.js';
import { SwapPhoto } from './swap-photo.js';

/** The demonstration site's pages and pictures. Not in production. */
@Module({})
export class DemoModule {
  static register({ secret }: { readonly secret: Buffer }): DynamicModule {
    return {
      module: DemoModule,
      imports: [ModerationModule],
      controllers: [
        PagesController,
        DemoFilesController,
        ModeratorController,
        PicturesController,
        PhotosController,
      ],
      providers: [
        DemonstrationSite,
        MissingPages,
        ActAsModerator,
        DrawnPictures,
        PhotoFiles,
        SwapPhoto,
        { provide: DEMONSTRATION_KEY, useFactory: () => demonstrationKey(secret) },
      ],
      exports: [DEMONSTRATION_KEY],
    };
  }
}
