import type { Command } from 'commander';
import { forgetReader } from '../../moderation/forget-reader.js';
import { answer, type Cli } from '../cli.js';
import { withDatabase } from '../open-database.js';
import { readerNamed, type ReaderOptions } from '../reader-named.js';
import { siteNamed } from '../site-named.js';

/** `reader forget` */
export function addReaderForget(reader: Command, cli: Cli): void {
  reader
    .command('forget')
    .description('Forget who a reader is, on all images, and what they wrote; counts stay')
    .requiredOption('--site <site>', 'id or slug of the site')
    .option('--account <account>', "the site's own name of the reader's account")
    .option('--device <token>', 'or the token that their browser keeps under "vigie:device"')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nWith an account its devices are forgotten, too. There is no way back. Backups hold what the database held.\n' +
        '\nExample:\n  $ npm run cli -- reader forget --site revue --account user-42',
    )
    .action(({ json, ...options }: ReaderOptions & { readonly json?: boolean }) =>
      withDatabase(cli, async (open) => {
        const site = await siteNamed(open, options.site);
        const hash = readerNamed(open, site, options);
        const { votes, muted } = await forgetReader(open.database, site.id, hash);
        answer(cli, json, { site: site.slug, votes, muted }, [
          votes === 0
            ? 'No vote was known to be theirs; what was kept of them besides is removed.'
            : `Forgotten: ${votes} ${votes === 1 ? 'vote is' : 'votes are'} nobody's now, and what they wrote is removed.`,
          ...(muted
            ? ['They are muted, and that is kept until it ends: "mute list" and "mute lift" end it before.']
            : []),
        ]);
      }),
    );
}
