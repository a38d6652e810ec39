import type { Command } from 'commander';
import { checkBackup, checkInstallation } from '../../access/sealing/installation.js';
import { loadConfig } from '../../config/load-config.js';
import { loadSecret, secretIfThere } from '../../config/secret.js';
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
        'stop the service. VIGIE_SECRET must be that of the backup (or put its file <DATA_DIR>/secret there first): where it is\n' +
        'another, no row is in, and the right one restores there. Sites that follow the changes are answered 410 once, and take the\n' +
        'block list again by themselves.\n\nExample:\n' +
        '  $ DATA_DIR=./restored npm run cli -- restore vigie-monday.backup',
    )
    .action(async (file: string, { json }: { json?: boolean }) => {
      const backup = await BackupReader.open(file);
      const config = loadConfig(cli.env);
      const { secretCheck = null } = backup.head;
      const check = (stored: Buffer): void => checkBackup(stored, secretIfThere(config, cli.env));
      // First, so that nobody waits for all rows to be told that they are of no use; older versions wrote it among the rows only.
      if (secretCheck !== null) check(Buffer.from(secretCheck, 'hex'));
      const server = await reachServer(config, cli);
      const tell = (line: string): void => cli.tell(line);
      async function* rows(table: BackupTable): AsyncGenerator<Buffer> {
        yield* backup.rows();
        if (table === backup.head.tables.at(-1)) await backup.end();
      }
      try {
        await loadTables(server.url, backup.head, rows, check, tell);
        await migrate(server.url, tell);
        // Where no process had started on what was backed up, this is its secret from now on.
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
