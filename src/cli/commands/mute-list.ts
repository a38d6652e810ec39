import type { Command } from 'commander';
import { listMutes, type MuteRow } from '../../database/statements/readers/list-mutes.js';
import { answer, type Cli, table } from '../cli.js';
import { withDatabase } from '../open-database.js';
import { siteNamed } from '../site-named.js';
import { wholeNumber } from '../whole-number.js';

interface Options {
  readonly site: string;
  readonly limit: number;
  readonly json?: boolean;
}

/** `mute list` */
export function addMuteList(mute: Command, cli: Cli): void {
  mute
    .command('list')
    .description('Show which readers of a site are muted, the latest first; who they are, nobody knows')
    .requiredOption('--site <site>', 'id or slug of the site')
    .option('--limit <number>', 'so many at most', wholeNumber, 50)
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ npm run cli -- mute list --site revue')
    .action(({ site: siteName, limit, json }: Options) =>
      withDatabase(cli, async (open) => {
        const site = await siteNamed(open, siteName);
        const found = await listMutes(open.database, [site.id], null, limit + 1);
        const rows = found.slice(0, limit);
        const idOf = ({ id }: MuteRow): string => open.sealed.id('mut', id);
        const more = found.length > limit;
        const mutes = rows.map((row) => shown(idOf(row), row));
        answer(cli, json, { site: site.slug, mutes, more }, [
          ...table(rows.map((row) => lineOf(idOf(row), row))),
          ...(rows.length === 0 ? ['Nobody is muted.'] : []),
          ...(more ? ['and more: --limit shows them'] : []),
        ]);
      }),
    );
}

const shown = (id: string, { cause, email, at, until, upheld, dismissed, note }: MuteRow) => ({
  id,
  cause,
  by: email,
  at: at.toISOString(),
  until: until?.toISOString() ?? null,
  upheld,
  dismissed,
  note,
});

const lineOf = (id: string, { email, at, until, upheld, dismissed }: MuteRow): string[] => [
  id,
  email === null ? 'by the rule' : `by ${email}`,
  `since ${at.toISOString()}`,
  until === null ? 'until lifted' : `until ${until.toISOString()}`,
  `upheld ${upheld}, dismissed ${dismissed}`,
];
