import type { Command } from 'commander';
import { accountOf } from '../../accounts/account-of.js';
import { clearSecondFactor } from '../../accounts/clear-second-factor.js';
import { answer, type Cli } from '../cli.js';
import { withDatabase } from '../open-database.js';

/** `staff clear-second-factor`: for who lost it. */
export function addStaffClearSecondFactor(staff: Command, cli: Cli): void {
  staff
    .command('clear-second-factor')
    .description("Remove somebody's second factor, and its recovery codes: they lost it")
    .requiredOption('--email <email>', 'their e-mail address')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Make sure that it is they who ask: from then on the password alone lets in.

Example:
  $ npm run cli -- staff clear-second-factor --email amina@example.ma`,
    )
    .action(async ({ email: given, json }: { readonly email: string; readonly json?: boolean }) => {
      await withDatabase(cli, async ({ database }) => {
        const { email, changed } = await database.inTransaction(async (tx) => {
          const account = await accountOf(tx, given);
          return { email: account.email, changed: await clearSecondFactor(tx, account.id, 'operator') };
        });
        answer(cli, json, { email, changed }, [
          changed ? `${email} has no second factor any more.` : `${email} had no second factor.`,
        ]);
      });
    });
}
