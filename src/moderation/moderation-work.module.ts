import { Module } from '@nestjs/common';
import { Database } from '../database/database.js';
import { JOB_HANDLERS, type JobHandler } from '../jobs/job-handler.js';
import { ReaddressImages } from './readdress-images.js';

/** What is done to images in the background. For processes that do background work. */
@Module({
  providers: [
    {
      provide: JOB_HANDLERS,
      inject: [Database],
      useFactory: (database: Database): JobHandler[] => [new ReaddressImages(database)],
    },
  ],
})
export class ModerationWorkModule {}
