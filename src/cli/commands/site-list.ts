import type { Command } from 'commander';
import { siteSettings } from '../../access/sites/site-settings.js';
import { Site } from '../../database/entities/site.entity.js';
import { siteAnswer } from '../../sites/answers.js';
import { answer, type Cli, table } from '../cli.js';
import { withDatabase } from '../open-database.js';

/** `site list` */
export function addSiteList(site: Command, cli: Cli): void {
  site
    .command('list')
    .description('Show all sites')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ npm run cli -- site list')
    .action(({ json }: { json?: boolean }) =>
      withDatabase(cli, async ({ database, sealed }) => {
        const rows = await database.inTransaction((tx) => tx.manager.find(Site, { order: { id: 'ASC' } }));
        const sites = rows.map((row) => siteAnswer(sealed, siteSettings(row)));
        const lines = table(sites.map(({ slug, id, name, origins }) => [slug, id, name, origins.join(' ')]));
        answer(
          cli,
          json,
          { sites },
          lines.length > 0 ? lines : ['There is no site yet: "site create" makes one.'],
        );
      }),
    );
}
