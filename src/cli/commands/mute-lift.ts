import type { Command } from 'commander';
import { VigieError } from '../../core/errors.js';
import { liftMute } from '../../moderation/mute.js';
import { answer, type Cli } from '../cli.js';
import { withDatabase } from '../open-database.js';
import { siteNamed } from '../site-named.js';

interface Options {
  readonly site: string;
  readonly json?: boolean;
}

const OPERATOR = { kind: 'operator', id: null } as const;

/** `mute lift` */
export function addMuteLift(mute: Command, cli: Cli): void {
  mute
    .command('lift')
    .description('Let the next reports of a muted reader count again')
    .argument('<id>', 'as "mute list" shows it')
    .requiredOption('--site <site>', 'id or slug of the site')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ npm run cli -- mute lift mut_... --site revue')
    .action((id: string, { site: siteName, json }: Options) =>
      withDatabase(cli, async (open) => {
        const site = await siteNamed(open, siteName);
        const muteId = open.sealed.databaseId('mut', id);
        const lifted =
          muteId !== null &&
          (await open.database.inIndexedTransaction((tx) => liftMute(tx, site.id, muteId, OPERATOR)));
        if (!lifted)
          throw new VigieError(
            'NOT_FOUND',
            `No mute "${id}" stands on ${site.slug}: "mute list" shows them.`,
          );
        answer(cli, json, { site: site.slug, lifted: id }, [
          'Lifted. Their next reports count; those that were left out meanwhile stay left out.',
        ]);
      }),
    );
}
