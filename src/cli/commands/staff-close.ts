import type { Command } from 'commander';
import { accountOf } from '../../accounts/account-of.js';
import { changeAccount } from '../../accounts/change-account.js';
import { countAdmins } from '../../database/statements/accounts/lock-staff.js';
import { answer, type Cli } from '../cli.js';
import { withDatabase } from '../open-database.js';

interface Options {
  readonly email: string;
  readonly json?: boolean;
}

/** `staff close`: an account that may do nothing any more. */
export function addStaffClose(staff: Command, cli: Cli): void {
  staff
    .command('close')
    .description('Close an account: its sessions and tokens end at once, and its cases are free again')
    .requiredOption('--email <email>', 'their e-mail address')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ npm run cli -- staff close --email amina@example.ma')
    .action((options: Options) => run(cli, options, true));
}

/** `staff open`: the same account again. */
export function addStaffOpen(staff: Command, cli: Cli): void {
  staff
    .command('open')
    .description('Open an account that was closed, with its password and roles; tokens have to be made anew')
    .requiredOption('--email <email>', 'their e-mail address')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ npm run cli -- staff open --email amina@example.ma')
    .action((options: Options) => run(cli, options, false));
}

async function run(cli: Cli, { email: given, json }: Options, closed: boolean): Promise<void> {
  await withDatabase(cli, async ({ database, config }) => {
    const { email, changed, admins } = await database.inTransaction(async (tx) => {
      const account = await accountOf(tx, given);
      const changed = await changeAccount(tx, account.id, { closed }, 'operator', config.accounts);
      return { email: account.email, changed, admins: await countAdmins(tx) };
    });
    answer(cli, json, { email, closed, changed }, [
      `The account of ${email} is ${closed ? 'closed' : 'open'}${changed ? '' : ', as it was'}.`,
      ...(closed && admins === 0
        ? ['There is no admin any more: "staff create --role admin" makes one.']
        : []),
    ]);
  });
}
