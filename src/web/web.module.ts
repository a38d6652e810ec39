import { Module } from '@nestjs/common';
import { ConsoleController } from './console.controller.js';
import { UnknownAddress } from './unknown-address.js';
import { WidgetController } from './widget.controller.js';

/** What browsers load. */
@Module({ controllers: [WidgetController, ConsoleController], providers: [UnknownAddress] })
export class WebModule {}
