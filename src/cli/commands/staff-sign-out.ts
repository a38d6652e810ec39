import type { Command } from 'commander';
import { accountOf } from '../../accounts/account-of.js';
import { signOutEverywhere } from '../../accounts/sign-out-everywhere.js';
import { answer, type Cli } from '../cli.js';
import { withDatabase } from '../open-database.js';

/** `staff sign-out`: ends somebody's sessions. */
export function addStaffSignOut(staff: Command, cli: Cli): void {
  staff
    .command('sign-out')
    .description('Sign somebody out everywhere, at once; their tokens stay')
    .requiredOption('--email <email>', 'their e-mail address')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ npm run cli -- staff sign-out --email amina@example.ma')
    .action(async ({ email: given, json }: { readonly email: string; readonly json?: boolean }) => {
      await withDatabase(cli, async ({ database, config }) => {
        const { email, sessions } = await database.inTransaction(async (tx) => {
          const account = await accountOf(tx, given);
          const { idleMinutes } = config.accounts;
          const sessions = await signOutEverywhere(tx, account.id, 'operator', idleMinutes);
          return { email: account.email, sessions };
        });
        answer(cli, json, { email, sessions }, [
          sessions === 0
            ? `${email} was signed in nowhere.`
            : `${email} is signed out (sessions: ${sessions}).`,
        ]);
      });
    });
}
