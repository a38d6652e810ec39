import type { Command } from 'commander';
import { invalid } from '../../core/errors.js';
import { changeLegal } from '../../sites/change-legal.js';
import { answer, type Cli } from '../cli.js';
import { nameOptions } from '../name-options.js';
import { withDatabase } from '../open-database.js';

interface Options {
  readonly email: string;
  readonly grant?: boolean;
  readonly revoke?: boolean;
  readonly json?: boolean;
}

/** `staff legal`: who may open what is sealed. */
export function addStaffLegal(staff: Command, cli: Cli): void {
  staff
    .command('legal')
    .description('Let somebody open what is sealed, or no more')
    .requiredOption('--email <email>', 'their e-mail address')
    .option('--grant', 'they may')
    .option('--revoke', 'they may not, at once: what was opened before is on their screen')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Snapshots of what was reported as child abuse are sealed. Who may open them needs a token of the scope "legal", too:
  $ npm run cli -- staff legal --email counsel@example.ma --grant
  $ npm run cli -- staff token --email counsel@example.ma --scope review --scope legal --days 1`,
    )
    .action((options: Options) => nameOptions({ grant: '--grant' }, () => run(cli, options)));
}

async function run(cli: Cli, { email, grant = false, revoke = false, json }: Options): Promise<void> {
  if (grant === revoke) throw invalid('/grant', 'Say either --grant or --revoke.');
  await withDatabase(cli, async ({ database }) => {
    const changed = await database.inTransaction((tx) => changeLegal(tx, email, grant));
    answer(cli, json, { email: email.trim().toLowerCase(), legal: grant, changed }, [
      `${email} ${grant ? 'may open what is sealed, with a token of the scope "legal"' : 'may not open what is sealed'}${
        changed ? '.' : ': nothing has changed.'
      }`,
    ]);
  });
}
