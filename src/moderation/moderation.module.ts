import { Module } from '@nestjs/common';
import { CONFIG } from '../config/config.module.js';
import type { VigieConfig } from '../config/load-config.js';
import { Database } from '../database/database.js';
import { BlockIndex } from '../visibility/block-index.js';
import { VisibilityModule } from '../visibility/visibility.module.js';
import { BindAddresses } from './bind-addresses.js';
import { Neck } from './neck.js';

@Module({
  imports: [VisibilityModule],
  providers: [
    {
      provide: Neck,
      inject: [Database, BlockIndex, CONFIG],
      useFactory: (database: Database, index: BlockIndex, { images }: VigieConfig) =>
        new Neck(database, index, images),
    },
    BindAddresses,
  ],
  exports: [Neck, BindAddresses, VisibilityModule],
})
export class ModerationModule {}
