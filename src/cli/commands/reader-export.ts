import type { Command } from 'commander';
import { findDevicesOf } from '../../database/statements/readers/forget-reader.js';
import { type ReaderRows, readReader } from '../../database/statements/readers/read-reader.js';
import type { Sealed } from '../../access/sealing/sealed.js';
import type { Cli } from '../cli.js';
import { withDatabase } from '../open-database.js';
import { readerNamed, type ReaderOptions } from '../reader-named.js';
import { siteNamed } from '../site-named.js';

/** `reader export`: JSON in any case, since it is handed on. */
export function addReaderExport(reader: Command, cli: Cli): void {
  reader
    .command('export')
    .description('Print, as one line of JSON, all that is stored of a reader')
    .requiredOption('--site <site>', 'id or slug of the site')
    .option('--account <account>', "the site's own name of the reader's account")
    .option('--device <token>', 'or the token that their browser keeps under "vigie:device"')
    .option('--json', 'as without it: what is printed is JSON')
    .addHelpText(
      'after',
      '\nIt says which of their reports were left out, and whether they are muted. Whoever hands it on tells somebody who is\n' +
        'muted that they are: your lawyer says whether that must be.\n' +
        '\nExample:\n  $ npm run cli -- reader export --site revue --account user-42 > user-42.json',
    )
    .action((options: ReaderOptions) =>
      withDatabase(cli, async (open) => {
        const site = await siteNamed(open, options.site);
        const hash = readerNamed(open, site, options);
        const { devices, rows } = await open.database.inIndexedTransaction(async (tx) => {
          const devices = await findDevicesOf(tx, site.id, [hash]);
          return { devices, rows: await readReader(tx, site.id, [hash, ...devices]) };
        }, 'REPEATABLE READ');
        cli.print(JSON.stringify({ site: site.slug, devices: devices.length, ...shown(open.sealed, rows) }));
      }),
    );
}

const shown = (sealed: Sealed, { votes, verdicts, mutes }: ReaderRows) => ({
  reports: votes.map(({ imageId, url, keyKind, key, notes, ...vote }) => ({
    image: {
      image: sealed.id('img', imageId),
      url: keyKind === 'url' ? key : url,
      id: keyKind === 'id' ? key : null,
    },
    ...vote,
    said: notes,
  })),
  decisionsOnThem: verdicts.map(({ valid, at }) => ({ reports: valid ? 'valid' : 'invalid', at })),
  mutes,
});
