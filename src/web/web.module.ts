import { Module } from '@nestjs/common';
import { ConsoleController } from './console.controller.js';
import { WidgetController } from './widget.controller.js';

/** What browsers load. */
@Module({ controllers: [WidgetController, ConsoleController] })
export class WebModule {}
