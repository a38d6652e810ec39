import { Module } from '@nestjs/common';
import { Database } from '../database/database.js';
import { JOB_HANDLERS, type JobHandler } from '../jobs/job-handler.js';
import { BlockIndex } from '../visibility/block-index.js';
import { CONFIG } from '../config/config.module.js';
import type { VigieConfig } from '../config/load-config.js';
import { ForgetReaders } from './forget-readers.js';
import { MeasureBaselines } from './measure-baselines.js';
import { ModerationModule } from './moderation.module.js';
import { Neck } from './neck.js';
import { ReaddressImages } from './readdress-images.js';
import { TellOverdue } from './tell-overdue.js';

/** What is done to images in the background. For processes that do background work. */
@Module({
  imports: [ModerationModule],
  providers: [
    {
      provide: JOB_HANDLERS,
      inject: [Database, BlockIndex, Neck],
      useFactory: (database: Database, index: BlockIndex, neck: Neck): JobHandler[] => [
        new ReaddressImages(database, index),
        new TellOverdue(neck),
      ],
    },
    {
      provide: MeasureBaselines,
      inject: [Database],
      useFactory: (database: Database) => new MeasureBaselines(database),
    },
    {
      provide: ForgetReaders,
      inject: [Database, CONFIG],
      useFactory: (database: Database, { readers }: VigieConfig) => new ForgetReaders(database, readers),
    },
  ],
})
export class ModerationWorkModule {}
