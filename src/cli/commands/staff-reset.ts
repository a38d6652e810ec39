import type { Command } from 'commander';
import { accountOf } from '../../accounts/account-of.js';
import { makeLink } from '../../accounts/make-link.js';
import { answer, type Cli } from '../cli.js';
import { linkLines, linkResult, warnOfAddress } from '../link-lines.js';
import { withDatabase } from '../open-database.js';

/** `staff reset`: a link for who lost their password. */
export function addStaffReset(staff: Command, cli: Cli): void {
  staff
    .command('reset')
    .description('Make a link, good for an hour, by which somebody sets a new password')
    .requiredOption('--email <email>', 'their e-mail address')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
The password that there is works until the link is used; then all sessions end. A second factor stays.

Example:
  $ npm run cli -- staff reset --email amina@example.ma`,
    )
    .action(async ({ email, json }: { readonly email: string; readonly json?: boolean }) => {
      await withDatabase(cli, async ({ database, config }) => {
        const { staff, link } = await database.inTransaction(async (tx) => {
          const account = await accountOf(tx, email);
          const request = { staffId: account.id, purpose: 'reset' } as const;
          return { staff: account, link: await makeLink(tx, request, 'operator', config) };
        });
        warnOfAddress(cli, config);
        answer(
          cli,
          json,
          { email: staff.email, link: linkResult(link) },
          linkLines(link, `For ${staff.email}, to set a new password:`),
        );
      });
    });
}
