import { type DynamicModule, Global, Module } from '@nestjs/common';
import type { VigieConfig } from './load-config.js';

/** Inject the configuration with `@Inject(CONFIG) config: VigieConfig`. */
export const CONFIG = Symbol('configuration');

@Global()
@Module({})
export class ConfigModule {
  static register(config: VigieConfig): DynamicModule {
    return { module: ConfigModule, providers: [{ provide: CONFIG, useValue: config }], exports: [CONFIG] };
  }
}
