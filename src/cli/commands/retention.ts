import type { Command } from 'commander';
import {
  countImagesToForget,
  secondsLateToForget,
} from '../../database/statements/readers/forget-readers.js';
import { ForgetReaders } from '../../moderation/forget-readers.js';
import { answer, type Cli } from '../cli.js';
import { withDatabase } from '../open-database.js';

/** Nobody needs to know of more. */
const COUNTED = 1_000_000;

/** `retention`: forgets now whom a worker would forget within ten minutes. */
export function addRetention(program: Command, cli: Cli): void {
  program
    .command('retention')
    .description('Forget readers who are due now; workers do it every ten minutes')
    .option('--dry-run', 'only say how many images are due, and how late the first is')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nAfter how many days is in the settings (readers.pseudonymDays, readers.recordDays).\n' +
        '\nExample:\n  $ npm run cli -- retention --dry-run',
    )
    .action(({ dryRun = false, json }: { dryRun?: boolean; json?: boolean }) =>
      withDatabase(cli, async ({ database, config: { readers } }) => {
        if (dryRun) {
          const images = await countImagesToForget(database, readers.pseudonymDays, COUNTED);
          const secondsLate = Math.round(await secondsLateToForget(database, readers.pseudonymDays));
          answer(cli, json, { images, secondsLate }, [
            images === 0
              ? 'Nobody is due.'
              : `${images} ${images === 1 ? 'image is' : 'images are'} due to be looked at, the first since ${secondsLate} s.`,
          ]);
          return;
        }
        const gone = await new ForgetReaders(database, readers).once();
        answer(cli, json, gone, [
          `Forgotten: ${gone.readers} votes, ${gone.verdicts} verdicts, ${gone.links} links of devices, ${gone.mutes} mutes.`,
        ]);
      }),
    );
}
