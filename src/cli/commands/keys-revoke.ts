import type { Command } from 'commander';
import { VigieError } from '../../core/errors.js';
import { revokeKey } from '../../sites/revoke-key.js';
import { answer, type Cli } from '../cli.js';
import { withDatabase } from '../open-database.js';
import { siteNamed } from '../site-named.js';

/** `keys revoke` */
export function addKeysRevoke(keys: Command, cli: Cli): void {
  keys
    .command('revoke')
    .description('Revoke a key of a site')
    .argument('<key>', 'its id, as "keys list" shows it')
    .requiredOption('--site <site>', 'id or slug of the site')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ npm run cli -- keys revoke key_0tJf... --site revue')
    .action((key: string, { site: siteName, json }: { site: string; json?: boolean }) =>
      withDatabase(cli, async (open) => {
        const site = await siteNamed(open, siteName);
        const keyId = open.sealed.databaseId('key', key);
        if (keyId === null) {
          throw new VigieError('NOT_FOUND', `"${key}" is no id of a key: "keys list" shows them.`);
        }
        await open.database.inTransaction((tx) => revokeKey(tx, { siteId: site.id }, keyId, 'operator'));
        answer(cli, json, { revoked: key }, ['Revoked: it stops working within five seconds everywhere.']);
      }),
    );
}
