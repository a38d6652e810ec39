import type { Command } from 'commander';
import { checkInstallation } from '../../access/sealing/installation.js';
import { loadConfig } from '../../config/load-config.js';
import { loadSecret } from '../../config/secret.js';
import type { BackupTable } from '../../database/backup/backup-tables.js';
import { loadTables } from '../../database/backup/load-tables.js';
import { migrate } from '../../database/migrate.js';
import { usingDatabase } from '../../database/using-database.js';
import { BackupReader } from '../backup/backup-file.js';
import { answer, type Cli } from '../cli.js';
import { reachServer } from '../open-database.js';

/** `restore`: fills an empty database with what `backup` wrote. */
export function addRestore(program: Command, cli: Cli): void {
  program
    .command('restore')
    .description('Fill an empty database with a file that backup wrote')
    .argument('<file>', 'what backup wrote')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nAll rows or none; a database with anything in it is refused, so name a new DATA_DIR or an empty DATABASE_URL, and\n' +
        'stop the service. VIGIE_SECRET must be that of the backup (or put its file <DATA_DIR>/secret there first): it is looked at\n' +
        'last, and where it is another all rows are in: put the right one there and start the service. Sites that\n' +
        'follow the changes are answered 410 once, and take the block list again by themselves.\n\nExample:\n' +
        '  $ DATA_DIR=./restored npm run cli -- restore vigie-monday.backup',
    )
    .action(async (file: string, { json }: { json?: boolean }) => {
      const backup = await BackupReader.open(file);
      const config = loadConfig(cli.env);
      const server = await reachServer(config, cli);
      const tell = (line: string): void => cli.tell(line);
      async function* rows(table: BackupTable): AsyncGenerator<Buffer> {
        yield* backup.rows();
        if (table === backup.head.tables.at(-1)) await backup.end();
      }
      try {
        await loadTables(server.url, backup.head, rows, tell);
        await migrate(server.url, tell);
        // Last, so that who has mislaid the secret has the rows, and is told.
        await usingDatabase(server.url, config.database, (database) =>
          checkInstallation(database, loadSecret(config, cli.env)),
        );
        const { tables, takenAt } = backup.head;
        answer(cli, json, { tables: tables.length, takenAt }, [
          `${tables.length} tables of ${takenAt} are in. What was reported and decided after that is not.`,
          'Put the copy of the folder of snapshots into DATA_DIR, and start the service.',
        ]);
      } finally {
        await server.release();
      }
    });
}
