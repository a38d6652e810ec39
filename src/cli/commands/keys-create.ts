import { type Command, Option } from 'commander';
import { readerSigningSecret } from '../../access/readers/reader-token.js';
import { SITE_KEY_KINDS, type SiteKeyKind } from '../../contract/keys.js';
import { createKey } from '../../sites/create-key.js';
import { answer, type Cli } from '../cli.js';
import { withDatabase } from '../open-database.js';
import { shortName } from '../short-name.js';
import { siteNamed } from '../site-named.js';

interface Options {
  readonly site: string;
  readonly kind: SiteKeyKind;
  readonly name: string;
  readonly json?: boolean;
}

/** `keys create` */
export function addKeysCreate(keys: Command, cli: Cli): void {
  keys
    .command('create')
    .description('Make a key of a site; at most two live ones of a kind')
    .requiredOption('--site <site>', 'id or slug of the site')
    .addOption(new Option('--kind <kind>', 'what it is for').choices(SITE_KEY_KINDS).makeOptionMandatory())
    .option('--name <name>', 'to tell keys apart', shortName, '')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ npm run cli -- keys create --site revue --kind secret')
    .action(({ site: siteName, kind, name, json }: Options) =>
      withDatabase(cli, async (open) => {
        const site = await siteNamed(open, siteName);
        const { row, key } = await open.database.inTransaction((tx) =>
          createKey(tx, site.id, kind, name, null),
        );
        const id = open.sealed.id('key', row.id);
        const signing = kind === 'secret' ? readerSigningSecret(open.secret, site.id) : undefined;
        answer(cli, json, { id, kind, key, readerSigningSecret: signing }, [
          `The ${kind} key of ${site.slug} (${id}): ${key}`,
          ...(signing === undefined ? [] : [`Secret for signing readers' tokens: ${signing}`]),
          'The key is shown this once: keep it now.',
        ]);
      }),
    );
}
