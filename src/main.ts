import 'reflect-metadata';
import { adviseFirstAdmin } from './accounts/first-admin.js';
import { loadConfig } from './config/load-config.js';
import { Database } from './database/database.js';
import { drawDemonstration } from './demo/draw-demonstration.js';
import { offerDemonstration } from './demo/offer-demonstration.js';
import { explainListen, explainStart } from './explain-start.js';
import { type RunningService, start } from './start.js';
import { toldHowToStart } from './told-how-to-start.js';

const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** What a signal does: one stops gently, a second one ends the process at once. */
class StopOnSignals {
  begun = false;
  private work: Promise<void> = Promise.resolve();

  constructor(private readonly service: RunningService) {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => {
        if (this.begun) process.exit(1);
        this.begun = true;
        say('Stopping: what was accepted is being finished.');
        this.stop().then(
          () => process.exit(0),
          (error: unknown) => {
            say(explainStart(error, null));
            process.exit(1);
          },
        );
      });
    }
  }

  /** Does what a stop must not cut in half, unless one has begun. */
  async unlessBegun(work: () => Promise<void>): Promise<void> {
    if (this.begun) return;
    this.work = work();
    await this.work;
  }

  private async stop(): Promise<void> {
    // `main` tells how it failed.
    await this.work.catch(() => undefined);
    await this.service.leave();
    await this.service.stop();
  }
}

async function main(): Promise<void> {
  const told = toldHowToStart(process.argv.slice(2));
  if (told !== null) {
    (told.exitCode === 0 ? process.stdout : process.stderr).write(`${told.text}\n`);
    process.exitCode = told.exitCode;
    return;
  }
  let databaseUrl: string | null = null;
  try {
    const config = loadConfig();
    databaseUrl = config.databaseUrl;
    const service = await start(config, process.env, say);
    const signals = new StopOnSignals(service);
    try {
      // Nest's own `listen` would log the error that is explained here.
      const { host, port } = config;
      await service.app.getHttpAdapter().getInstance().listen({ host, port });
    } catch (error) {
      // Closed by a signal before it listened.
      if (signals.begun) return;
      say(explainListen(error, config));
      process.exitCode = 1;
      await service.stop();
      return;
    }
    say(`Vigie answers at ${config.publicUrl} (API description: ${config.publicUrl}/docs).`);
    if (!config.production && config.role !== 'worker') {
      await signals.unlessBegun(() =>
        offerDemonstration(service.app, config, (text) => void process.stdout.write(`${text}\n`)),
      );
      // For the first visitor's sake; whoever visits waits for it where it fails.
      if (!signals.begun) void drawDemonstration(service.app).catch(() => undefined);
    }
    if (config.role !== 'worker' && !signals.begun) {
      // Without an answer there is no advice: the service has started.
      const advice = await adviseFirstAdmin(service.app.get(Database)).catch(() => null);
      if (advice !== null) say(advice);
    }
  } catch (error) {
    say(explainStart(error, databaseUrl));
    process.exitCode = 1;
  }
}

await main();
