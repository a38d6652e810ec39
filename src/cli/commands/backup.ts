import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { loadConfig } from '../../config/load-config.js';
import { VigieError } from '../../core/errors.js';
import { dumpTables } from '../../database/backup/dump-tables.js';
import { migrate } from '../../database/migrate.js';
import { writeBackup } from '../backup/backup-file.js';
import { removeLeftBehind } from '../backup/partial-file.js';
import { answer, type Cli } from '../cli.js';
import { reachServer } from '../open-database.js';

/** `backup`: all rows of the database in one file, beside a running service. */
export function addBackup(program: Command, cli: Cli): void {
  program
    .command('backup')
    .description('Write all of the database, as it is now, into one file')
    .argument('<file>', 'a file that is not there yet')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nWorks beside a running service, for the embedded Postgres and for DATABASE_URL. It holds what readers wrote and their\n' +
        'pseudonyms: keep it closed. Keep with it VIGIE_SECRET (or <DATA_DIR>/secret), without which it is of no use, and a copy\n' +
        'of <DATA_DIR>/snapshots, taken after it.\n\nExample:\n  $ npm run cli -- backup vigie-monday.backup',
    )
    .action(async (file: string, { json }: { json?: boolean }) => {
      if (existsSync(file)) throw new VigieError('INVALID', `${file}: is there already.`);
      const config = loadConfig(cli.env);
      const server = await reachServer(config, cli);
      const tell = (line: string): void => cli.tell(line);
      try {
        await migrate(server.url, tell);
        for (const left of await removeLeftBehind(file))
          tell(`${left}: removed, a backup that was killed left it.`);
        let tables = 0;
        const bytes = await writeBackup(file, async (sink) => {
          tables = await dumpTables(server.url, sink, tell);
        });
        answer(cli, json, { file, bytes, tables }, [
          `${file}: ${tables} tables in ${bytes} bytes.`,
          'Keep VIGIE_SECRET and a copy of the folder of snapshots with it.',
        ]);
      } finally {
        await server.release();
      }
    });
}
