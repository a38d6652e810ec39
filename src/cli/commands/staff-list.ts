import type { Command } from 'commander';
import { accountAnswer } from '../../accounts/account-answer.js';
import type { AccountAnswer } from '../../contract/accounts.js';
import { listStaff, type StaffRow } from '../../database/statements/accounts/list-staff.js';
import { answer, type Cli, table } from '../cli.js';
import { withDatabase } from '../open-database.js';

const AT_ONCE = 500;

/** `staff list`: all accounts. */
export function addStaffList(staff: Command, cli: Cli): void {
  staff
    .command('list')
    .description('Show all accounts, with their roles, and when they last signed in')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ npm run cli -- staff list')
    .action(async ({ json }: { json?: boolean }) => {
      await withDatabase(cli, async ({ database, sealed }) => {
        const rows: StaffRow[] = [];
        for (;;) {
          const page = await listStaff(database, rows.at(-1)?.id ?? '0', AT_ONCE);
          rows.push(...page);
          if (page.length < AT_ONCE) break;
        }
        const accounts = rows.map((row) => accountAnswer(sealed, row));
        const lines = accounts.length === 0 ? ['There is no account.'] : table(accounts.map(columnsOf));
        answer(cli, json, { staff: accounts }, lines);
      });
    });
}

const columnsOf = (account: AccountAnswer): string[] => {
  const { email, admin, legal, closed, hasPassword, secondFactor, lastSignInAt, sites } = account;
  const roles = [
    ...(admin ? ['admin'] : []),
    ...(legal ? ['legal'] : []),
    ...sites.map(({ role, slug }) => `${role} of ${slug}`),
  ];
  return [
    email,
    roles.join(', ') || 'no role',
    closed ? 'closed' : hasPassword ? 'open' : 'invited',
    secondFactor ? 'second factor' : '-',
    lastSignInAt === null ? 'never signed in' : `signed in ${lastSignInAt}`,
  ];
};
