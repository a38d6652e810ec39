import type { Type } from '@nestjs/common';
import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Provider } from '@nestjs/common';
import { noteLog } from '../setup/log-watch.js';
import { createApp, type HttpConfig } from '../../src/http/create-app.js';

export interface TestApp {
  readonly app: NestFastifyApplication;
  /** The log lines so far. */
  lines(): Record<string, unknown>[];
  log(): string;
}

/** An app of some controllers, with its log kept. */
export async function appOf(
  controllers: readonly Type[],
  config: Partial<HttpConfig> = {},
  providers: readonly Provider[] = [],
): Promise<TestApp> {
  @Module({ controllers: [...controllers], providers: [...providers] })
  class TestModule {}

  const written: string[] = [];
  const app = await createApp(
    TestModule,
    {
      trustProxy: false,
      logLevel: 'debug',
      publicUrl: 'http://127.0.0.1:3000',
      feed: { maxStreams: 10, maxWaiting: 10 },
      ...config,
    },
    {
      write: (line) => {
        written.push(line);
        noteLog(line);
      },
    },
  );
  return {
    app,
    lines: () => written.map((line) => JSON.parse(line) as Record<string, unknown>),
    log: () => written.join(''),
  };
}
