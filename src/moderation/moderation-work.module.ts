import { Module } from '@nestjs/common';
import { Database } from '../database/database.js';
import { JOB_HANDLERS, type JobHandler } from '../jobs/job-handler.js';
import { BlockIndex } from '../visibility/block-index.js';
import { VisibilityModule } from '../visibility/visibility.module.js';
import { ReaddressImages } from './readdress-images.js';

/** What is done to images in the background. For processes that do background work. */
@Module({
  imports: [VisibilityModule],
  providers: [
    {
      provide: JOB_HANDLERS,
      inject: [Database, BlockIndex],
      useFactory: (database: Database, index: BlockIndex): JobHandler[] => [
        new ReaddressImages(database, index),
      ],
    },
  ],
})
export class ModerationWorkModule {}
