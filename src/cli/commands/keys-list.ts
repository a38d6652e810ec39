import type { Command } from 'commander';
import { ApiKey } from '../../database/entities/api-key.entity.js';
import { keyAnswer } from '../../sites/answers.js';
import { emailsOf } from '../../sites/emails-of.js';
import { answer, type Cli, table } from '../cli.js';
import { withDatabase } from '../open-database.js';
import { siteNamed } from '../site-named.js';

/** `keys list` */
export function addKeysList(keys: Command, cli: Cli): void {
  keys
    .command('list')
    .description('Show the keys of a site, by their last characters')
    .requiredOption('--site <site>', 'id or slug of the site')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ npm run cli -- keys list --site revue')
    .action(({ site: siteName, json }: { site: string; json?: boolean }) =>
      withDatabase(cli, async (open) => {
        const { id: siteId, slug } = await siteNamed(open, siteName);
        const found = await open.database.inTransaction(async (tx) => {
          const rows = await tx.manager.find(ApiKey, { where: { siteId }, order: { id: 'ASC' } });
          const emails = await emailsOf(
            tx,
            rows.map(({ createdBy }) => createdBy),
          );
          return rows.map((row) => keyAnswer(open.sealed, row, emails));
        });
        const lines = table(
          found.map(({ id, kind, hint, name, createdAt, revokedAt }) => [
            id,
            kind,
            `...${hint}`,
            revokedAt === null ? `since ${createdAt}` : `revoked ${revokedAt}`,
            name,
          ]),
        );
        answer(cli, json, { keys: found }, lines.length > 0 ? lines : [`${slug} has no keys.`]);
      }),
    );
}
