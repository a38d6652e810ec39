import 'reflect-metadata';
import { ConfigError, loadConfig } from './config/load-config.js';
import { WrongSecretError } from './access/installation.js';
import { EmbeddedPostgresError } from './database/embedded-postgres-error.js';
import { isConnectionLost } from './database/postgres-errors.js';
import { DatabaseNotSupportedError } from './database/migrate.js';
import { offerDemonstration } from './demo/offer-demonstration.js';
import { type RunningService, start } from './start.js';

const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** What a person can mend is told in a sentence; everything else is a defect, and keeps its stack. */
function explain(error: unknown, databaseUrl: string | null): string {
  const known = [ConfigError, WrongSecretError, EmbeddedPostgresError, DatabaseNotSupportedError];
  if (known.some((kind) => error instanceof kind)) return (error as Error).message;
  const { code, port } = error as { code?: string; port?: number };
  if (code === 'EADDRINUSE') return `Port ${port ?? ''} is taken by another program: stop it, or set PORT.`;
  if (code === 'EACCES') return `This user may not listen on port ${port ?? ''}: set PORT to one above 1023.`;
  if (databaseUrl !== null && isConnectionLost(error)) {
    return `The database in DATABASE_URL is out of reach (${(error as Error).message}): start it, or correct DATABASE_URL.`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

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
            say(explain(error, null));
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
    await this.service.stop();
  }
}

async function main(): Promise<void> {
  let databaseUrl: string | null = null;
  try {
    const config = loadConfig();
    databaseUrl = config.databaseUrl;
    const service = await start(config, process.env, say);
    const signals = new StopOnSignals(service);
    try {
      await service.app.listen(config.port, config.host);
    } catch (error) {
      // Closed by a signal before it listened.
      if (signals.begun) return;
      await service.stop();
      throw error;
    }
    say(`Vigie answers at ${config.publicUrl} (API description: ${config.publicUrl}/docs).`);
    if (!config.production && config.role !== 'worker') {
      await signals.unlessBegun(() =>
        offerDemonstration(service.app, config, (text) => void process.stdout.write(`${text}\n`)),
      );
    }
  } catch (error) {
    say(explain(error, databaseUrl));
    process.exitCode = 1;
  }
}

await main();
