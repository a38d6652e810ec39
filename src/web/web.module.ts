import { Module } from '@nestjs/common';
import { WidgetController } from './widget.controller.js';

/** What browsers load. */
@Module({ controllers: [WidgetController] })
export class WebModule {}
