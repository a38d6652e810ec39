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

/** Stops once, gently; a second signal ends the process at once. */
function stopOnSignals(service: RunningService): void {
  let stopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      say('Stopping: what was accepted is being finished.');
      service.stop().then(
        () => process.exit(0),
        (error: unknown) => {
          say(explain(error, null));
          process.exit(1);
        },
      );
    });
  }
}

async function main(): Promise<void> {
  let databaseUrl: string | null = null;
  try {
    const config = loadConfig();
    databaseUrl = config.databaseUrl;
    const service = await start(config, process.env, say);
    stopOnSignals(service);
    try {
      await service.app.listen(config.port, config.host);
    } catch (error) {
      await service.stop();
      throw error;
    }
    say(`Vigie answers at ${config.publicUrl} (API description: ${config.publicUrl}/docs).`);
    if (!config.production && config.role !== 'worker') {
      await offerDemonstration(service.app, config, (text) => void process.stdout.write(`${text}\n`));
    }
  } catch (error) {
    say(explain(error, databaseUrl));
    process.exitCode = 1;
  }
}

await main();
