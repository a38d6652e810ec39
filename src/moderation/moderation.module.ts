import { Module } from '@nestjs/common';
import { VisibilityModule } from '../visibility/visibility.module.js';
import { BindAddresses } from './bind-addresses.js';
import { Neck } from './neck.js';

@Module({
  imports: [VisibilityModule],
  providers: [Neck, BindAddresses],
  exports: [Neck, BindAddresses, VisibilityModule],
})
export class ModerationModule {}
